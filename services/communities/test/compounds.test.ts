import { constraintOf, countStatements, schemaDrift, stableId } from "@gongjian/database";
import type { Viewer } from "@gongjian/subgraph";
import { ask, someone } from "@gongjian/testing";
import { communitiesStory, type Story } from "./story";

const xianghe = stableId("community", "CN_STATS:510116001001");
const weijia = stableId("community", "CN_STATS:510112001001");
let story: Story;
let firm: string;
const worker = someone.worker(xianghe);

beforeAll(async () => {
  story = await communitiesStory();
  const { data } = await ask(
    story.endpoint,
    someone.admin,
    `mutation { createOrganisation(input: { name: "示例物业", kind: ENTERPRISE, regionCode: "510116" }) { ... on Organisation { id } } }`,
  );
  firm = data.createOrganisation.id;
}, 60_000);
afterAll(() => story.test.close());

const FIELDS = "id name kind households builtYear managerName manager { id } community { id } version";
async function run(who: Viewer, name: "createCompound" | "updateCompound", input: object) {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const conflict = name === "updateCompound" ? "... on VersionConflict { currentVersion }" : "";
  const { data, errors } = await ask(
    story.endpoint,
    who,
    `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ... on Compound { ${FIELDS} } ... on AlreadyExists { field } ${conflict} } }`,
    { input },
  );
  return errors[0]
    ? [errors[0].extensions.code, ...(errors[0].extensions.problems ?? []).map((p: any) => `${p.field} ${p.code}`)].join(" ")
    : data[name];
}
const create = (who: Viewer, compound: object) =>
  run(who, "createCompound", { compound: { communityId: xianghe, kind: "COMMODITY_HOUSING", ...compound } });
const enter = async (who: Viewer, rows: object[], more: object = {}) => {
  const { data, errors } = await ask(
    story.endpoint,
    who,
    `mutation ($input: ImportCompoundsInput!) { importCompounds(input: $input) { ... on BulkOutcome { written rows { status problems { field code } } } } }`,
    { input: { rows, ...more } },
  );
  if (errors[0]) return errors[0].extensions.code;
  return data.importCompounds.rows.map((r: any) => [r.status, ...r.problems.map((p: any) => `${p.field} ${p.code}`)].join(" "));
};
const listed = async () => {
  const { data, errors } = await ask(
    story.endpoint,
    someone.public,
    `{ community(id: "${xianghe}") { compounds { totalCount nodes { name } } } region(code: "zone-tianfu") { statistics { compoundsOnRecord compounds { sum } } } }`,
  );
  expect(errors).toEqual([]);
  return data;
};

test("the migrated schema is what the entities say", async () => {
  expect(await schemaDrift(story.database.dataSource)).toEqual([]);
});

test("a compound is entered, found and changed, and each step leaves its mark", async () => {
  const made = await create(worker, { name: "祥和苑", households: 420, builtYear: 2003, managerId: firm });
  expect(made).toMatchObject({
    __typename: "Compound",
    households: 420,
    manager: { id: firm },
    managerName: null,
    community: { id: xianghe },
    version: 1,
  });
  const named = await run(worker, "updateCompound", { id: made.id, expectedVersion: 1, managerName: "居民自管小组", builtYear: null });
  expect(named).toMatchObject({ manager: null, managerName: "居民自管小组", builtYear: null, households: 420, version: 2 });
  expect(await run(worker, "updateCompound", { id: made.id, expectedVersion: 1, name: "另名" })).toEqual({
    __typename: "VersionConflict",
    currentVersion: 2,
  });
  const managed = await run(worker, "updateCompound", { id: made.id, expectedVersion: 2, managerId: firm, kind: "MIXED" });
  expect(managed).toMatchObject({ manager: { id: firm }, managerName: null, kind: "MIXED", version: 3 });
  const { data } = await ask(
    story.endpoint,
    someone.public,
    `{ compound(id: "${made.id}") { name } missing: compound(id: "${weijia}") { name }
      _entities(representations: [{ __typename: "Compound", id: "${made.id}" }, { __typename: "Compound", id: "nonsense" }]) { ... on Compound { name } } }`,
  );
  expect(data).toEqual({ compound: { name: "祥和苑" }, missing: null, _entities: [{ name: "祥和苑" }, null] });
  const audit = await story.test.sql(
    `SELECT action, role FROM communities.audit_entry WHERE concept = 'compound' AND entity_id = '${made.id}' ORDER BY 1, 2`,
  );
  expect(audit.map((row: any) => `${row.action} ${row.role}`)).toEqual([
    "create COMMUNITY_WORKER",
    "update COMMUNITY_WORKER",
    "update COMMUNITY_WORKER",
  ]);
});

test("a name is once in its community, in either script, and in another community again", async () => {
  expect(await create(worker, { name: "陽光花園" })).toMatchObject({ __typename: "Compound" });
  expect(await create(worker, { name: "阳光 花园" })).toEqual({ __typename: "AlreadyExists", field: "name" });
  expect(await create(someone.worker(weijia), { name: "阳光花园", communityId: weijia })).toMatchObject({ __typename: "Compound" });
  const other = await create(worker, { name: "月光花园" });
  expect(await run(worker, "updateCompound", { id: other.id, expectedVersion: 1, name: "阳光花园" })).toEqual({
    __typename: "AlreadyExists",
    field: "name",
  });
  const direct = story.database.dataSource.query(
    `INSERT INTO communities.compound (id, community_id, name, name_key, kind) SELECT gen_random_uuid(), community_id, name, name_key, kind FROM communities.compound WHERE id = $1`,
    [other.id],
  );
  expect(await direct.catch((error: unknown) => constraintOf(error)?.constraint)).toBe("compound_name_once");
});

test("of many who enter one name at once, one does", async () => {
  const answers = await Promise.all(Array.from({ length: 12 }, () => create(worker, { name: "同名苑" })));
  expect(answers.filter((answer) => answer.__typename === "Compound")).toHaveLength(1);
  expect(answers.filter((answer) => answer.__typename === "AlreadyExists")).toHaveLength(11);
});

test("of many lists with one new name at once, one enters it and no other enters it again", async () => {
  const row = { communityId: xianghe, name: "同单苑", kind: "OTHER" };
  const answers = await Promise.all(Array.from({ length: 8 }, () => enter(worker, [row])));
  expect(answers.flat().sort()).toEqual(["CREATED", ...Array.from({ length: 7 }, () => "UNCHANGED")]);
  const { data } = await ask(story.endpoint, someone.public, `{ community(id: "${xianghe}") { compounds { nodes { name } } } }`);
  expect(data.community.compounds.nodes.filter(({ name }: any) => name === row.name)).toHaveLength(1);
});

test("a second try of a list does not take its own credit code for somebody else's", async () => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, () =>
      ask(
        story.endpoint,
        someone.admin,
        `mutation { importOrganisations(input: { rows: [{ key: "race", name: "示例赛跑", kind: ENTERPRISE, creditCode: "91330100799655058B" }] }) { ... on BulkOutcome { rows { status } } } }`,
      ),
    ),
  );
  const statuses = answers.map(({ data, errors }) => errors[0]?.extensions.code ?? data.importOrganisations.rows[0].status);
  expect(statuses.sort()).toEqual(["CREATED", ...Array.from({ length: 7 }, () => "UNCHANGED")]);
});

test("a list is tried out, written, and written again without a change; what is counted and what is on record stay apart", async () => {
  const { data } = await ask(
    story.endpoint,
    worker,
    `mutation { recordPopulation(input: { snapshot: { communityId: "${xianghe}", asOf: "2024-01-01", compounds: 23 } }) { __typename } }`,
  );
  expect(data.recordPopulation.__typename).toBe("PopulationSnapshot");
  const before = await listed();
  expect(before.region.statistics).toEqual({ compoundsOnRecord: before.community.compounds.totalCount, compounds: { sum: 23 } });
  const rows = [
    { communityId: xianghe, name: "和平里", kind: "DANWEI_ESTATE", managerName: "厂后勤处" },
    { communityId: xianghe, name: "新苑", kind: "RESETTLEMENT", households: 300, managerId: firm },
  ];
  expect(await enter(worker, rows, { dryRun: true })).toEqual(["CREATED", "CREATED"]);
  expect(await listed()).toEqual(before);
  expect(await enter(worker, rows)).toEqual(["CREATED", "CREATED"]);
  expect(await enter(someone.officer("510116"), rows)).toEqual(["UNCHANGED", "UNCHANGED"]);
  expect(await enter(worker, [{ ...rows[0], name: "和平 里", households: 80 }])).toEqual(["UPDATED"]);
  expect((await listed()).community.compounds.totalCount).toBe(before.community.compounds.totalCount + 2);
});

test("who manages one follows a merge of organisations", async () => {
  const { data } = await ask(
    story.endpoint,
    someone.admin,
    `mutation { createOrganisation(input: { name: "示例物业", kind: ENTERPRISE, regionCode: "510116" }) { ... on Organisation { id } } }`,
  );
  const twin = data.createOrganisation.id;
  const made = await create(worker, { name: "归并苑", managerId: twin });
  expect(made.manager).toEqual({ id: twin });
  const merge = await ask(
    story.endpoint,
    someone.admin,
    `mutation { mergeOrganisations(input: { keepId: "${firm}", mergeId: "${twin}", keepVersion: 1, mergeVersion: 1 }) { __typename } }`,
  );
  expect(merge.data.mergeOrganisations.__typename).toBe("OrganisationsMerged");
  const found = await ask(story.endpoint, someone.public, `{ compound(id: "${made.id}") { manager { id } } }`);
  expect(found.data.compound.manager).toEqual({ id: firm });
  // a list that names the merged one says the same as what is stored
  expect(await enter(worker, [{ communityId: xianghe, name: "归并苑", kind: "COMMODITY_HOUSING", managerId: twin }])).toEqual([
    "UNCHANGED",
  ]);
});

test("by whom, and what is refused", async () => {
  expect(await create(someone.public, { name: "甲" })).toBe("UNAUTHENTICATED");
  for (const who of [someone.worker(weijia), someone.resident(xianghe), someone.officer("510112"), someone.auditor])
    expect(await create(who, { name: "甲" })).toBe("FORBIDDEN");
  expect(await create(worker, { name: "", households: -1, managerId: firm, managerName: "乙" })).toBe(
    "BAD_USER_INPUT name REQUIRED households OUT_OF_RANGE managerName EXACTLY_ONE",
  );
  expect(await create(worker, { name: "甲", managerId: weijia })).toBe("BAD_USER_INPUT managerId UNKNOWN_REFERENCE");
  expect(await create(someone.admin, { name: "甲", communityId: firm })).toBe("NOT_FOUND");
  expect(await enter(worker, [{ communityId: weijia, name: "甲", kind: "OTHER" }])).toEqual(["REFUSED key FORBIDDEN"]);
  expect(await enter(someone.admin, [{ communityId: "nowhere", name: "甲", kind: "OTHER", managerId: xianghe }])).toEqual([
    "REFUSED communityId UNKNOWN_REFERENCE managerId UNKNOWN_REFERENCE",
  ]);
  const twice = story.database.dataSource.query(`UPDATE communities.compound SET manager_id = $1, manager_name = '乙'`, [firm]);
  expect(await twice.catch((error: unknown) => constraintOf(error)?.constraint)).toBe("compound_one_manager");
});

test("a page costs the same whatever its length", async () => {
  expect(await create(worker, { name: "一号苑", managerId: firm })).toMatchObject({ version: 1 });
  const counter = countStatements(story.database);
  const counts: number[] = [];
  for (const first of [1, 6]) {
    counter.reset();
    const { data } = await ask(
      story.endpoint,
      someone.public,
      `query ($first: Int) { communities(first: 4) { nodes { compounds(first: $first) { nodes { ${FIELDS} } } } } }`,
      { first },
    );
    expect(Math.max(...data.communities.nodes.map((node: any) => node.compounds.nodes.length))).toBe(first);
    counts.push(counter.count());
  }
  expect(counts[1]).toBe(counts[0]);
});
