import { countStatements, stableId } from "@gongjian/database";
import { ask, someone } from "@gongjian/testing";
import { communitiesStory, type Story } from "./story";

const idOf = (key: string): string => stableId("organisation", key);
const ROWS = [
  { key: "centre", name: "成都市五星社会工作服务中心", kind: "SOCIAL_ORGANISATION", regionCode: "510112" },
  { key: "centre-short", name: "五星社工服务中心", kind: "SOCIAL_ORGANISATION", regionCode: "510112001" },
  { key: "peace", name: "成都市和平社会工作服务中心", kind: "SOCIAL_ORGANISATION", regionCode: "510112" },
  { key: "estate", name: "成都乐家物业服务有限公司", kind: "ENTERPRISE", regionCode: "510112", creditCode: "91330100799655058B" },
  { key: "estate-tw", name: "樂家物業服務", kind: "ENTERPRISE", regionCode: "510116" },
  { key: "marks", name: "!!!", kind: "OTHER", regionCode: "510116" },
];
let story: Story;

beforeAll(async () => {
  story = await communitiesStory();
  const { data, errors } = await ask(
    story.endpoint,
    someone.admin,
    "mutation ($input: ImportOrganisationsInput!) { importOrganisations(input: $input) { ... on BulkOutcome { written rows { problems { code } } } } }",
    { input: { rows: ROWS } },
  );
  expect(errors).toEqual([]);
  expect(data.importOrganisations).toMatchObject({ written: true });
}, 60_000);
afterAll(() => story.test.close());

const find = (args: string) =>
  ask(
    story.endpoint,
    someone.public,
    `{ organisationDuplicates(${args}) { organisation { key region { code } } other { key } reason likeness } }`,
  );
const told = async (args: string): Promise<string[]> =>
  (await find(args)).data.organisationDuplicates.map(
    ({ organisation, other, reason }: any) => `${[organisation.key, other.key].join(" ")} ${reason}`,
  );
const code = async (args: string) => (await find(args)).errors[0]?.extensions;

test("others of one organisation are found in either script, whatever their region and legal form", async () => {
  expect(await told(`id: "${idOf("estate")}"`)).toEqual(["estate estate-tw NAME"]);
  expect(await told(`id: "${idOf("estate-tw").toUpperCase()}"`)).toEqual(["estate-tw estate NAME"]);
  expect(await told(`id: "${idOf("centre")}"`)).toEqual(["centre centre-short SIMILAR_NAME"]);
  expect(await told(`id: "${idOf("peace")}"`)).toEqual([]);
  expect(await told(`id: "${idOf("marks")}"`)).toEqual([]);
});

test("within a region all are compared with one another", async () => {
  const keys = (rows: string[]): string[] => rows.map((row) => row.split(" ").sort().join(" ")).sort();
  expect(keys(await told('within: "510112"'))).toEqual(keys(["centre centre-short SIMILAR_NAME"]));
  expect(keys(await told('within: "5101"'))).toEqual(keys(["estate estate-tw NAME", "centre centre-short SIMILAR_NAME"]));
  expect(await told('within: "5101", first: 1')).toEqual([expect.stringContaining(" NAME")]);
  expect(await told('within: "5101", atLeast: 1')).toHaveLength(1);
  expect(await told('within: "nowhere"')).toEqual([]);
});

test("what is asked is checked", async () => {
  const problems = [{ field: "within", code: "EXACTLY_ONE" }];
  expect(await code("first: 5")).toMatchObject({ code: "BAD_USER_INPUT", problems });
  expect(await code(`id: "${idOf("estate")}", within: "5101"`)).toMatchObject({ code: "BAD_USER_INPUT", problems });
  expect(await code('within: "5101", atLeast: 0.2')).toMatchObject({ code: "BAD_USER_INPUT", problems: [{ field: "atLeast" }] });
  expect(await code('within: "5101", first: 101')).toMatchObject({ code: "PAGE_SIZE_INVALID" });
  expect(await code('id: "x"')).toMatchObject({ code: "BAD_USER_INPUT" });
  expect(await code(`id: "${idOf("nobody")}"`)).toMatchObject({ code: "NOT_FOUND" });
});

test("the number of statements does not grow with the pairs", async () => {
  const meter = countStatements(story.database);
  await find('within: "510112"');
  const one = meter.count();
  meter.reset();
  await find('within: "5101"');
  expect(meter.count()).toBe(one);
});
