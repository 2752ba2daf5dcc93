import { countStatements, schemaDrift, stableId } from "@gongjian/database";
import type { Viewer } from "@gongjian/subgraph";
import { ask, someone, type Answer } from "@gongjian/testing";
import { communitiesStory, type Story } from "./story";

const xianghe = stableId("community", "CN_STATS:510116001001");
const weijia = stableId("community", "CN_STATS:510112001001");
let story: Story;
const ids: string[] = [];

async function fresh(...names: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const name of names) {
    const { data } = await ask(
      story.endpoint,
      someone.admin,
      `mutation { createOrganisation(input: { name: "${name}", kind: SOCIAL_ORGANISATION, regionCode: "510116", capabilities: ["养老服务", "${name}"] }) { ... on Organisation { id } } }`,
    );
    found.push(data.createOrganisation.id);
  }
  return found;
}

beforeAll(async () => {
  story = await communitiesStory();
  ids.push(...(await fresh("甲服务中心", "乙服务中心", "丙服务中心")));
}, 60_000);
afterAll(() => story.test.close());

const set = async (who: Viewer, index: number, expectedVersion: number, regionCodes: string[], communityIds: string[]) => {
  const answer: Answer = await ask(
    story.endpoint,
    who,
    `mutation ($input: SetServiceAreasInput!) { setServiceAreas(input: $input) { __typename ... on Organisation { version serves { __typename ... on Region { code } ... on Community { id } } } ... on VersionConflict { currentVersion } } }`,
    { input: { organisationId: ids[index], expectedVersion, regionCodes, communityIds } },
  );
  return (
    answer.errors[0]?.extensions?.problems?.map((p: any) => `${p.field} ${p.code}`) ??
    answer.errors[0]?.extensions.code ??
    answer.data.setServiceAreas
  );
};
const serving = async (id: string, capability: string | null = null) => {
  const { data, errors } = await ask(
    story.endpoint,
    someone.public,
    `query ($id: ID!, $capability: String) { community(id: $id) { servedBy(capability: $capability) { totalCount nodes { name } } } }`,
    { id, capability },
  );
  expect(errors).toEqual([]);
  expect(data.community.servedBy.totalCount).toBe(data.community.servedBy.nodes.length);
  return data.community.servedBy.nodes.map(({ name }: { name: string }) => name);
};

test("the migrated schema is what the entities say", async () => {
  expect(await schemaDrift(story.database.dataSource)).toEqual([]);
});

test("who serves a community: those that name it, a region around it, or a zone that runs its street", async () => {
  expect(await set(someone.representative(ids[0]!), 0, 1, ["510116", "510116"], [weijia.toUpperCase()])).toEqual({
    __typename: "Organisation",
    version: 2,
    serves: [
      { __typename: "Community", id: weijia },
      { __typename: "Region", code: "510116" },
    ],
  });
  await set(someone.officer("510116"), 1, 1, ["zone-tianfu"], []);
  await set(someone.admin, 2, 1, ["510112"], []);
  expect(await serving(xianghe)).toEqual(["乙服务中心", "甲服务中心"].sort());
  expect(await serving(weijia)).toEqual(["丙服务中心", "甲服务中心"].sort());
  expect(await serving(xianghe, "甲服务中心")).toEqual(["甲服务中心"]);
  expect(await serving(xianghe, "没有")).toEqual([]);
  // what was said before is replaced as a whole
  expect(await set(someone.admin, 0, 2, [], [xianghe])).toMatchObject({ version: 3, serves: [{ id: xianghe }] });
  expect(await serving(weijia)).toEqual(["丙服务中心"]);
  // words in either script
  for (const capability of ["乙服务中心", "乙服務中心"]) {
    const { data } = await ask(
      story.endpoint,
      someone.public,
      `{ organisations(filter: { capability: "${capability}" }) { nodes { name } } }`,
    );
    expect(data.organisations.nodes).toEqual([{ name: "乙服务中心" }]);
  }
});

test("by whom, on the version that was read, and to places that there are", async () => {
  expect(await set(someone.public, 0, 3, [], [])).toBe("UNAUTHENTICATED");
  for (const who of [someone.representative(ids[1]!), someone.worker(xianghe), someone.officer("510112"), someone.auditor])
    expect(await set(who, 0, 3, [], [])).toBe("FORBIDDEN");
  expect(await set(someone.admin, 0, 2, [], [])).toEqual({ __typename: "VersionConflict", currentVersion: 3 });
  expect(await set(someone.admin, 0, 3, ["nowhere", "a\u0000"], [ids[0]!, "nonsense"])).toEqual([
    "regionCodes.0 UNKNOWN_REFERENCE",
    "regionCodes.1 UNKNOWN_REFERENCE",
    "communityIds.0 UNKNOWN_REFERENCE",
    "communityIds.1 UNKNOWN_REFERENCE",
  ]);
  expect(
    await set(
      someone.admin,
      0,
      3,
      Array.from({ length: 101 }, (_, index) => `r${index}`),
      [],
    ),
  ).toEqual(["regionCodes TOO_MANY"]);
});

test("of two who say it at once, one is told that it has changed, and a page costs the same whatever its length", async () => {
  const kinds = (await Promise.all([set(someone.admin, 0, 3, ["51"], []), set(someone.admin, 0, 3, ["5101"], [])])).map(
    ({ __typename }) => __typename,
  );
  expect(kinds.sort()).toEqual(["Organisation", "VersionConflict"]);
  const counter = countStatements(story.database);
  const cost = async (first: number) => {
    counter.reset();
    const query = `query ($first: Int!) { organisations(first: $first) { nodes { serves { ... on Region { name } ... on Community { servedBy { nodes { id } } } } } } }`;
    expect((await ask(story.endpoint, someone.public, query, { first })).errors).toEqual([]);
    return counter.count();
  };
  const whole = await cost(10);
  expect(await cost(1)).toBeLessThanOrEqual(whole);
  expect(whole).toBeLessThanOrEqual(6);
});

const OUTCOME = "... on BulkOutcome { written created updated unchanged rows { problems { field code } } }";
const load = async (who: Viewer, rows: object[], more: object = {}) => {
  const { data, errors } = await ask(
    story.endpoint,
    who,
    `mutation ($input: ImportServiceAreasInput!) { answer: importServiceAreas(input: $input) { __typename ${OUTCOME} } }`,
    { input: { rows, ...more } },
  );
  return errors[0]?.extensions.code ?? data.answer;
};
const problemsOf = (answer: any) => answer.rows.map(({ problems }: any) => problems.map((p: any) => `${p.field} ${p.code}`).join());
const served = async (id: string) =>
  (
    await ask(
      story.endpoint,
      someone.public,
      `query ($id: ID!) { organisation(id: $id) { version serves { ... on Region { code } ... on Community { id } } } }`,
      { id },
    )
  ).data.organisation;

test("a list says where organisations serve, dry first, once, and each row instead of what was said before", async () => {
  const [id] = await fresh("丁服务中心");
  const row = { organisationId: id, regionCodes: ["510116001", "510116001"], communityIds: [weijia.toUpperCase()] };
  expect(await load(someone.public, [row])).toBe("UNAUTHENTICATED");
  expect(await load(someone.worker(xianghe), [row])).toBe("FORBIDDEN");
  expect(problemsOf(await load(someone.officer("510112"), [row]))).toEqual(["key FORBIDDEN"]);
  expect(await load(someone.representative(id!), [row], { dryRun: true })).toMatchObject({ written: false, created: 1 });
  expect(await served(id!)).toEqual({ version: 1, serves: [] });
  expect(await load(someone.representative(id!), [row])).toMatchObject({ written: true, created: 1 });
  expect(await served(id!)).toEqual({ version: 2, serves: [{ id: weijia }, { code: "510116001" }] });
  expect(await load(someone.officer("510116"), [row])).toMatchObject({ written: false, unchanged: 1 });
  expect(await load(someone.officer("510116"), [{ organisationId: id, regionCodes: null, communityIds: [xianghe] }])).toMatchObject({
    updated: 1,
  });
  expect(await served(id!)).toEqual({ version: 3, serves: [{ id: xianghe }] });
  const wrong = [
    { organisationId: xianghe, regionCodes: ["51"] },
    { organisationId: id, regionCodes: ["999"], communityIds: [id] },
    { organisationId: ids[1], regionCodes: Array.from({ length: 101 }, () => "51") },
  ];
  expect(problemsOf(await load(someone.admin, wrong))).toEqual([
    "organisationId UNKNOWN_REFERENCE",
    "regionCodes.0 UNKNOWN_REFERENCE,communityIds.0 UNKNOWN_REFERENCE",
    "regionCodes TOO_MANY",
  ]);
});
