import { countStatements, stableId } from "@gongjian/database";
import type { Viewer } from "@gongjian/subgraph";
import { ask, someone } from "@gongjian/testing";
import { communitiesStory, type Story } from "./story";

const xianghe = stableId("community", "CN_STATS:510116001001");
const weijia = stableId("community", "CN_STATS:510112001001");
const wuxing = stableId("community", "CN_STATS:510112001002");
const neighbour = someone.worker(weijia);
let story: Story;

/** Answers row by row: the status, and what is wrong. */
async function enter(who: Viewer, table: string, rows: object[], more: object = {}): Promise<string[] | string> {
  const { data, errors } = await ask(
    story.endpoint,
    who,
    `mutation ($input: Import${table}Input!) { answer: import${table}(input: $input) { ... on BulkOutcome { rows { status id problems { field code } } } } }`,
    { input: { rows, ...more } },
  );
  if (errors[0]) return errors[0].extensions.code as string;
  return data.answer.rows.map((row: any) => [row.status, ...row.problems.map((p: any) => `${p.field} ${p.code}`)].join(" "));
}
const adoptions = (who: Viewer, rows: object[], more: object = {}) => enter(who, "PracticeAdoptions", rows, more);
const read = async (query: string) => {
  const { data, errors } = await ask(story.endpoint, someone.public, query);
  expect(errors).toEqual([]);
  return data;
};
const keys = async (filter: string): Promise<string[]> =>
  (await read(`{ practiceAdoptions(filter: { ${filter} }) { nodes { key } } }`)).practiceAdoptions.nodes.map(({ key }: any) => key);
const row = (key: string, more: object = {}) => ({
  key,
  practiceKey: "model",
  adopter: { communityId: weijia },
  since: "2020-01-01",
  ...more,
});

beforeAll(async () => {
  story = await communitiesStory();
  const practice = (key: string, holder: object) => ({ key, name: `做法${key}`, kind: "GOVERNANCE_MODEL", holder });
  expect(
    await enter(someone.admin, "Practices", [practice("model", { communityId: xianghe }), practice("street", { regionCode: "510116001" })]),
  ).toEqual(["CREATED", "CREATED"]);
}, 60_000);
afterAll(() => story.test.close());

test("a list is tried out, written, and written again without a change; it is shown with its source", async () => {
  const rows = [
    row("a", { note: "先试两个院落", source: "report-000", illustrative: true }),
    row("b", { adopter: { communityId: wuxing }, endedOn: "2021-01-01" }),
    row("c", { practiceKey: "street", since: "2019-05-01" }),
  ];
  expect(await adoptions(someone.admin, rows, { dryRun: true })).toEqual(["CREATED", "CREATED", "CREATED"]);
  expect(await keys("")).toEqual([]);
  expect(await adoptions(someone.admin, rows)).toEqual(["CREATED", "CREATED", "CREATED"]);
  expect(await adoptions(someone.admin, rows)).toEqual(["UNCHANGED", "UNCHANGED", "UNCHANGED"]);
  expect(await adoptions(someone.admin, [row("a", { note: "全社区" })])).toEqual(["UPDATED"]);
  const { community } = await read(
    `{ community(id: "${weijia}") { practiceAdoptions { nodes { key since endedOn note source illustrative practice { name } } } } }`,
  );
  expect(community.practiceAdoptions.nodes).toEqual([
    { key: "c", since: "2019-05-01", endedOn: null, note: null, source: null, illustrative: false, practice: { name: "做法street" } },
    {
      key: "a",
      since: "2020-01-01",
      endedOn: null,
      note: "全社区",
      source: "report-000",
      illustrative: true,
      practice: { name: "做法model" },
    },
  ]);
});

test("who works by what is found by where they are, by where it is held, and by whether they still do", async () => {
  expect(await keys("")).toEqual(["c", "a", "b"]);
  expect(await keys('within: "510112001"')).toEqual(["c", "a", "b"]);
  expect(await keys('within: "510116001"')).toEqual([]);
  expect(await keys('heldWithin: "zone-tianfu"')).toEqual(["c", "a", "b"]);
  expect(await keys('heldWithin: "510112001"')).toEqual([]);
  expect(await keys("current: true")).toEqual(["c", "a"]);
  expect(await keys("current: false")).toEqual(["b"]);
  const { region } = await read('{ region(code: "510112001") { statistics { practicesAdopted } } }');
  expect(region.statistics.practicesAdopted).toBe(2);
});

test("every row says what is wrong with it", async () => {
  expect(
    await adoptions(someone.admin, [
      row("x", { practiceKey: "none" }),
      row("y", { practiceKey: "\u0000" }),
      row("z", { adopter: {} }),
      row("o", { adopter: { communityId: xianghe } }),
      row("f", { since: "2999-01-01" }),
      row("e", { endedOn: "2019-12-31" }),
      row("e2", { endedOn: "2999-12-31" }),
      row("t", { since: "2022-01-01" }),
      row("b2", { adopter: { communityId: wuxing }, since: "2020-06-01" }),
      row("b3", { adopter: { communityId: wuxing }, since: "2021-01-01", endedOn: "2022-01-01" }),
      row("b4", { adopter: { communityId: wuxing }, since: "2021-12-31" }),
    ]),
  ).toEqual([
    "REFUSED practiceKey UNKNOWN_REFERENCE",
    "REFUSED practiceKey UNKNOWN_REFERENCE",
    "REFUSED adopter EXACTLY_ONE",
    "REFUSED practiceKey SAME_RECORD",
    "REFUSED since IN_FUTURE",
    "REFUSED endedOn PERIOD_REVERSED",
    "REFUSED endedOn IN_FUTURE",
    "REFUSED since ALREADY_EXISTS",
    "REFUSED since ALREADY_EXISTS",
    "CREATED",
    "REFUSED since ALREADY_EXISTS",
  ]);
  expect(await keys("")).toEqual(["c", "a", "b"]);
});

test("workers enter what their own community adopted, and nobody takes an adoption from its adopter", async () => {
  expect(await adoptions(someone.public, [row("n")])).toBe("UNAUTHENTICATED");
  expect(await adoptions(neighbour, [row("a", { adopter: { communityId: wuxing }, since: "2023-01-01" })])).toEqual([
    "REFUSED key FORBIDDEN",
  ]);
  expect(await adoptions(neighbour, [row("n", { adopter: { communityId: wuxing }, since: "2023-01-01" })])).toEqual([
    "REFUSED key FORBIDDEN",
  ]);
  expect(await adoptions(neighbour, [row("a")], { dryRun: true })).toEqual(["UNCHANGED"]);
});

test("what was given up stays so when a list from before comes again", async () => {
  const { community } = await read(`{ community(id: "${weijia}") { practiceAdoptions { nodes { id key version } } } }`);
  const { id, version } = community.practiceAdoptions.nodes.find(({ key }: any) => key === "c");
  const { data } = await ask(
    story.endpoint,
    neighbour,
    `mutation { withdrawPracticeAdoption(input: { id: "${id}", expectedVersion: ${version}, endedOn: "2023-01-01" }) { __typename } }`,
  );
  expect(data.withdrawPracticeAdoption.__typename).toBe("PracticeAdoption");
  expect(await adoptions(neighbour, [row("c", { practiceKey: "street", since: "2019-05-01" })])).toEqual(["UNCHANGED"]);
});

test("of many lists that enter one adoption at once under different keys, one does", async () => {
  const one = (key: string) => adoptions(someone.admin, [row(key, { practiceKey: "street", since: "2023-05-01" })]);
  const answers = (await Promise.all(Array.from({ length: 8 }, (_, at) => one(`race-${at}`)))).flat();
  expect(answers.filter((answer) => answer === "CREATED")).toHaveLength(1);
  expect(answers.filter((answer) => answer === "REFUSED since ALREADY_EXISTS")).toHaveLength(7);
});

test("of two adoptions that a merge joins one goes on, found by the key that either had", async () => {
  const body = async (name: string): Promise<string> => {
    const made = `mutation { answer: createOrganisation(input: { name: "${name}", kind: ENTERPRISE, regionCode: "510112" }) { ... on Organisation { id } } }`;
    return (await ask(story.endpoint, someone.admin, made)).data.answer.id;
  };
  const [kept, gone] = [await body("示例甲"), await body("示例乙")];
  const adopted = await ask(
    story.endpoint,
    someone.admin,
    `mutation { adoptPractice(input: { practiceId: "${stableId("practice", "model")}", organisationId: "${kept}", since: "2022-01-01" }) { __typename } }`,
  );
  expect(adopted.data.adoptPractice.__typename).toBe("PracticeAdoption");
  const list = [row("old", { adopter: { organisationId: gone }, source: "report-001" })];
  expect(await adoptions(someone.admin, list)).toEqual(["CREATED"]);
  const { data } = await ask(
    story.endpoint,
    someone.admin,
    `mutation { mergeOrganisations(input: { keepId: "${kept}", mergeId: "${gone}", keepVersion: 1, mergeVersion: 1 }) { __typename } }`,
  );
  expect(data.mergeOrganisations.__typename).toBe("OrganisationsMerged");
  expect(await adoptions(someone.admin, list)).toEqual(["UNCHANGED"]);
  const { organisation } = await read(`{ organisation(id: "${gone}") { practiceAdoptions { nodes { key since source } } } }`);
  expect(organisation.practiceAdoptions.nodes).toEqual([{ key: "old", since: "2020-01-01", source: "report-001" }]);
});

test("a page costs the same whatever its length", async () => {
  const counter = countStatements(story.database);
  const counts: number[] = [];
  for (const first of [1, 4]) {
    counter.reset();
    const { practiceAdoptions } = await read(
      `{ practiceAdoptions(first: ${first}) { nodes { practice { name } adopter { ... on Community { name } ... on Organisation { name } } } } }`,
    );
    expect(practiceAdoptions.nodes).toHaveLength(first);
    counts.push(counter.count());
  }
  expect(counts[1]! - counts[0]!).toBeLessThanOrEqual(1);
});
