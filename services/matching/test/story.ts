import { communitiesSubgraph } from "@gongjian/communities";
import type { Database } from "@gongjian/database";
import { stableId } from "@gongjian/database";
import * as communities from "@gongjian/entities-communities";
import * as events from "@gongjian/entities-events";
import * as matching from "@gongjian/entities-matching";
import { eventsSubgraph } from "@gongjian/events";
import { inProcessEndpoint, type ExecutableSubgraph, type Peers, type SubgraphEndpoint } from "@gongjian/subgraph";
import { ask, createTestDatabase, someone, type Answer, type TestDatabase } from "@gongjian/testing";
import { matchingSubgraph } from "../src";

export interface Story {
  test: TestDatabase;
  database: Database;
  /** The subgraph that is told about. */
  endpoint: SubgraphEndpoint;
  subgraph: ExecutableSubgraph;
  peers: Peers;
  /** The database of the subgraph communities. */
  communities: Database;
  /** Whom the subgraph communities asks. */
  peersOfCommunities: Peers;
  logged: unknown[];
}

export type Who = Parameters<typeof ask>[1];

export const xianghe = stableId("community", "CN_STATS:510116003001");
export const guangfu = stableId("community", "CN_STATS:510116003002");
export const wuxing = stableId("community", "CN_STATS:510112001002");
export const yuelin = stableId("organisation", "yuelin");
export const yinling = stableId("organisation", "yinling");
export const SALON = stableId("event", "salon-2024");
export const HUAYANG = "510116003";
/** An officer of the street. */
export const street = someone.officer(HUAYANG);

const regions = [
  { code: "51", name: "四川省", level: "PROVINCE", scheme: "CN_STATS" },
  { code: "5101", name: "成都市", level: "CITY", parentCode: "51", scheme: "CN_STATS" },
  { code: "510116", name: "双流区", level: "DISTRICT", parentCode: "5101", scheme: "CN_STATS" },
  { code: HUAYANG, name: "华阳街道", level: "STREET", parentCode: "510116", scheme: "CN_STATS" },
  { code: "510112", name: "龙泉驿区", level: "DISTRICT", parentCode: "5101", scheme: "CN_STATS" },
  { code: "510112001", name: "龙泉街道", level: "STREET", parentCode: "510112", scheme: "CN_STATS" },
  {
    code: "zone-tianfu",
    name: "四川天府新区",
    level: "DISTRICT",
    kind: "ZONE",
    parentCode: "5101",
    manages: [HUAYANG],
    scheme: "GONGJIAN",
  },
];
const places = [
  { scheme: "CN_STATS", identifier: "510116003001", name: "祥鹤社区居委会", kind: "URBAN", regionCode: HUAYANG },
  { scheme: "CN_STATS", identifier: "510116003002", name: "广福社区居委会", kind: "URBAN", regionCode: HUAYANG },
  { scheme: "CN_STATS", identifier: "510112001002", name: "五星社区居委会", kind: "URBAN", regionCode: "510112001" },
];
const organisations = [
  { key: "yuelin", name: "悦邻社会工作服务中心", kind: "SOCIAL_ORGANISATION", regionCode: HUAYANG, illustrative: true },
  { key: "yinling", name: "银龄乐养服务中心", kind: "SOCIAL_ORGANISATION", regionCode: "5101", illustrative: true },
];
const salon = {
  key: "salon-2024",
  name: "治理沙龙",
  kind: "SALON",
  startsAt: "2024-04-08T12:00:00+08:00",
  endsAt: "2024-04-08T18:00:00+08:00",
  timeZone: "Asia/Shanghai",
  regionCode: HUAYANG,
};

/** Imports rows and fails when they are not all written. */
export async function imported(endpoint: SubgraphEndpoint, concept: string, rows: object[], who: Who = someone.admin): Promise<void> {
  const query = `mutation ($input: Import${concept}Input!) { import${concept}(input: $input) { ... on BulkOutcome { written refused rows { index problems { field code message } } } } }`;
  const answer = await ask(endpoint, who, query, { input: { rows } });
  if (answer.errors.length > 0 || answer.data[`import${concept}`].refused > 0)
    throw new Error(`The story could not be set up: ${JSON.stringify(answer)}`);
}

/** Matching over a database of its own, beside the real communities and events with a small piece of Chengdu. */
async function matchingStory(): Promise<Story> {
  const test = await createTestDatabase({ subgraphs: [communities, events, matching] as never });
  const logged: unknown[] = [];
  const log = (entry: unknown) => void logged.push(entry);
  const ground = await test.open("communities");
  const peersOfCommunities: Peers = {};
  const places_ = inProcessEndpoint(communitiesSubgraph(ground, peersOfCommunities, log));
  const meetings = inProcessEndpoint(eventsSubgraph(await test.open("events"), { communities: places_ }, log));
  const database = await test.open("matching");
  const peers: Peers = { communities: places_, events: meetings };
  const subgraph = matchingSubgraph(database, peers, log);
  await imported(places_, "Regions", regions);
  await imported(places_, "Communities", places);
  await imported(places_, "Organisations", organisations);
  await imported(meetings, "Events", [salon]);
  const endpoint = inProcessEndpoint(subgraph);
  peersOfCommunities.matching = endpoint;
  return { test, database, subgraph, endpoint, peers, communities: ground, peersOfCommunities, logged };
}

/** The story of a test file, told before its tests and over after them. */
export function aStory(): Story {
  const story = {} as Story;
  beforeAll(async () => {
    Object.assign(story, await matchingStory());
  }, 60_000);
  afterAll(() => story.test.close());
  return story;
}

export const roundId = (key: string): string => stableId("round", key);

export const need = (roundKey: string, key: string, more: object = {}) => ({
  roundKey,
  key,
  communityId: xianghe,
  kind: "SERVICE",
  title: `需求${key}`,
  fundKind: "GUARANTEE",
  budgetMin: 10_000_00,
  budgetMax: 30_000_00,
  currency: "CNY",
  startsOn: "2024-06-01",
  endsOn: "2024-12-31",
  tags: ["养老服务"],
  requiredQualifications: [],
  beneficiaries: 80,
  quantity: 1,
  illustrative: true,
  source: "report-001",
  ...more,
});

export const offer = (roundKey: string, key: string, more: object = {}) => ({
  roundKey,
  key,
  organisationId: yuelin,
  kinds: ["SERVICE"],
  title: `资源${key}`,
  capabilities: ["养老服务"],
  price: 20_000_00,
  currency: "CNY",
  capacity: 1,
  coverage: [HUAYANG],
  availableFrom: "2024-05-01",
  availableTo: "2024-12-31",
  qualifications: ["社会组织登记证书"],
  cases: ["某老院落助餐"],
  illustrative: true,
  source: "report-001",
  ...more,
});

/** A round of the street with these needs and offers, still a draft. */
export async function aRound(story: Story, key: string, needs: object[] = [], offers: object[] = []): Promise<string> {
  // a community of another district is invited, as pairings across districts have it
  const guestCommunityIds = [wuxing];
  const row = {
    key,
    regionCode: HUAYANG,
    guestCommunityIds,
    year: 2024,
    title: "华阳街道需求及资源清单",
    eventId: SALON,
    source: "report-001",
  };
  await imported(story.endpoint, "Rounds", [row]);
  if (needs.length > 0) await imported(story.endpoint, "Needs", needs);
  if (offers.length > 0) await imported(story.endpoint, "Offers", offers);
  return roundId(key);
}

/** A round with one need and one offer that fit. */
export const aFittingRound = (story: Story, key: string): Promise<string> => aRound(story, key, [need(key, "N1")], [offer(key, "O1")]);

export const STEPS = ["DRAFT", "COLLECTING", "PUBLISHED", "MATCHING", "NEGOTIATING", "SIGNED", "EXECUTING", "EVALUATED", "CLOSED"] as const;
export type State = (typeof STEPS)[number];

const ADVANCE = `mutation ($input: AdvanceRoundInput!) { advanceRound(input: $input) { __typename ... on Round { state version } ... on VersionConflict { currentVersion }
  ... on RoundStepOutOfOrder { state next } ... on RoundGuardFailed { reasons { code message } } } }`;
const VERSION = `query ($id: ID!) { round(id: $id) { version state } }`;
const RUN = `mutation ($input: RunMatchingInput!) { runMatching(input: $input) { __typename ... on MatchingRun { value needs offers suggested kept servedNeeds unservedNeeds stored round { id state } } ... on RoundClosed { state } } }`;

export const advance = (story: Story, who: Who, input: object): Promise<Answer> => ask(story.endpoint, who, ADVANCE, { input });
export const run = (story: Story, who: Who, input: object): Promise<Answer> => ask(story.endpoint, who, RUN, { input });

export async function versionOf(story: Story, id: string): Promise<{ version: number; state: State }> {
  return (await ask(story.endpoint, someone.admin, VERSION, { id })).data.round;
}

/** Takes a round to a state, one step after the other, and matches it on the way. */
export async function brought(story: Story, id: string, to: State): Promise<void> {
  for (;;) {
    const { state } = await versionOf(story, id);
    if (state === to) return;
    if (state === "MATCHING") {
      const { data, errors } = await run(story, someone.admin, { roundId: id });
      if (data?.runMatching.__typename !== "MatchingRun") throw new Error(`The round was not matched: ${JSON.stringify({ data, errors })}`);
    }
    const { version } = await versionOf(story, id);
    const next = STEPS[STEPS.indexOf(state) + 1]!;
    const { data, errors } = await advance(story, someone.admin, { id, to: next, expectedVersion: version });
    if (data?.advanceRound.__typename !== "Round") throw new Error(`The round did not go to ${next}: ${JSON.stringify({ data, errors })}`);
  }
}

export const UPDATE_ROUND = `mutation ($input: UpdateRoundInput!) { updateRound(input: $input) { __typename ... on Round { version title event { id } weights { weight } } ... on VersionConflict { currentVersion } } }`;
/** Weights of a round's own. */
export const WEIGHTS = ["CAPABILITY_FIT", "BUDGET_FIT", "PERIOD_FIT", "PROXIMITY", "TRACK_RECORD", "QUALIFICATION_SURPLUS"].map(
  (criterion, index) => ({
    criterion,
    weight: index === 0 ? 500 : 100,
  }),
);
