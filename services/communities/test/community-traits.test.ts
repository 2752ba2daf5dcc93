import { countStatements, stableId } from "@gongjian/database";
import type { Viewer } from "@gongjian/subgraph";
import { ask, someone } from "@gongjian/testing";
import { communitiesStory, type Story } from "./story";

const [xianghe, wuxing, weijia, other] = ["510116001001", "510116001002", "510112001001", "510112001002"].map((code) =>
  stableId("community", `CN_STATS:${code}`),
) as [string, string, string, string];
let story: Story;

beforeAll(async () => {
  story = await communitiesStory();
}, 60_000);
afterAll(() => story.test.close());

async function enter(who: Viewer, rows: object[], more: object = {}): Promise<string[] | string> {
  const { data, errors } = await ask(
    story.endpoint,
    who,
    "mutation ($input: ImportCommunityTraitsInput!) { answer: importCommunityTraits(input: $input) { ... on BulkOutcome { rows { status problems { field code } } } } }",
    { input: { rows, ...more } },
  );
  if (errors[0]) return errors[0].extensions.code as string;
  return data.answer.rows.map((row: any) => [row.status, ...row.problems.map((p: any) => `${p.field} ${p.code}`)].join(" "));
}
const read = async (query: string, script: "zh-Hant" | null = null) => {
  const { data, errors } = await ask(story.endpoint, someone.public, query, {}, script);
  expect(errors).toEqual([]);
  return data;
};
const found = async (filter: string): Promise<string[]> =>
  (await read(`{ communities(filter: { ${filter} }) { nodes { id } } }`)).communities.nodes.map(({ id }: any) => id).sort();
const of = async (id: string) => (await read(`{ community(id: "${id}") { traits traitCodes version name description } }`)).community;

test("traits are set row by row, and all else of a community stays", async () => {
  const rows = [
    { communityId: xianghe, traits: ["老旧国企生活区", " 有机更新 "] },
    { communityId: wuxing.toUpperCase(), traits: ["MULTI_ETHNIC", "国际社区", "多民族社区"] },
    { communityId: weijia, traits: ["多民族社區"] },
  ];
  expect(await enter(someone.admin, rows, { dryRun: true })).toEqual(["UPDATED", "UPDATED", "UPDATED"]);
  expect((await of(xianghe)).traits).toEqual([]);
  expect(await enter(someone.admin, rows)).toEqual(["UPDATED", "UPDATED", "UPDATED"]);
  expect(await enter(someone.admin, rows)).toEqual(["UNCHANGED", "UNCHANGED", "UNCHANGED"]);
  expect(await of(xianghe)).toMatchObject({
    traits: ["老旧国企生活区", "有机更新"],
    traitCodes: ["STATE_ENTERPRISE_ESTATE"],
    version: 2,
    name: "祥鹤社区居委会",
  });
  expect(await of(wuxing)).toMatchObject({ traits: ["多民族社区", "国际社区"], traitCodes: ["MULTI_ETHNIC", "INTERNATIONAL"] });
});

test("communities are found by traits of the list, whatever words and script say it, within a region too", async () => {
  expect(await found("traitCodes: [MULTI_ETHNIC]")).toEqual([wuxing, weijia].sort());
  expect(await found("traitCodes: [MULTI_ETHNIC, STATE_ENTERPRISE_ESTATE]")).toEqual([xianghe, wuxing, weijia].sort());
  expect(await found('traitCodes: [MULTI_ETHNIC], within: "510112"')).toEqual([weijia]);
  expect(await found('traitCodes: [MULTI_ETHNIC], trait: "国际社区"')).toEqual([wuxing]);
  expect(await found("traitCodes: [RURAL]")).toEqual([]);
  expect(await found("traitCodes: []")).toEqual([]);
  expect(await found('trait: "有机更新"')).toEqual([xianghe]);
});

test("the list has a word for each trait, in the script asked for, and says what a code becomes", async () => {
  const { communityTraits } = await read("{ communityTraits { code label words } }", "zh-Hant");
  expect(communityTraits.find(({ code }: any) => code === "MULTI_ETHNIC")).toEqual({
    code: "MULTI_ETHNIC",
    label: "多民族社區",
    words: ["多民族社區", "多民族", "民族互嵌式社區", "民族互嵌社區"],
  });
  const { __type } = await read('{ __type(name: "CommunityTrait") { enumValues { name description } } }');
  expect(communityTraits.map(({ code }: any) => code)).toEqual(__type.enumValues.map(({ name }: any) => name));
  expect(__type.enumValues.every(({ description }: any) => description.length > 10)).toBe(true);
});

test("what is wrong is said of each row, and of the other ways to enter traits", async () => {
  expect(
    await enter(someone.admin, [
      { communityId: xianghe, traits: ["MULTI_ETNIC"] },
      { communityId: "nonsense", traits: [] },
      { communityId: stableId("community", "none"), traits: [] },
      { communityId: weijia, traits: [""] },
      { communityId: weijia, traits: [] },
    ]),
  ).toEqual([
    "REFUSED traits.0 UNKNOWN_CODE",
    "REFUSED communityId UNKNOWN_REFERENCE",
    "REFUSED communityId UNKNOWN_REFERENCE",
    "REFUSED traits.0 REQUIRED",
    "REFUSED key DUPLICATE_KEY",
  ]);
  const update = async (traits: string) =>
    ask(
      story.endpoint,
      someone.worker(other),
      `mutation { updateCommunity(input: { id: "${other}", expectedVersion: 1, traits: ${traits} }) { ... on Community { traits } } }`,
    );
  expect((await update('["ECO_VILAGE"]')).errors[0]!.extensions.problems).toMatchObject([{ field: "traits.0", code: "UNKNOWN_CODE" }]);
  expect((await update('["ECO_VILLAGE", "林盘"]')).data.updateCommunity).toEqual({ traits: ["生态村", "林盘"] });
});

test("workers say what characterises their own community, and no other", async () => {
  const row = (communityId: string) => ({ communityId, traits: ["老龄化社区"] });
  expect(await enter(someone.public, [row(weijia)])).toBe("UNAUTHENTICATED");
  expect(await enter(someone.worker(weijia), [row(weijia), row(xianghe)])).toEqual(["UPDATED", "REFUSED key FORBIDDEN"]);
  expect((await of(weijia)).traits).toEqual(["多民族社區"]);
  expect(await enter(someone.worker(weijia), [row(weijia)])).toEqual(["UPDATED"]);
});

test("a region counts its communities trait by trait, in its one statement", async () => {
  const counts = async (code: string) =>
    (await read(`{ region(code: "${code}") { statistics { communitiesByTrait { trait count } } } }`)).region.statistics.communitiesByTrait;
  expect(await counts("5101")).toEqual([
    { trait: "STATE_ENTERPRISE_ESTATE", count: 1 },
    { trait: "MULTI_ETHNIC", count: 1 },
    { trait: "INTERNATIONAL", count: 1 },
    { trait: "ECO_VILLAGE", count: 1 },
    { trait: "AGEING", count: 1 },
  ]);
  expect(await counts("zone-tianfu")).toEqual(await counts("510116001"));
  expect(await counts("510112001")).toEqual([
    { trait: "ECO_VILLAGE", count: 1 },
    { trait: "AGEING", count: 1 },
  ]);
  const counter = countStatements(story.database);
  await counts("5101");
  const one = counter.count();
  counter.reset();
  await read("{ regions(first: 8) { nodes { statistics { communitiesByTrait { trait count } } } } }");
  expect(counter.count()).toBe(one);
});
