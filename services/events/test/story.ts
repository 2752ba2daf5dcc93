import * as communities from "@gongjian/entities-communities";
import * as events from "@gongjian/entities-events";
import type { Database } from "@gongjian/database";
import { stableId } from "@gongjian/database";
import { inProcessEndpoint, type ExecutableSubgraph, type Peers, type SubgraphEndpoint } from "@gongjian/subgraph";
import { communitiesSubgraph } from "@gongjian/communities";
import { ask, createTestDatabase, someone, type TestDatabase } from "@gongjian/testing";
import { eventsSubgraph } from "../src";

export interface Story {
  test: TestDatabase;
  database: Database;
  /** The subgraph that is told about. */
  endpoint: SubgraphEndpoint;
  subgraph: ExecutableSubgraph;
  peers: Peers;
  logged: unknown[];
}

export const community = (code: string): string => stableId("community", `CN_STATS:${code}`);
export const organisation = (key: string): string => stableId("organisation", key);
export const eventId = (key: string): string => stableId("event", key);

export const xianghe = community("510116001001");
export const weijia = community("510112001001");
export const wuxing = community("510112001002");
export const office = organisation("huayang-office");
export const bridge = organisation("bridge-centre");

const regions = [
  { code: "51", name: "四川省", level: "PROVINCE", scheme: "CN_STATS" },
  { code: "5101", name: "成都市", level: "CITY", parentCode: "51", scheme: "CN_STATS" },
  { code: "510116", name: "双流区", level: "DISTRICT", parentCode: "5101", scheme: "CN_STATS" },
  { code: "510116001", name: "华阳街道", level: "STREET", parentCode: "510116", scheme: "CN_STATS" },
  { code: "510112", name: "龙泉驿区", level: "DISTRICT", parentCode: "5101", scheme: "CN_STATS" },
  { code: "510112001", name: "龙泉街道", level: "STREET", parentCode: "510112", scheme: "CN_STATS" },
  {
    code: "zone-tianfu",
    name: "四川天府新区",
    level: "DISTRICT",
    kind: "ZONE",
    parentCode: "5101",
    manages: ["510116001"],
    scheme: "GONGJIAN",
  },
];
const places = [
  { scheme: "CN_STATS", identifier: "510116001001", name: "祥鹤社区居委会", kind: "URBAN", regionCode: "510116001" },
  { scheme: "CN_STATS", identifier: "510112001001", name: "魏家街社区居委会", kind: "URBAN", regionCode: "510112001" },
  { scheme: "CN_STATS", identifier: "510112001002", name: "五星社区居委会", kind: "URBAN", regionCode: "510112001" },
];
const organisations = [
  { key: "huayang-office", name: "华阳街道办事处", kind: "GOVERNMENT", regionCode: "510116001" },
  { key: "bridge-centre", name: "桥社会工作服务中心", kind: "SOCIAL_ORGANISATION", regionCode: "5101", illustrative: true },
];

const OUTCOME = "... on BulkOutcome { written refused rows { index problems { field code message } } }";

/** Imports rows and fails when they are not all written. */
export async function imported(endpoint: SubgraphEndpoint, concept: string, rows: object[], more: object = {}): Promise<void> {
  const query = `mutation ($input: Import${concept}Input!) { import${concept}(input: $input) { ${OUTCOME} } }`;
  const answer = await ask(endpoint, someone.admin, query, { input: { rows, ...more } });
  if (answer.errors.length > 0 || answer.data[`import${concept}`].refused > 0)
    throw new Error(`The story could not be set up: ${JSON.stringify(answer)}`);
}

/** Events over a database of its own, beside the real communities with a small piece of Chengdu. */
export async function eventsStory(): Promise<Story> {
  const test = await createTestDatabase({ subgraphs: [communities, events] as never });
  const database = await test.open("events");
  const logged: unknown[] = [];
  const peer = inProcessEndpoint(communitiesSubgraph(await test.open("communities"), {}, (entry) => logged.push(entry)));
  const peers: Peers = { communities: peer };
  const subgraph = eventsSubgraph(database, peers, (entry) => logged.push(entry));
  await imported(peer, "Regions", regions);
  await imported(peer, "Communities", places);
  await imported(peer, "Organisations", organisations);
  return { test, database, subgraph, endpoint: inProcessEndpoint(subgraph), peers, logged };
}

export const SALON = {
  key: "salon-2024",
  seriesKey: "salon",
  edition: 5,
  name: "华阳有约治理沙龙",
  theme: "需求与资源对接",
  kind: "SALON",
  startsAt: "2024-04-08T12:00:00+08:00",
  endsAt: "2024-04-08T18:00:00+08:00",
  timeZone: "Asia/Shanghai",
  place: "蓝润商圈党群服务中心",
  regionCode: "510116001",
  source: "report-001",
};

/** A salon with its agenda, a visit to another district, and a draft that the street's officers prepare. */
export async function salonStory(): Promise<Story> {
  const story = await eventsStory();
  const { endpoint } = story;
  await imported(endpoint, "EventSeries", [{ key: "salon", name: "华阳有约", regionCode: "510116001", source: "report-001" }]);
  await imported(endpoint, "Events", [
    SALON,
    {
      ...SALON,
      key: "salon-2025",
      edition: 6,
      name: "下一届沙龙",
      startsAt: "2025-04-08T12:00:00+08:00",
      endsAt: "2025-04-08T18:00:00+08:00",
      published: false,
    },
    {
      ...SALON,
      key: "visit-2023",
      seriesKey: null,
      edition: null,
      kind: "VISIT",
      name: "参访龙泉驿",
      theme: null,
      regionCode: "510112001",
      startsAt: "2023-05-01T00:00:00Z",
      endsAt: "2023-05-03T00:00:00Z",
    },
  ]);
  await imported(endpoint, "Organisers", [
    { eventKey: "salon-2024", role: "SUPPORTER", order: 1, partyKind: "COMMUNITY", partyId: weijia },
    { eventKey: "salon-2024", role: "HOST", order: 2, partyKind: "COMMUNITY", partyId: xianghe },
    { eventKey: "salon-2024", role: "HOST", order: 1, partyKind: "ORGANISATION", partyId: office, source: "report-001" },
    { eventKey: "salon-2025", role: "ORGANISER", order: 1, partyKind: "COMMUNITY", partyId: xianghe },
    { eventKey: "salon-2025", role: "SUPPORTER", order: 1, partyKind: "COMMUNITY", partyId: wuxing },
    { eventKey: "visit-2023", role: "HOST", order: 1, partyKind: "COMMUNITY", partyId: weijia },
    { eventKey: "visit-2023", role: "SUPPORTER", order: 1, partyKind: "ORGANISATION", partyId: bridge },
  ]);
  await imported(endpoint, "Sessions", [
    { key: "salon-opening", eventKey: "salon-2024", title: "致辞", kind: "OPENING" },
    {
      key: "salon-talks",
      eventKey: "salon-2024",
      title: "供需洽谈",
      kind: "NEGOTIATION",
      startsAt: "2024-04-08T14:00:00+08:00",
      endsAt: "2024-04-08T18:00:00+08:00",
    },
    { key: "next-talks", eventKey: "salon-2025", title: "供需洽谈", kind: "NEGOTIATION" },
  ]);
  await imported(endpoint, "Participants", [
    { sessionKey: "salon-opening", role: "SPEAKER", partyKind: "ORGANISATION", partyId: office },
    { sessionKey: "salon-talks", role: "PARTICIPANT", partyKind: "COMMUNITY", partyId: xianghe, topic: "居家养老" },
    { sessionKey: "salon-talks", role: "PARTICIPANT", partyKind: "ORGANISATION", partyId: bridge },
    { sessionKey: "salon-talks", role: "MODERATOR", partyKind: "ORGANISATION", partyId: office },
    { sessionKey: "next-talks", role: "PARTICIPANT", partyKind: "COMMUNITY", partyId: xianghe },
    { sessionKey: "next-talks", role: "PARTICIPANT", partyKind: "ORGANISATION", partyId: bridge },
  ]);
  return story;
}
