import { constraintOf, countStatements, schemaDrift, stableId } from "@gongjian/database";
import type { Viewer } from "@gongjian/subgraph";
import { ask, someone } from "@gongjian/testing";
import { communitiesStory, type Story } from "./story";

const xianghe = stableId("community", "CN_STATS:510116001001");
const weijia = stableId("community", "CN_STATS:510112001001");
const wuxing = stableId("community", "CN_STATS:510112001002");
const street = "510116001";
const officer = someone.officer(street);
const worker = someone.worker(xianghe);
const neighbour = someone.worker(weijia);
let story: Story;
let centre: string;

beforeAll(async () => {
  story = await communitiesStory();
  const { data } = await ask(
    story.endpoint,
    someone.admin,
    `mutation { createOrganisation(input: { name: "支持中心", kind: SOCIAL_ORGANISATION, regionCode: "510112" }) { ... on Organisation { id } } }`,
  );
  centre = data.createOrganisation.id;
}, 60_000);
afterAll(() => story.test.close());

const PARTS = [
  { label: "一核引领", count: 1 },
  {
    label: "五化驱动",
    count: 5,
    items: ["力量集约化", "参与多元化", "治理同步化", "运营市场化", "服务精准化"].map((label) => ({ label })),
  },
  { label: "三改", count: 3, items: ["改机制", "改空间", "改服务"].map((label) => ({ label })) },
  { label: "一治", count: 1, items: [{ label: "强治理" }] },
];
const ADOPTION = "id since endedOn note version practice { id } adopter { __typename ... on Community { id } ... on Organisation { id } }";
const FIELDS = `id key name kind summary pattern version parts { label count items { label } } presentedAt { id }
  holder { __typename ... on Region { code } ... on Community { id } ... on Organisation { id } }`;
const PRACTICE = `... on Practice { ${FIELDS} } ... on AlreadyExists { field }`;
const CONFLICT = "... on VersionConflict { currentVersion }";
const MEMBERS: Record<string, string> = {
  createPractice: PRACTICE,
  updatePractice: `${PRACTICE} ${CONFLICT}`,
  adoptPractice: `... on PracticeAdoption { ${ADOPTION} } ... on AlreadyExists { field }`,
  withdrawPracticeAdoption: `... on PracticeAdoption { ${ADOPTION} } ${CONFLICT}`,
};

async function run(who: Viewer, name: string, input: object) {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const mutation = `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ${MEMBERS[name]} } }`;
  const { data, errors } = await ask(story.endpoint, who, mutation, { input });
  return errors[0]
    ? [errors[0].extensions.code, ...(errors[0].extensions.problems ?? []).map((p: any) => `${p.field} ${p.code}`)].join(" ")
    : data[name];
}
const create = (who: Viewer, practice: object, more: object = {}) =>
  run(who, "createPractice", { practice: { kind: "GOVERNANCE_MODEL", holder: { communityId: xianghe }, ...practice }, ...more });
const adopt = (who: Viewer, practiceId: string, adopter: object, more: object = {}) =>
  run(who, "adoptPractice", { practiceId, ...adopter, ...more });
const enter = async (who: Viewer, rows: object[], more: object = {}) => {
  const { data, errors } = await ask(
    story.endpoint,
    who,
    "mutation ($input: ImportPracticesInput!) { importPractices(input: $input) { ... on BulkOutcome { rows { status problems { field code } } } } }",
    { input: { rows, ...more } },
  );
  if (errors[0]) return errors[0].extensions.code;
  return data.importPractices.rows.map((r: any) => [r.status, ...r.problems.map((p: any) => `${p.field} ${p.code}`)].join(" "));
};
const read = async (query: string) => {
  const { data, errors } = await ask(story.endpoint, someone.public, query);
  expect(errors).toEqual([]);
  return data;
};
const names = async (filter: string): Promise<string[]> =>
  (await read(`{ practices(filter: { ${filter} }) { nodes { name } } }`)).practices.nodes.map(({ name }: any) => name);
const constraintBroken = (sql: string, params: unknown[]) =>
  story.database.dataSource.query(sql, params).then(
    () => null,
    (error: unknown) => constraintOf(error)?.constraint,
  );

test("the migrated schema is what the entities say", async () => {
  expect(await schemaDrift(story.database.dataSource)).toEqual([]);
});

test("a street's model of one core, five drives, three reforms and one governance is entered, found and changed", async () => {
  const made = await create(officer, { name: "二仙样本", holder: { regionCode: street }, parts: PARTS }, { idempotencyKey: "model" });
  expect(made).toMatchObject({ pattern: "1-5-3-1", holder: { __typename: "Region", code: street }, version: 1, presentedAt: [] });
  expect(made.parts.map(({ items }: any) => items.length)).toEqual([0, 5, 3, 1]);
  expect(await create(officer, { name: "二仙样本", holder: { regionCode: street }, parts: PARTS }, { idempotencyKey: "model" })).toEqual(
    made,
  );
  const changed = await run(officer, "updatePractice", { id: made.id, expectedVersion: 1, summary: "做法", kind: "BRAND" });
  expect(changed).toMatchObject({ summary: "做法", kind: "BRAND", pattern: "1-5-3-1", version: 2 });
  expect(await run(officer, "updatePractice", { id: made.id, expectedVersion: 1, name: "另名" })).toEqual({
    __typename: "VersionConflict",
    currentVersion: 2,
  });
  const data = await read(
    `{ practice(id: "${made.id}") { name } missing: practice(id: "${weijia}") { name } region(code: "${street}") { practices { nodes { id } } }
      _entities(representations: [{ __typename: "Practice", id: "${made.id}" }, { __typename: "Practice", id: "nonsense" }]) { ... on Practice { name } } }`,
  );
  expect(data).toEqual({
    practice: { name: "二仙样本" },
    missing: null,
    region: { practices: { nodes: [{ id: made.id }] } },
    _entities: [{ name: "二仙样本" }, null],
  });
  const audit = await story.test.sql(
    `SELECT action, role FROM communities.audit_entry WHERE concept = 'practice' AND entity_id = '${made.id}' ORDER BY 1, 2`,
  );
  expect(audit.map((row: any) => `${row.action} ${row.role}`)).toEqual(["create OFFICER", "update OFFICER"]);
});

test("practices are found by kind, region, the zone that manages it, and words of their name and parts in either script", async () => {
  await create(someone.admin, { name: "一心四治", kind: "BRAND", holder: { organisationId: centre }, parts: [{ label: "资源整合平台" }] });
  expect(await names('within: "zone-tianfu"')).toEqual(["二仙样本"]);
  expect(await names('within: "510112"')).toEqual(["一心四治"]);
  expect(await names("kinds: [GOVERNANCE_MODEL]")).toEqual([]);
  for (const search of ["二仙樣本", "exyb", "服務精準化"]) expect(await names(`search: "${search}"`)).toEqual(["二仙样本"]);
  expect(await names('search: "资源整合"')).toEqual(["一心四治"]);
  expect(await names('eventId: "nothing"')).toEqual([]);
});

test("a name is once with its holder, whichever script, also of many who enter it at once", async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, (_, at) => create(worker, { name: at % 2 ? "陽光議事" : "阳光 议事" })));
  expect(answers.filter((answer) => answer.__typename === "Practice")).toHaveLength(1);
  expect(answers.filter((answer) => answer.field === "name")).toHaveLength(7);
  expect(await create(neighbour, { name: "阳光议事", holder: { communityId: weijia } })).toMatchObject({ __typename: "Practice" });
});

test("others adopt a practice once at a time, give it up, and take it up again", async () => {
  const { id } = await create(worker, { name: "邻里社" });
  expect(await adopt(worker, id, { communityId: xianghe })).toBe("BAD_USER_INPUT practiceId SAME_RECORD");
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => adopt(neighbour, id, { communityId: weijia }, { since: "2024-03-01" })),
  );
  const [first, ...more] = answers.filter((answer) => answer.__typename === "PracticeAdoption");
  expect(more).toEqual([]);
  expect(answers.filter((answer) => answer.field === "practiceId")).toHaveLength(7);
  expect(first).toMatchObject({ since: "2024-03-01", endedOn: null, adopter: { __typename: "Community", id: weijia }, practice: { id } });
  const again = `INSERT INTO communities.practice_adoption (id, practice_id, place, community_id, since)
    SELECT gen_random_uuid(), practice_id, place, community_id, since FROM communities.practice_adoption WHERE id = $1`;
  expect(await constraintBroken(again, [first.id])).toBe("practice_adoption_once");

  expect(await adopt(someone.representative(centre), id, { organisationId: centre }, { note: "试点" })).toMatchObject({ note: "试点" });
  const withdraw = (more: object) => run(neighbour, "withdrawPracticeAdoption", { id: first.id, expectedVersion: 1, ...more });
  expect(await withdraw({ endedOn: "2024-02-01" })).toBe("BAD_USER_INPUT endedOn PERIOD_REVERSED");
  expect(await withdraw({ endedOn: "2999-01-01" })).toBe("BAD_USER_INPUT endedOn IN_FUTURE");
  expect(await withdraw({ endedOn: "2024-06-30" })).toMatchObject({ endedOn: "2024-06-30", version: 2 });
  expect(await withdraw({})).toEqual({ __typename: "VersionConflict", currentVersion: 2 });
  expect(await withdraw({ expectedVersion: 2 })).toEqual({ __typename: "AdoptionAlreadyWithdrawn" });
  expect(await adopt(neighbour, id, { communityId: weijia })).toMatchObject({ __typename: "PracticeAdoption", version: 1 });
  const data = await read(
    `{ practice(id: "${id}") { all: adoptions { totalCount } now: adoptions(current: true) { totalCount } over: adoptions(current: false) { nodes { id } } }
      community(id: "${weijia}") { practiceAdoptions { nodes { practice { id } } } } organisation(id: "${centre}") { practiceAdoptions { totalCount } } }`,
  );
  expect(data).toEqual({
    practice: { all: { totalCount: 3 }, now: { totalCount: 2 }, over: { nodes: [{ id: first.id }] } },
    community: { practiceAdoptions: { nodes: [{ practice: { id } }, { practice: { id } }] } },
    organisation: { practiceAdoptions: { totalCount: 1 } },
  });
});

test("a list is tried out, written, and written again without a change", async () => {
  const rows = [
    { key: "model", name: "一核多元", kind: "GOVERNANCE_MODEL", holder: { communityId: xianghe }, parts: PARTS, source: "report-000" },
    { key: "case", name: "示例案例", kind: "CASE", holder: { communityId: xianghe }, illustrative: true },
  ];
  const before = await read("{ practices { totalCount } }");
  expect(await enter(worker, rows, { dryRun: true })).toEqual(["CREATED", "CREATED"]);
  expect(await read("{ practices { totalCount } }")).toEqual(before);
  expect(await enter(worker, rows)).toEqual(["CREATED", "CREATED"]);
  expect(await enter(officer, rows)).toEqual(["UNCHANGED", "UNCHANGED"]);
  expect(await enter(worker, [{ ...rows[1], kind: "PROJECT" }])).toEqual(["UPDATED"]);
  expect(await enter(worker, [{ ...rows[1], key: "twin" }])).toEqual(["REFUSED name ALREADY_EXISTS"]);
  expect(await enter(neighbour, rows)).toEqual(["REFUSED key FORBIDDEN", "REFUSED key FORBIDDEN"]);
  // nobody takes a practice from its holder by its key
  expect(await enter(neighbour, [{ ...rows[0], holder: { communityId: weijia } }])).toEqual(["REFUSED key FORBIDDEN"]);
  expect(await enter(worker, [{ name: "无", kind: "CASE", holder: {} }])).toEqual(["REFUSED key REQUIRED holder EXACTLY_ONE"]);
});

test("by whom, and what is refused", async () => {
  expect(await create(someone.public, { name: "甲" })).toBe("UNAUTHENTICATED");
  for (const who of [neighbour, someone.resident(xianghe), someone.officer("510112"), someone.auditor])
    expect(await create(who, { name: "甲" })).toBe("FORBIDDEN");
  expect(await create(worker, { name: "甲", holder: { regionCode: street } })).toBe("FORBIDDEN");
  expect(await create(worker, { name: "", parts: [{ label: "五化", count: 5, items: [{ label: "一" }] }] })).toBe(
    "BAD_USER_INPUT practice.name REQUIRED practice.parts.0.count COUNT_MISMATCH".replaceAll("practice.", ""),
  );
  expect(await create(worker, { name: "甲", holder: { communityId: centre } })).toBe(
    "BAD_USER_INPUT practice.holder.communityId UNKNOWN_REFERENCE",
  );
  expect(await create(worker, { name: "甲", eventIds: ["nothing"] })).toBe("BAD_USER_INPUT eventIds UNKNOWN_REFERENCE");
  const { id } = await create(worker, { name: "乙" });
  expect(await adopt(neighbour, id, { communityId: wuxing })).toBe("FORBIDDEN");
  expect(await adopt(neighbour, weijia, { communityId: weijia })).toBe("NOT_FOUND");
  expect(await adopt(neighbour, id, { communityId: weijia, organisationId: centre })).toBe("BAD_USER_INPUT  EXACTLY_ONE");
  expect(await run(neighbour, "updatePractice", { id: weijia, expectedVersion: 1 })).toBe("NOT_FOUND");
  expect(await constraintBroken("UPDATE communities.practice SET region_code = '51' WHERE id = $1", [id])).toBe("practice_place_whole");
});

test("who holds and who adopted one follows a merge of organisations", async () => {
  const { data } = await ask(
    story.endpoint,
    someone.admin,
    `mutation { createOrganisation(input: { name: "支持中心", kind: SOCIAL_ORGANISATION, regionCode: "510112" }) { ... on Organisation { id } } }`,
  );
  const twin = data.createOrganisation.id;
  const held = await create(someone.admin, { name: "归并做法", holder: { organisationId: twin } });
  const other = await create(worker, { name: "被采用" });
  await adopt(someone.admin, other.id, { organisationId: twin });
  const merge = await ask(
    story.endpoint,
    someone.admin,
    `mutation { mergeOrganisations(input: { keepId: "${centre}", mergeId: "${twin}", keepVersion: 1, mergeVersion: 1 }) { __typename } }`,
  );
  expect(merge.data.mergeOrganisations.__typename).toBe("OrganisationsMerged");
  const found = await read(
    `{ held: practice(id: "${held.id}") { holder { ... on Organisation { id } } } other: practice(id: "${other.id}") { adoptions { nodes { adopter { ... on Organisation { id } } } } } }`,
  );
  expect(found).toEqual({ held: { holder: { id: centre } }, other: { adoptions: { nodes: [{ adopter: { id: centre } }] } } });
});

test("a page costs the same whatever its length", async () => {
  const { practices } = await read("{ practices(first: 4) { nodes { id } } }");
  for (const { id } of practices.nodes) {
    await adopt(someone.admin, id, { communityId: wuxing });
    await adopt(someone.admin, id, { organisationId: centre });
  }
  const counter = countStatements(story.database);
  const counts: number[] = [];
  for (const first of [4, 9]) {
    counter.reset();
    const data = await read(`{ practices(first: ${first}) { nodes { ${FIELDS} adoptions { nodes { ${ADOPTION} } } } } }`);
    expect(data.practices.nodes).toHaveLength(first);
    counts.push(counter.count());
  }
  expect(counts[1]).toBe(counts[0]);
});
