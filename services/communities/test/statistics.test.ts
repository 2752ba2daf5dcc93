import { countStatements, schemaDrift, stableId } from "@gongjian/database";
import { ask, someone } from "@gongjian/testing";
import { communitiesStory, type Story } from "./story";

const xianghe = stableId("community", "CN_STATS:510116001001");
const wuxing = stableId("community", "CN_STATS:510116001002");
const weijia = stableId("community", "CN_STATS:510112001001");
let story: Story;
let ids: Record<string, string>;

/** Imports rows and expects them all written. @returns the records' ids by key */
async function enter(table: string, rows: object[]): Promise<Record<string, string>> {
  const { data, errors } = await ask(
    story.endpoint,
    someone.admin,
    `mutation ($input: Import${table}Input!) { result: import${table}(input: $input) { ... on BulkOutcome { written rows { key id status problems { field code } } } } }`,
    { input: { rows } },
  );
  expect([table, errors, data?.result.rows?.flatMap((row: any) => row.problems)]).toEqual([table, [], []]);
  return Object.fromEntries(data.result.rows.map((row: any) => [row.key, row.id]));
}

beforeAll(async () => {
  story = await communitiesStory();
  ids = await enter("Organisations", [
    { key: "firm", name: "示例企业", kind: "ENTERPRISE", regionCode: "510116001" },
    { key: "team", name: "示例队", kind: "RESIDENT_TEAM", regionCode: "510112" },
    { key: "silent", name: "示例小队", kind: "RESIDENT_TEAM", regionCode: "510112" },
    { key: "nowhere", name: "示例社团", kind: "SOCIAL_ORGANISATION" },
  ]);
  await enter("Populations", [
    { communityId: xianghe, asOf: "2020-01-01", residents: 9, households: 4, ethnicGroupCount: 20 },
    {
      communityId: xianghe,
      asOf: "2022-01-06",
      residents: 23000,
      residentsPrecision: "OVER",
      compounds: 23,
      ethnicGroupCount: 5,
      ethnicGroups: [{ group: "HA" }, { group: "ZA", count: 3 }, { group: "MA", count: 0 }],
    },
    { communityId: wuxing, asOf: "2021-01-01", residents: 1000, households: 400, ethnicGroups: [{ group: "QI", count: 30 }] },
    { communityId: weijia, asOf: "2021-05-05", residents: 500, residentsPrecision: "ABOUT", ethnicGroupCount: 8 },
  ]);
  const facility = { asOf: "2024-01-01", communityId: xianghe };
  await enter("Facilities", [
    { ...facility, key: "a", name: "公园", category: "PARK", state: "OPEN" },
    { ...facility, key: "b", name: "小游园", category: "PARK", state: "OPEN" },
    { ...facility, key: "c", name: "诊所", category: "CLINIC", state: "PLANNED", communityId: weijia },
  ]);
  await enter("Teams", [
    { organisationId: ids["team"], communityId: xianghe, members: 30, membersPrecision: "OVER" },
    { organisationId: ids["silent"], communityId: weijia },
  ]);
  const both = [
    { communityId: xianghe, side: 1 },
    { communityId: weijia, side: 2 },
  ];
  await enter("Pairings", [
    { key: "held", kind: "COMMUNITY", name: "结对", parties: both, signedOn: "2023-01-01" },
    { key: "proposed", kind: "COMMUNITY", name: "拟结对", parties: both },
    {
      key: "inner",
      kind: "OTHER",
      name: "共建",
      parties: [
        { communityId: wuxing, side: 1 },
        { organisationId: ids["firm"], side: 2 },
      ],
      signedOn: "2023-01-01",
    },
  ]);
  await enter("People", [
    { key: "p", name: "示例一", illustrative: true },
    { key: "q", name: "示例二", illustrative: true },
  ]);
  const role = { personKey: "p", role: "ADVISER", startsOn: "2020" };
  await enter("Appointments", [
    { ...role, key: "now", at: { communityId: xianghe } },
    { ...role, key: "hidden", personKey: "q", at: { communityId: xianghe }, published: false },
    { ...role, key: "over", at: { regionCode: "510116" }, endsOn: "2021" },
    { ...role, key: "firm", at: { organisationId: ids["firm"] } },
  ]);
  await enter("Practices", [
    { key: "street", name: "示例模式", kind: "GOVERNANCE_MODEL", holder: { regionCode: "510116001" } },
    { key: "firm", name: "示例品牌", kind: "BRAND", holder: { organisationId: ids["firm"] } },
    { key: "far", name: "示例案例", kind: "CASE", holder: { communityId: weijia } },
  ]);
  const adopt = async (key: string, communityId: string) => {
    const { data, errors } = await ask(
      story.endpoint,
      someone.admin,
      `mutation ($input: AdoptPracticeInput!) { adoptPractice(input: $input) { ... on PracticeAdoption { id version } } }`,
      { input: { practiceId: stableId("practice", key), communityId, since: "2020-01-01" } },
    );
    expect(errors).toEqual([]);
    return data.adoptPractice;
  };
  await adopt("far", xianghe);
  const { id, version } = await adopt("far", wuxing);
  const over = `mutation { withdrawPracticeAdoption(input: { id: "${id}", expectedVersion: ${version} }) { __typename } }`;
  expect((await ask(story.endpoint, someone.admin, over)).data.withdrawPracticeAdoption.__typename).toBe("PracticeAdoption");
  const honour = { title: "示例称号", year: 2020, awarderName: "示例单位" };
  await enter("Honours", [
    { ...honour, key: "h1", level: "NATIONAL", holder: { communityId: xianghe } },
    { ...honour, key: "h2", level: "DISTRICT", holder: { organisationId: ids["firm"] } },
    { ...honour, key: "h3", level: "DISTRICT", holder: { practiceId: stableId("practice", "street") } },
    { ...honour, key: "h4", level: "DISTRICT", holder: { practiceId: stableId("practice", "far") } },
    { ...honour, key: "h5", level: "DISTRICT", holder: { organisationId: ids["nowhere"] } },
  ]);
  const today = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const questions = [{ field: "HEALTH", kind: "RATING", text: "医疗" }];
  await enter("Surveys", [
    { key: "open", title: "示例调查", communityId: xianghe, questions, periods: [{ name: "本期", startsOn: today(-7), endsOn: today(7) }] },
    {
      key: "over",
      title: "示例调查",
      regionCode: "510116001",
      questions,
      periods: [{ name: "往期", startsOn: "2020-01-01", endsOn: "2020-02-01" }],
    },
    { key: "far", title: "示例调查", communityId: weijia, questions, periods: [{ name: "下期", startsOn: today(7), endsOn: today(14) }] },
  ]);
  const suggestion = {
    channel: "ONLINE",
    raisedOn: "2024-01-08",
    body: "希望增设停车棚",
    topic: "TRANSPORT",
    communityId: xianghe,
    published: true,
  };
  await enter("Suggestions", [
    { ...suggestion, key: "open", title: "停车棚" },
    { ...suggestion, key: "hidden", title: "路灯", body: "希望增设路灯", published: false },
    { ...suggestion, key: "street", title: "公交", body: "希望增开公交", communityId: undefined, regionCode: "510116001" },
  ]);
}, 60_000);
afterAll(() => story.test.close());

const SUM = "{ sum precision communities earliestAsOf latestAsOf }";
const FIGURES = `code statistics { communities communitiesByKind { kind count } residents ${SUM} households ${SUM} compounds ${SUM}
  ethnicGroups { atLeast communities named { letters } } organisations organisationsByKind { kind count }
  facilities facilitiesByCategory { category state count } openSuggestions pairings appointments appointmentsByRole { role count } teams teamMembers { sum precision teams } practices practicesAdopted
  honours honoursByLevel { level count } surveys surveysOpen }`;
const statistics = async (code: string, who = someone.public) => {
  const { data, errors } = await ask(story.endpoint, who, `query ($code: ID!) { region(code: $code) { ${FIGURES} } }`, { code });
  expect(errors).toEqual([]);
  return data.region.statistics;
};
const nothing = { sum: null, precision: null, communities: 0, earliestAsOf: null, latestAsOf: null };

test("the migrated schema is what the entities say", async () => {
  expect(await schemaDrift(story.database.dataSource)).toEqual([]);
});

test("a street in figures", async () => {
  expect(await statistics("510116001")).toEqual({
    communities: 2,
    communitiesByKind: [{ kind: "URBAN", count: 2 }],
    residents: { sum: 24000, precision: "OVER", communities: 2, earliestAsOf: "2021-01-01", latestAsOf: "2022-01-06" },
    // each figure is of the latest snapshot that has it
    households: { sum: 404, precision: "EXACT", communities: 2, earliestAsOf: "2020-01-01", latestAsOf: "2021-01-01" },
    compounds: { sum: 23, precision: "EXACT", communities: 1, earliestAsOf: "2022-01-06", latestAsOf: "2022-01-06" },
    ethnicGroups: { atLeast: 5, communities: 2, named: [{ letters: "HA" }, { letters: "ZA" }, { letters: "QI" }] },
    organisations: 1,
    organisationsByKind: [{ kind: "ENTERPRISE", count: 1 }],
    facilities: 2,
    facilitiesByCategory: [{ category: "PARK", state: "OPEN", count: 2 }],
    openSuggestions: 2,
    pairings: 2,
    appointments: 2,
    appointmentsByRole: [{ role: "ADVISER", count: 2 }],
    teams: 1,
    teamMembers: { sum: 30, precision: "OVER", teams: 1 },
    practices: 2,
    practicesAdopted: 1,
    honours: 3,
    honoursByLevel: [
      { level: "DISTRICT", count: 2 },
      { level: "NATIONAL", count: 1 },
    ],
    surveys: 2,
    surveysOpen: 1,
  });
});

test("the zone that runs the street has the same figures, and the city has each thing once", async () => {
  expect(await statistics("zone-tianfu")).toEqual(await statistics("510116001"));
  expect(await statistics("5101")).toMatchObject({
    communities: 4,
    residents: { sum: 24500, precision: "ABOUT", communities: 3 },
    ethnicGroups: { atLeast: 8, communities: 3 },
    organisations: 3,
    facilities: 3,
    pairings: 2,
    teams: 2,
    teamMembers: { sum: 30, precision: "OVER", teams: 1 },
    practices: 3,
    practicesAdopted: 1,
    honours: 4,
    surveys: 3,
    surveysOpen: 1,
  });
  expect(await statistics("51")).toEqual(await statistics("5101"));
});

test("where nothing is known, nothing is made up", async () => {
  await enter("Regions", [{ code: "510199", name: "示例区", level: "DISTRICT", parentCode: "5101", scheme: "CN_STATS" }]);
  expect(await statistics("510199")).toMatchObject({
    communities: 0,
    communitiesByKind: [],
    residents: nothing,
    ethnicGroups: { atLeast: null, communities: 0, named: [] },
    organisations: 0,
    pairings: 0,
    appointmentsByRole: [],
    teamMembers: { sum: null, precision: null, teams: 0 },
    practices: 0,
    honours: 0,
    surveysOpen: 0,
  });
});

test("the figures agree with the lists, and are the same for those who see more", async () => {
  const { data } = await ask(
    story.endpoint,
    someone.public,
    `{ communities(filter: { within: "5101" }) { totalCount } organisations(filter: { within: "5101" }) { totalCount }
      pairings(filter: { within: "5101", states: [SIGNED, ACTIVE, DORMANT] }) { totalCount } appointments(filter: { within: "5101", statuses: [CURRENT] }) { totalCount }
      practices(filter: { within: "5101" }) { totalCount } honours(filter: { within: "5101" }) { totalCount }
      suggestions(filter: { within: "5101" }) { nodes { dueOn } } }`,
  );
  const figures = await statistics("5101");
  expect(figures).toMatchObject({
    communities: data.communities.totalCount,
    organisations: data.organisations.totalCount,
    pairings: data.pairings.totalCount,
    appointments: data.appointments.totalCount,
    practices: data.practices.totalCount,
    honours: data.honours.totalCount,
    openSuggestions: data.suggestions.nodes.filter(({ dueOn }: any) => dueOn !== null).length,
  });
  expect(await statistics("5101", someone.admin)).toEqual(figures);
});

test("no figure tells a count that is left out as small: whatever it is, all figures stay as they are", async () => {
  const before = await statistics("5101");
  for (const count of [1, 9, 3]) {
    await enter("Populations", [
      {
        communityId: xianghe,
        asOf: "2022-01-06",
        residents: 23000,
        residentsPrecision: "OVER",
        compounds: 23,
        ethnicGroupCount: 5,
        ethnicGroups: [{ group: "HA" }, { group: "ZA", count }, { group: "MA", count: 0 }],
      },
    ]);
    expect(await statistics("5101")).toEqual(before);
  }
});

test("an organisation that was merged into another counts once", async () => {
  const before = (await statistics("510116001")).organisations;
  const { twin } = await enter("Organisations", [{ key: "twin", name: "示例企业", kind: "ENTERPRISE", regionCode: "510116001" }]);
  expect((await statistics("510116001")).organisations).toBe(before + 1);
  const { data, errors } = await ask(
    story.endpoint,
    someone.admin,
    `mutation { mergeOrganisations(input: { keepId: "${ids["firm"]}", mergeId: "${twin}", keepVersion: 1, mergeVersion: 1 }) { __typename } }`,
  );
  expect([errors, data.mergeOrganisations.__typename]).toEqual([[], "OrganisationsMerged"]);
  expect((await statistics("510116001")).organisations).toBe(before);
});

test("one statement, however many regions are asked about", async () => {
  const counter = countStatements(story.database);
  const counts: number[] = [];
  for (const first of [1, 8]) {
    counter.reset();
    const { data, errors } = await ask(
      story.endpoint,
      someone.public,
      `query ($first: Int) { regions(first: $first) { nodes { ${FIGURES} } } }`,
      { first },
    );
    expect([errors, data.regions.nodes.length]).toEqual([[], first]);
    counts.push(counter.count());
  }
  counter.reset();
  await ask(story.endpoint, someone.public, `query ($first: Int) { regions(first: $first) { nodes { code } } }`, { first: 8 });
  expect(counts).toEqual([counter.count() + 1, counter.count() + 1]);
});

test("a community's population as of a day", async () => {
  const { data, errors } = await ask(
    story.endpoint,
    someone.public,
    `{ community(id: "${xianghe}") { now: population { asOf } then: population(asOf: "2021-12-31") { asOf residents } sameDay: population(asOf: "2020-01-01") { asOf }
      before: population(asOf: "2019-12-31") { asOf } populationSnapshots { nodes { asOf } } } }`,
  );
  expect({ data, errors }).toEqual({
    errors: [],
    data: {
      community: {
        now: { asOf: "2022-01-06" },
        then: { asOf: "2020-01-01", residents: 9 },
        sameDay: { asOf: "2020-01-01" },
        before: null,
        populationSnapshots: { nodes: [{ asOf: "2022-01-06" }, { asOf: "2020-01-01" }] },
      },
    },
  });
});

test("communities are found by trait", async () => {
  await ask(
    story.endpoint,
    someone.admin,
    `mutation { updateCommunity(input: { id: "${xianghe}", expectedVersion: 1, traits: ["多民族社区", "老旧小区"] }) { __typename } }`,
  );
  for (const [trait, found] of [
    ["多民族社区", 1],
    ["老旧小区", 1],
    ["多民族社區", 1],
    ["", 0],
    ["多民族", 0],
    ["\u0000", 0],
  ]) {
    const { data } = await ask(
      story.endpoint,
      someone.public,
      `query ($trait: String) { communities(filter: { trait: $trait }) { totalCount } }`,
      { trait },
    );
    expect([trait, data.communities.totalCount]).toEqual([trait, found]);
  }
});
