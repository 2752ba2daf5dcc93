import { constraintOf, countStatements, schemaDrift, stableId } from "@gongjian/database";
import type { Viewer } from "@gongjian/subgraph";
import { ask, someone } from "@gongjian/testing";
import { communitiesStory, type Story } from "./story";

const xianghe = stableId("community", "CN_STATS:510116001001");
const weijia = stableId("community", "CN_STATS:510112001001");
const worker = someone.worker(xianghe);
const officer = someone.officer("510116001");
let story: Story;
let body: string;
let practice: string;

const did = async (query: string) => {
  const { data, errors } = await ask(story.endpoint, someone.admin, `mutation { answer: ${query} }`);
  expect(errors).toEqual([]);
  return data.answer;
};
const organisation = async () =>
  (
    await did(
      'createOrganisation(input: { name: "示例协会", kind: SOCIAL_ORGANISATION, regionCode: "510112" }) { ... on Organisation { id } }',
    )
  ).id;
beforeAll(async () => {
  story = await communitiesStory();
  body = await organisation();
  const made = `createPractice(input: { practice: { name: "二仙样本", kind: BRAND, holder: { regionCode: "510116001" } } }) { ... on Practice { id } }`;
  practice = (await did(made)).id;
}, 60_000);
afterAll(() => story.test.close());

const FIELDS = `id key title year level awarderName awarder { id } version
  holder { __typename ... on Community { id } ... on Organisation { id } ... on Practice { id } }`;
async function run(who: Viewer, name: "createHonour" | "updateHonour", input: object) {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const conflict = name === "updateHonour" ? "... on VersionConflict { currentVersion }" : "";
  const mutation = `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ... on Honour { ${FIELDS} } ... on AlreadyExists { field } ${conflict} } }`;
  const { data, errors } = await ask(story.endpoint, who, mutation, { input });
  return errors[0]
    ? [errors[0].extensions.code, ...(errors[0].extensions.problems ?? []).map((p: any) => `${p.field} ${p.code}`)].join(" ")
    : data[name];
}
const honour = (more: object = {}) => ({
  title: "全国民族团结进步示范单位",
  year: 2019,
  level: "NATIONAL",
  holder: { communityId: xianghe },
  awarderName: "国家民委",
  ...more,
});
const create = (who: Viewer, more: object = {}, also: object = {}) => run(who, "createHonour", { honour: honour(more), ...also });
const enter = async (who: Viewer, rows: object[], more: object = {}) => {
  const { data, errors } = await ask(
    story.endpoint,
    who,
    "mutation ($input: ImportHonoursInput!) { importHonours(input: $input) { ... on BulkOutcome { rows { status problems { field code } } } } }",
    { input: { rows, ...more } },
  );
  if (errors[0]) return errors[0].extensions.code;
  return data.importHonours.rows.map((r: any) => [r.status, ...r.problems.map((p: any) => `${p.field} ${p.code}`)].join(" "));
};
const read = async (query: string) => {
  const { data, errors } = await ask(story.endpoint, someone.public, query);
  expect(errors).toEqual([]);
  return data;
};
const titles = async (filter: string): Promise<string[]> =>
  (await read(`{ honours(filter: { ${filter} }) { nodes { title year } } }`)).honours.nodes.map((h: any) => `${h.year} ${h.title}`);

test("the migrated schema is what the entities say", async () => {
  expect(await schemaDrift(story.database.dataSource)).toEqual([]);
});

test("an honour is entered once, found and changed, and each step leaves its mark", async () => {
  const made = await create(worker, {}, { idempotencyKey: "once" });
  expect(made).toMatchObject({
    year: 2019,
    level: "NATIONAL",
    awarderName: "国家民委",
    awarder: null,
    holder: { id: xianghe },
    version: 1,
  });
  expect(await create(worker, {}, { idempotencyKey: "once" })).toEqual(made);
  const changed = await run(worker, "updateHonour", { id: made.id, expectedVersion: 1, awarderId: body });
  expect(changed).toMatchObject({ awarderName: null, awarder: { id: body }, title: made.title, version: 2 });
  expect(await run(worker, "updateHonour", { id: made.id, expectedVersion: 1, year: 2020 })).toEqual({
    __typename: "VersionConflict",
    currentVersion: 2,
  });
  expect(await run(worker, "updateHonour", { id: made.id, expectedVersion: 2, awarderName: "国家民委", year: 2200 })).toBe(
    "BAD_USER_INPUT year IN_FUTURE",
  );
  const data = await read(
    `{ honour(id: "${made.id}") { title } missing: honour(id: "${xianghe}") { title } community(id: "${xianghe}") { honours { totalCount nodes { id } } }
      _entities(representations: [{ __typename: "Honour", id: "${made.id}" }, { __typename: "Honour", id: "nonsense" }]) { ... on Honour { year } } }`,
  );
  expect(data).toEqual({
    honour: { title: made.title },
    missing: null,
    community: { honours: { totalCount: 1, nodes: [{ id: made.id }] } },
    _entities: [{ year: 2019 }, null],
  });
  const audit = await story.test.sql(
    `SELECT action FROM communities.audit_entry WHERE concept = 'honour' AND entity_id = '${made.id}' ORDER BY 1`,
  );
  expect(audit.map((row: any) => row.action)).toEqual(["create", "update"]);
});

test("of many who enter one honour at once, in either script, one does; another year is another honour", async () => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, at) => create(worker, { title: at % 2 ? "示範 社區" : "示范社区", level: "MUNICIPAL" })),
  );
  expect(answers.filter((answer) => answer.__typename === "Honour")).toHaveLength(1);
  expect(answers.filter((answer) => answer.field === "title")).toHaveLength(7);
  expect(await create(worker, { title: "示范社区", level: "MUNICIPAL", year: 2021 })).toMatchObject({ __typename: "Honour" });
});

test("a practice is named by its id or its external key, and by one of them", async () => {
  const rows = [{ key: "model", name: "示例模式", kind: "BRAND", holder: { regionCode: "510116001" } }];
  const made = "mutation ($rows: [PracticeRow!]!) { importPractices(input: { rows: $rows }) { ... on BulkOutcome { created } } }";
  expect((await ask(story.endpoint, someone.admin, made, { rows })).data.importPractices.created).toBe(1);
  const named = { title: "按编号", year: 2018, level: "OTHER", holder: { practiceKey: "model" } };
  expect(await create(officer, named)).toMatchObject({ holder: { __typename: "Practice", id: stableId("practice", "model") } });
  expect(await create(officer, { ...named, holder: { practiceKey: "none" } })).toBe("BAD_USER_INPUT holder UNKNOWN_REFERENCE");
  expect(await create(officer, { ...named, holder: { practiceKey: "model", practiceId: practice } })).toBe(
    "BAD_USER_INPUT holder EXACTLY_ONE",
  );
  expect(await titles('holder: { practiceKey: "model" }')).toEqual(["2018 按编号"]);
  expect(await titles('holder: { practiceKey: "\\u0000" }')).toEqual([]);
});

test("organisations and practices are honoured, and lists go by year, level, holder and region", async () => {
  await create(someone.representative(body), { title: "先进集体", year: 2022, level: "PROVINCIAL", holder: { organisationId: body } });
  await create(officer, { title: "十佳案例", year: 2023, level: "MUNICIPAL", holder: { practiceId: practice } });
  expect(await titles("year: 2019, levels: [NATIONAL]")).toEqual(["2019 全国民族团结进步示范单位"]);
  expect(await titles(`holder: { practiceId: "${practice}" }`)).toEqual(["2023 十佳案例"]);
  expect(await titles('holder: { practiceId: "nothing" }')).toEqual([]);
  expect(await titles('within: "510112"')).toEqual(["2022 先进集体"]);
  // the latest first; a practice's honour lies where its holder does, and a zone reaches what it manages
  expect(await titles('within: "zone-tianfu", levels: [MUNICIPAL]')).toEqual([
    "2023 十佳案例",
    "2021 示范社区",
    // whichever script came first in the race above
    expect.stringMatching(/^2019 示(范社区|範 社區)$/),
  ]);
  const data = await read(
    `{ organisation(id: "${body}") { honours { nodes { title } } } practice(id: "${practice}") { honours { nodes { title holder { ... on Practice { name } } } } } }`,
  );
  expect(data).toEqual({
    organisation: { honours: { nodes: [{ title: "先进集体" }] } },
    practice: { honours: { nodes: [{ title: "十佳案例", holder: { name: "二仙样本" } }] } },
  });
});

test("a list is tried out, written, and written again without a change", async () => {
  const row = { ...honour({ title: "示范点", level: "DISTRICT" }), key: "one", source: "report-004" };
  expect(await enter(worker, [row], { dryRun: true })).toEqual(["CREATED"]);
  expect(await titles("levels: [DISTRICT]")).toEqual([]);
  expect(await enter(worker, [row])).toEqual(["CREATED"]);
  expect(await enter(officer, [row])).toEqual(["UNCHANGED"]);
  expect(await enter(worker, [{ ...row, year: 2020 }])).toEqual(["UPDATED"]);
  expect(await enter(worker, [{ ...row, year: 2020, key: "twin" }])).toEqual(["REFUSED title ALREADY_EXISTS"]);
  expect(await enter(someone.worker(weijia), [{ ...row, holder: { communityId: weijia } }])).toEqual(["REFUSED key FORBIDDEN"]);
  expect(await enter(worker, [{ ...row, key: null, holder: {}, awarderId: weijia }])).toEqual([
    "REFUSED key REQUIRED holder EXACTLY_ONE awarderName EXACTLY_ONE awarderId UNKNOWN_REFERENCE",
  ]);
});

test("by whom, and what is refused", async () => {
  const more = { title: "甲" };
  expect(await create(someone.public, more)).toBe("UNAUTHENTICATED");
  for (const who of [someone.worker(weijia), someone.resident(xianghe), someone.officer("510112"), someone.auditor])
    expect(await create(who, more)).toBe("FORBIDDEN");
  expect(await create(worker, { ...more, holder: { practiceId: practice } })).toBe("FORBIDDEN");
  expect(await create(worker, { ...more, holder: { communityId: xianghe, practiceId: practice } })).toBe(
    "BAD_USER_INPUT holder EXACTLY_ONE",
  );
  expect(await create(worker, { ...more, holder: { practiceId: xianghe } })).toBe("BAD_USER_INPUT holder UNKNOWN_REFERENCE");
  const direct = (change: string) =>
    story.database.dataSource.query(`UPDATE communities.honour SET ${change} WHERE community_id = '${xianghe}'`).then(
      () => null,
      (error: unknown) => constraintOf(error)?.constraint,
    );
  expect(await direct(`practice_id = '${practice}'`)).toBe("honour_one_holder");
  expect(await direct("awarder_id = NULL, awarder_name = NULL")).toBe("honour_one_awarder");
});

test("a holder and an awarder follow a merge of organisations", async () => {
  const twin = await organisation();
  const held = await create(someone.admin, { title: "合并", holder: { organisationId: twin }, awarderName: null, awarderId: twin });
  const [keep, gone] = [body, twin].map((id) => `"${id}"`);
  expect(
    (await did(`mergeOrganisations(input: { keepId: ${keep}, mergeId: ${gone}, keepVersion: 1, mergeVersion: 1 }) { __typename }`))
      .__typename,
  ).toBe("OrganisationsMerged");
  expect((await read(`{ honour(id: "${held.id}") { awarder { id } holder { ... on Organisation { id } } } }`)).honour).toEqual({
    awarder: { id: body },
    holder: { id: body },
  });
});

test("a page costs the same whatever its length", async () => {
  for (let at = 0; at < 4; at += 1) {
    const awarder = { awarderName: null, awarderId: body, title: `第${at}次`, year: 2024 };
    for (const holder of [{ communityId: xianghe }, { organisationId: body }, { practiceId: practice }])
      await create(someone.admin, { ...awarder, holder });
  }
  const counter = countStatements(story.database);
  const counts: number[] = [];
  for (const first of [3, 12]) {
    counter.reset();
    const data = await read(`{ honours(first: ${first}, filter: { year: 2024 }) { nodes { ${FIELDS} } } }`);
    expect(data.honours.nodes).toHaveLength(first);
    counts.push(counter.count());
  }
  expect(counts[1]).toBe(counts[0]);
});
