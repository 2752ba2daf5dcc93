import { schemaDrift } from "@gongjian/database";
import { ask, someone } from "@gongjian/testing";
import { bridge, eventId, office, salonStory, weijia, wuxing, xianghe, type Story } from "./story";

let story: Story;
beforeAll(async () => {
  story = await salonStory();
}, 60_000);
afterAll(() => story.test.close());

const as = (who: Parameters<typeof ask>[1], query: string, variables?: Record<string, unknown>) =>
  ask(story.endpoint, who, query, variables);
const asPublic = (query: string, variables?: Record<string, unknown>) => as(someone.public, query, variables);

test("the migrated schema is what the entities say", async () => {
  expect(await schemaDrift(story.database.dataSource)).toEqual([]);
});

test("an event shows its series, organisers by role and order, agenda and region", async () => {
  const { data, errors } = await asPublic(`{ eventByKey(key: "salon-2024") {
    id key edition name kind startsAt endsAt timeZone state visitors visitorsPrecision version region { code }
    series { key events { totalCount nodes { edition } } }
    organisers { role order source party { __typename ... on Community { id } ... on Organisation { id } } event { key } }
    sessions { key position startsAt event { key } participants { role order topic session { key } party { __typename ... on Community { id } ... on Organisation { id } } } } } }`);
  expect(errors).toEqual([]);
  const talks = { session: { key: "salon-talks" } };
  expect(data.eventByKey).toEqual({
    id: eventId("salon-2024"),
    key: "salon-2024",
    edition: 5,
    name: "华阳有约治理沙龙",
    kind: "SALON",
    startsAt: "2024-04-08T04:00:00.000Z",
    endsAt: "2024-04-08T10:00:00.000Z",
    timeZone: "Asia/Shanghai",
    state: "PUBLISHED",
    visitors: null,
    visitorsPrecision: "EXACT",
    version: 2,
    region: { code: "510116001" },
    series: { key: "salon", events: { totalCount: 1, nodes: [{ edition: 5 }] } },
    organisers: [
      { role: "HOST", order: 1, source: "report-001", party: { __typename: "Organisation", id: office }, event: { key: "salon-2024" } },
      { role: "HOST", order: 2, source: null, party: { __typename: "Community", id: xianghe }, event: { key: "salon-2024" } },
      { role: "SUPPORTER", order: 1, source: null, party: { __typename: "Community", id: weijia }, event: { key: "salon-2024" } },
    ],
    sessions: [
      {
        key: "salon-opening",
        position: 1,
        startsAt: null,
        event: { key: "salon-2024" },
        participants: [
          { role: "SPEAKER", order: 1, topic: null, session: { key: "salon-opening" }, party: { __typename: "Organisation", id: office } },
        ],
      },
      {
        key: "salon-talks",
        position: 2,
        startsAt: "2024-04-08T06:00:00.000Z",
        event: { key: "salon-2024" },
        participants: [
          { role: "PARTICIPANT", order: 1, topic: "居家养老", ...talks, party: { __typename: "Community", id: xianghe } },
          { role: "PARTICIPANT", order: 2, topic: null, ...talks, party: { __typename: "Organisation", id: bridge } },
          { role: "MODERATOR", order: 1, topic: null, ...talks, party: { __typename: "Organisation", id: office } },
        ],
      },
    ],
  });
});
