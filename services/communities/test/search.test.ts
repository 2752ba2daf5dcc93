import { countStatements, schemaDrift, stableId } from "@gongjian/database";
import type { Viewer } from "@gongjian/subgraph";
import { ask, someone, type Answer } from "@gongjian/testing";
import { communitiesStory, type Story } from "./story";

const xianghe = stableId("community", "CN_STATS:510116001001");
const weijia = stableId("community", "CN_STATS:510112001001");
const BULK = "... on BulkOutcome { written rows { problems { field code } } }";
let story: Story;
let hidden: string;

async function did(who: Viewer, query: string, variables: object): Promise<any> {
  const { data, errors } = await ask(story.endpoint, who, query, variables as Record<string, unknown>);
  expect(errors).toEqual([]);
  return data.answer;
}
const imported = async (concept: string, rows: object[]): Promise<void> => {
  const answer = await did(
    someone.admin,
    `mutation ($input: Import${concept}Input!) { answer: import${concept}(input: $input) { ${BULK} } }`,
    {
      input: { rows },
    },
  );
  expect(answer).toMatchObject({ written: true });
};
const raised = async (title: string, body: string, communityId: string, publish: boolean): Promise<string> => {
  const { id, version } = await did(
    someone.admin,
    "mutation ($input: RaiseSuggestionInput!) { answer: raiseSuggestion(input: $input) { ... on Suggestion { id version } } }",
    { input: { communityId, title, body, topic: "TRANSPORT" } },
  );
  if (publish)
    await did(
      someone.admin,
      "mutation ($input: PublishSuggestionInput!) { answer: publishSuggestion(input: $input) { ... on Suggestion { id } } }",
      { input: { id, expectedVersion: version, published: true } },
    );
  return id;
};

beforeAll(async () => {
  story = await communitiesStory();
  await imported("Organisations", [
    { key: "wuxing", name: "成都市五星社会工作服务中心", kind: "SOCIAL_ORGANISATION", regionCode: "510112" },
    { key: "lejia", name: "成都乐家物业服务有限公司", kind: "ENTERPRISE", regionCode: "510116" },
  ]);
  await imported("People", [
    { key: "p1", name: "王五星" },
    { key: "p2", name: "李五星" },
  ]);
  await imported("Appointments", [
    { key: "a1", personKey: "p1", role: "ADVISER", at: { communityId: weijia }, startsOn: "2020-01-01", published: true },
    { key: "a2", personKey: "p2", role: "ADVISER", at: { communityId: xianghe }, startsOn: "2020-01-01", published: false },
  ]);
  await raised("增设停车棚", "五星片区的居民希望在小区门口增设非机动车停车棚，方便充电", xianghe, true);
  hidden = await raised("修缮楼道灯", "五星片区三单元的楼道灯坏了很久", xianghe, false);
}, 60_000);
afterAll(() => story.test.close());

const NODE =
  "node { __typename ... on Community { id } ... on Organisation { id } ... on Person { id } ... on Practice { id } ... on Facility { id } ... on Suggestion { id } }";
async function search(who: Viewer, text: string, args: Record<string, unknown> = {}): Promise<Answer & { found: any }> {
  const answer = await ask(
    story.endpoint,
    who,
    `query ($text: String!, $filter: SearchFilter, $first: Int, $after: String) { search(text: $text, filter: $filter, first: $first, after: $after) {
      totalCount counts { kind count more } pageInfo { hasNextPage endCursor } edges { cursor }
      nodes { kind score matched snippet ${NODE} } } }`,
    { text, ...args },
  );
  return { ...answer, found: answer.data?.search };
}
const snippets = async (who: Viewer, text: string, filter: object = {}): Promise<string[]> =>
  (await search(who, text, { filter })).found.nodes.map((hit: any) => `${hit.kind} ${hit.matched} ${hit.snippet}`);

describe("practices and facilities", () => {
  beforeAll(async () => {
    const parts = [
      { label: "一核引领", count: 1, items: [] },
      { label: "五化驱动", count: 5, items: [] },
    ];
    await imported("Practices", [{ key: "model", name: "机车样本", kind: "GOVERNANCE_MODEL", holder: { regionCode: "510116001" }, parts }]);
    await imported("Facilities", [
      {
        key: "yard",
        name: "文化小院",
        category: "CULTURE_ROOM",
        state: "OPEN",
        communityId: weijia,
        formerly: "自行车棚",
        asOf: "2024-01-01",
      },
    ]);
  });

  test("are found by name, by reading, by the parts and by what a place was before", async () => {
    expect(await snippets(someone.public, "機車樣本")).toEqual(["PRACTICE NAME 机车样本"]);
    expect(await snippets(someone.public, "五化驱动")).toEqual(["PRACTICE TEXT 五化驱动"]);
    expect(await snippets(someone.public, "whxy")).toEqual(["FACILITY READING 文化小院"]);
    expect(await snippets(someone.public, "自行車棚", { kinds: ["FACILITY"] })).toEqual(["FACILITY TEXT 自行车棚"]);
  });

  test("lie where their holder and their community do, and facilities have a field of service", async () => {
    expect(await snippets(someone.public, "机车样本", { within: "510116" })).toHaveLength(1);
    expect(await snippets(someone.public, "机车样本", { within: "510112" })).toEqual([]);
    expect(await snippets(someone.public, "文化小院", { within: "510112" })).toHaveLength(1);
    expect(await snippets(someone.public, "文化小院", { within: "510116" })).toEqual([]);
    expect(await snippets(someone.public, "文化小院", { topic: "CULTURE" })).toHaveLength(1);
    expect(await snippets(someone.public, "文化小院", { topic: "HEALTH" })).toEqual([]);
  });

  test("a facility that is given another name is found by that one", async () => {
    const { data } = await ask(story.endpoint, someone.admin, `{ facilities(first: 1) { nodes { id version } } }`);
    const [{ id, version }] = data.facilities.nodes;
    const changed = await ask(
      story.endpoint,
      someone.admin,
      `mutation { updateFacility(input: { id: "${id}", expectedVersion: ${version}, name: "清风小院", asOf: "2024-02-01" }) { __typename } }`,
    );
    expect(changed.data.updateFacility.__typename).toBe("Facility");
    expect(await snippets(someone.public, "qfxy")).toEqual(["FACILITY READING 清风小院"]);
    expect(await snippets(someone.public, "whxy")).toEqual([]);
  });
});

test("the migrated schema is what the entities say", async () => {
  expect(await schemaDrift(story.database.dataSource)).toEqual([]);
});

const EVERYTHING = [
  "COMMUNITY NAME_START 五星社区居委会",
  "COMMUNITY NAME_START 五星社区居委会",
  "PERSON NAME_PART 王五星",
  "ORGANISATION NAME_PART 成都市五星社会工作服务中心",
  "SUGGESTION TEXT 五星片区的居民希望在小区门口增设非机动车停车棚，方便充电",
];

test("one query finds records of all kinds, the nearest first, in either script", async () => {
  expect(await snippets(someone.public, "五星")).toEqual(EVERYTHING);
  expect(await snippets(someone.public, "增設停車棚")).toEqual(["SUGGESTION NAME 增设停车棚"]);
  expect((await search(someone.public, "五星")).found.nodes.map(({ score }: any) => score)).toEqual([0.795, 0.795, 0.596, 0.586, 0.394]);
});

test.each([
  ["wuxing", ["PERSON", "COMMUNITY", "COMMUNITY", "ORGANISATION"]],
  ["wx", ["PERSON", "COMMUNITY", "COMMUNITY", "ORGANISATION"]],
  ["zengshetingchepeng", ["SUGGESTION"]],
  ["zstcp", ["SUGGESTION"]],
  ["ljwy", ["ORGANISATION"]],
])("pinyin and initials find names and titles: %s", async (text, kinds) => {
  const { found } = await search(someone.public, text);
  expect(found.nodes.map(({ kind }: any) => kind)).toEqual(kinds);
  expect(found.nodes.every(({ matched }: any) => matched === "READING")).toBe(true);
});

test("a word of the text is shown with what stands around it", async () => {
  expect(await snippets(someone.public, "方便充電")).toEqual(["SUGGESTION TEXT …的居民希望在小区门口增设非机动车停车棚，方便充电"]);
});

test("filters narrow by kind, place and field, and the counts with them", async () => {
  expect(await snippets(someone.public, "五星", { kinds: ["PERSON", "SUGGESTION"] })).toEqual([EVERYTHING[2], EVERYTHING[4]]);
  expect(await snippets(someone.public, "五星", { within: "510112" })).toEqual([EVERYTHING[0], EVERYTHING[2], EVERYTHING[3]]);
  expect(await snippets(someone.public, "五星", { within: "zone-tianfu" })).toEqual([EVERYTHING[0], EVERYTHING[4]]);
  expect(await snippets(someone.public, "五星", { topic: "TRANSPORT" })).toEqual([EVERYTHING[4]]);
  expect(await snippets(someone.public, "五星", { topic: "HEALTH" })).toEqual([]);
  expect(await snippets(someone.public, "五星", { kinds: [] })).toEqual([]);
  const { found } = await search(someone.public, "五星", { filter: { within: "510112" } });
  expect(found.totalCount).toBe(3);
  expect(found.counts).toEqual([
    { kind: "COMMUNITY", count: 1, more: false },
    { kind: "ORGANISATION", count: 1, more: false },
    { kind: "PERSON", count: 1, more: false },
    { kind: "PRACTICE", count: 0, more: false },
    { kind: "FACILITY", count: 0, more: false },
    { kind: "SUGGESTION", count: 0, more: false },
  ]);
});

test("what the lists do not show, search neither finds nor counts", async () => {
  const seen = async (who: Viewer) => {
    const { found } = await search(who, "五星");
    return [
      found.totalCount,
      found.nodes.some(({ node }: any) => node.id === hidden),
      found.nodes.some((hit: any) => hit.snippet === "李五星"),
    ];
  };
  expect(await seen(someone.public)).toEqual([5, false, false]);
  expect(await seen(someone.officer("510112"))).toEqual([5, false, false]);
  expect(await seen(someone.worker(xianghe))).toEqual([7, true, true]);
  expect(await seen(someone.officer("510116"))).toEqual([7, true, true]);
  expect(await seen(someone.admin)).toEqual([7, true, true]);
});

test("pages follow one another without a gap, and a cursor shows nobody more than they see", async () => {
  for (const who of [someone.public, someone.admin]) {
    const whole = (await search(who, "五星")).found;
    const ids: string[] = [];
    let after: string | null = null;
    do {
      const { found } = await search(who, "五星", { first: 2, after });
      ids.push(...found.nodes.map(({ node }: any) => node.id));
      after = found.pageInfo.hasNextPage ? found.pageInfo.endCursor : null;
    } while (after !== null);
    expect(ids).toEqual(whole.nodes.map(({ node }: any) => node.id));
    const open = (await search(someone.public, "五星")).found.nodes.map(({ node }: any) => node.id);
    for (const [index, { cursor }] of whole.edges.entries()) {
      const rest = ids.slice(index + 1).filter((id) => open.includes(id));
      expect((await search(someone.public, "五星", { after: cursor })).found.nodes.map(({ node }: any) => node.id)).toEqual(rest);
    }
  }
});

test("a cursor of another search is refused", async () => {
  const { found } = await search(someone.public, "五星", { first: 1 });
  const { errors } = await search(someone.public, "停车", { after: found.pageInfo.endCursor });
  expect(errors[0]!.extensions.code).toBe("CURSOR_INVALID");
});

test("when nothing has all of it, what sounds so is found, page by page", async () => {
  const { found } = await search(someone.public, "吴兴", { first: 1 });
  expect(found.nodes[0]).toMatchObject({ kind: "PERSON", matched: "SIMILAR" });
  expect(found.totalCount).toBe(4);
  const next = (await search(someone.public, "吴兴", { first: 1, after: found.pageInfo.endCursor })).found;
  expect(next.nodes[0]).toMatchObject({ kind: "COMMUNITY", matched: "SIMILAR" });
  expect(next.nodes[0].node.id).not.toBe(found.nodes[0].node.id);
});

test.each(["五\0星", "\ud800"])("malformed text is refused: %j", async (text) => {
  expect((await search(someone.public, text)).errors[0]!.extensions.code).toBe("BAD_USER_INPUT");
});

test.each(["", "  ", "!!!", "' | ' & :* \\", "没有这个名字吧"])("what says nothing finds nothing: %j", async (text) => {
  const { found, errors } = await search(someone.public, text);
  expect(errors).toEqual([]);
  expect(found).toMatchObject({ totalCount: 0, nodes: [] });
});

test("an unknown place and one that cannot be stored find nothing", async () => {
  expect(await snippets(someone.public, "五星", { within: "nowhere" })).toEqual([]);
  expect(await snippets(someone.public, "五星", { within: "5\0" })).toEqual([]);
});

test("the number of statements does not grow with the hits", async () => {
  const meter = countStatements(story.database);
  const asked = async (text: string, first: number): Promise<number> => {
    meter.reset();
    await search(someone.public, text, { first, filter: { kinds: ["COMMUNITY", "ORGANISATION", "PERSON"] } });
    return meter.count();
  };
  const few = await asked("王五星", 20);
  expect(await asked("五星", 4)).toBe(await asked("五星", 20));
  expect(await asked("五星", 20)).toBe(few + 2);
});
