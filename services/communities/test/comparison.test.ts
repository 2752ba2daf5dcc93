import { countStatements, stableId } from "@gongjian/database";
import { ask, someone } from "@gongjian/testing";
import { communitiesStory, type Story } from "./story";

const idOf = (identifier: string) => stableId("community", `CN_STATS:${identifier}`);
const [xianghe, wuxing, weijia, other] = ["510116001001", "510116001002", "510112001001", "510112001002"].map(idOf) as [
  string,
  string,
  string,
  string,
];
let story: Story;

async function enter(table: string, rows: object[]): Promise<void> {
  const { data, errors } = await ask(
    story.endpoint,
    someone.admin,
    `mutation ($input: Import${table}Input!) { result: import${table}(input: $input) { ... on BulkOutcome { written rows { problems { field code } } } } }`,
    { input: { rows } },
  );
  expect([table, errors, data?.result.written]).toEqual([table, [], true]);
}

beforeAll(async () => {
  story = await communitiesStory();
  await enter("Populations", [
    { communityId: xianghe, asOf: "2020-01-01", residents: 9, households: 4 },
    {
      communityId: xianghe,
      asOf: "2022-01-06",
      residents: 23000,
      residentsPrecision: "OVER",
      compounds: 23,
      ethnicGroupCount: 18,
      ethnicGroups: [{ group: "HA" }, { group: "ZA", count: 3 }],
    },
    { communityId: weijia, asOf: "2021-01-01", ethnicGroups: [{ group: "HA" }, { group: "QI" }, { group: "MA", count: 0 }] },
  ]);
  await enter("Compounds", [{ communityId: xianghe, name: "祥和苑", kind: "MIXED" }]);
  await enter("Organisations", [
    { key: "team", name: "示例队", kind: "RESIDENT_TEAM", regionCode: "510116" },
    { key: "near", name: "示例中心", kind: "SUPPORT_CENTRE", regionCode: "510116" },
  ]);
  const organisation = (key: string) => stableId("organisation", key);
  await enter("Teams", [{ organisationId: organisation("team"), communityId: xianghe }]);
  // twice in reach of one community, once of the other district
  const areas = `mutation { a: setServiceAreas(input: { organisationId: "${organisation("near")}", expectedVersion: 1, regionCodes: ["510116"], communityIds: ["${xianghe}", "${weijia}"] }) { __typename } }`;
  expect((await ask(story.endpoint, someone.admin, areas)).errors).toEqual([]);
  const place = await ask(
    story.endpoint,
    someone.admin,
    `mutation { updateCommunity(input: { id: "${xianghe}", expectedVersion: 1, traits: ["多民族社区"], longitude: 104, latitude: 30 }) { __typename } }`,
  );
  expect(place.data.updateCommunity.__typename).toBe("Community");
  const facility = { asOf: "2024-01-01", communityId: weijia, longitude: 104, latitude: 30.001 };
  await enter("Facilities", [
    { ...facility, key: "a", name: "公园", category: "PARK", state: "OPEN" },
    { ...facility, key: "b", name: "诊所", category: "CLINIC", state: "CLOSED" },
  ]);
  const suggestion = { channel: "ONLINE", body: "希望增设停车棚", topic: "TRANSPORT", communityId: xianghe, raisedOn: "2024-01-08" };
  await enter("Suggestions", [
    { ...suggestion, key: "s1", title: "停车棚" },
    {
      ...suggestion,
      key: "s2",
      title: "路灯",
      body: "希望增设路灯",
      decision: "EXPLAINED",
      answer: "已有规划",
      answeredOn: "2024-01-10",
      assignee: { regionCode: "510116" },
    },
  ]);
  await enter("Practices", [{ key: "w", name: "三事分流", kind: "GOVERNANCE_MODEL", holder: { communityId: xianghe } }]);
  const honour = { title: "示例称号", level: "DISTRICT", awarderName: "示例单位" };
  await enter("Honours", [
    { ...honour, key: "h1", year: 2019, holder: { communityId: xianghe } },
    { ...honour, key: "h2", year: 2021, holder: { communityId: xianghe } },
    { ...honour, key: "h3", year: 2020, holder: { practiceId: stableId("practice", "w") } },
  ]);
  const adopt = `mutation ($input: AdoptPracticeInput!) { adoptPractice(input: $input) { __typename } }`;
  const input = { practiceId: stableId("practice", "w"), communityId: weijia };
  const adopted = await ask(story.endpoint, someone.admin, adopt, { input });
  expect([adopted.errors, adopted.data?.adoptPractice.__typename]).toEqual([[], "PracticeAdoption"]);
  const parties = [
    { communityId: xianghe, side: 1 },
    { communityId: weijia, side: 2 },
  ];
  await enter("Pairings", [
    { key: "held", kind: "COMMUNITY", name: "结对", parties, signedOn: "2023-01-01" },
    { key: "proposed", kind: "COMMUNITY", name: "拟结对", parties },
  ]);
}, 60_000);
afterAll(() => story.test.close());

const ROWS = "rows { aspect label values { known number precision text asOf } }";
const compare = (ids: string[], fields = ROWS, script: "zh-Hant" | null = null) =>
  ask(
    story.endpoint,
    someone.public,
    `query ($ids: [ID!]!) { compareCommunities(ids: $ids) { communities { id } ${fields} } }`,
    { ids },
    script,
  );

test("communities stand side by side in the order asked for", async () => {
  const { data, errors } = await compare([weijia, xianghe.toUpperCase()]);
  expect(errors).toEqual([]);
  const { communities, rows } = data.compareCommunities;
  expect(communities).toEqual([{ id: weijia }, { id: xianghe }]);
  const short = Object.fromEntries(
    rows.map(({ aspect, values }: any) => [
      aspect,
      values.map((v: any) => (v.known ? [v.number, v.text, v.precision, v.asOf].filter((part) => part !== null).join(" ") : null)),
    ]),
  );
  expect(short).toEqual({
    KIND: ["城市社区", "城市社区"],
    REGION: ["龙泉驿区龙泉街道", "双流区华阳街道"],
    TRAITS: ["0", "1 多民族社区"],
    RESIDENTS: [null, "23000 OVER 2022-01-06"],
    HOUSEHOLDS: [null, "4 2020-01-01"],
    COMPOUNDS: [null, "23 2022-01-06"],
    COMPOUNDS_ON_RECORD: ["0", "1"],
    ETHNIC_GROUPS: ["2 汉、羌 2021-01-01", "18 汉、藏 2022-01-06"],
    ORGANISATIONS_SERVING: ["1", "1"],
    TEAMS: ["0", "1"],
    FACILITIES: ["1", "0"],
    CATEGORIES_IN_REACH: [null, "1 公园"],
    CATEGORIES_MISSING: [null, expect.stringMatching(/^28 服务中心、/u)],
    SUGGESTIONS_OPEN: ["0", "1"],
    RESPONSE_RATE: [null, "0.5"],
    PAIRINGS: ["1", "1"],
    PRACTICES: ["0", "1 三事分流"],
    PRACTICES_ADOPTED: ["1 三事分流", "0"],
    HONOURS: ["0", "2 示例称号（2021）、示例称号（2019）"],
  });
});

test("the figures are those of the communities' own pages", async () => {
  const { data } = await ask(
    story.endpoint,
    someone.public,
    `{ community(id: "${xianghe}") { compounds { totalCount } servedBy { totalCount } honours { totalCount } practices { totalCount } teams { totalCount } facilities { totalCount } suggestionRates { open responseRate }
      pairings(filter: { states: [SIGNED, ACTIVE, DORMANT] }) { totalCount } } }`,
  );
  const { rows } = (await compare([xianghe, other])).data.compareCommunities;
  const of = (aspect: string) => rows.find((row: any) => row.aspect === aspect).values[0].number;
  const { community } = data;
  const aspects = ["COMPOUNDS_ON_RECORD", "ORGANISATIONS_SERVING", "TEAMS", "FACILITIES", "PAIRINGS", "PRACTICES", "HONOURS"];
  const { compounds, servedBy, teams, facilities, pairings, practices, honours } = community;
  expect(aspects.map(of)).toEqual(
    [compounds, servedBy, teams, facilities, pairings, practices, honours].map(({ totalCount }: any) => totalCount),
  );
  expect([of("SUGGESTIONS_OPEN"), of("RESPONSE_RATE")]).toEqual([community.suggestionRates.open, community.suggestionRates.responseRate]);
});

test("labels and texts answer in the script asked for", async () => {
  const { rows } = (await compare([xianghe, weijia], ROWS, "zh-Hant")).data.compareCommunities;
  expect(rows.find(({ aspect }: any) => aspect === "KIND")).toMatchObject({
    label: "類別",
    values: [{ text: "城市社區" }, { text: "城市社區" }],
  });
});

test("what cannot be compared is refused by name", async () => {
  const problems = async (...ids: string[]) => (await compare(ids)).errors[0]!.extensions.problems.map((p: any) => `${p.field} ${p.code}`);
  expect(await problems(xianghe)).toEqual(["ids OUT_OF_RANGE"]);
  expect(await problems(xianghe, wuxing, weijia, other, stableId("community", "x"))).toEqual(["ids OUT_OF_RANGE"]);
  expect(await problems(xianghe, xianghe)).toEqual(["ids.1 DUPLICATE_KEY"]);
  expect(await problems(xianghe, "nonsense")).toEqual(["ids.1 MALFORMED"]);
  expect(await problems(xianghe, stableId("community", "CN_STATS:000000000000"))).toEqual(["ids.1 UNKNOWN_REFERENCE"]);
});

test("four cost as many statements as two", async () => {
  const placed = `mutation ($id: ID!) { updateCommunity(input: { id: $id, expectedVersion: 1, longitude: 104, latitude: 30 }) { __typename } }`;
  for (const id of [wuxing, weijia, other]) await ask(story.endpoint, someone.admin, placed, { id });
  const counter = countStatements(story.database);
  const counts: number[] = [];
  for (const ids of [
    [xianghe, weijia],
    [xianghe, weijia, wuxing, other],
  ]) {
    counter.reset();
    const { data } = await compare(ids);
    expect(data.compareCommunities.rows[0].values).toHaveLength(ids.length);
    counts.push(counter.count());
  }
  expect(counts[1]).toBe(counts[0]);
  expect(counts[0]).toBeLessThanOrEqual(8);
});
