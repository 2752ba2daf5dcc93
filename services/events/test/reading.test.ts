import { countStatements, schemaDrift } from "@gongjian/database";
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

describe("drafts", () => {
  const sees = async (who: Parameters<typeof ask>[1]) => {
    const { data, errors } = await as(
      who,
      `query ($draft: ID!, $xianghe: ID!, $r: [_Any!]!) {
        event(id: $draft) { key }
        eventByKey(key: "salon-2025") { key }
        all: events(first: 1, orderBy: STARTS_AT_DESC) { totalCount nodes { key } }
        party: events(filter: { partyCommunityId: $xianghe }) { totalCount nodes { key } }
        eventSeriesByKey(key: "salon") { events { totalCount nodes { key } } }
        _entities(representations: $r) { __typename ... on Event { key } ... on Session { key } ... on Organiser { role } ... on Community { events { totalCount nodes { key } } } ... on Region { events { totalCount nodes { key } } } ... on Match { metAt { key } } }
      }`,
      { draft: eventId("salon-2025"), xianghe, r: representations },
    );
    expect(errors).toEqual([]);
    return data;
  };
  let representations: object[];
  beforeAll(async () => {
    const { data } = await as(someone.admin, `{ eventByKey(key: "salon-2025") { organisers { id } sessions { id } } }`);
    representations = [
      { __typename: "Event", id: eventId("salon-2025") },
      { __typename: "Session", id: data.eventByKey.sessions[0].id },
      { __typename: "Organiser", id: data.eventByKey.organisers[0].id },
      { __typename: "Community", id: xianghe },
      { __typename: "Region", code: "510116001" },
      { __typename: "Match", id: "m", community: { id: xianghe }, organisation: { id: bridge } },
    ];
  });

  test.each([
    ["an officer of the street", someone.officer("510116001")],
    ["an officer of the city", someone.officer("5101")],
    ["an officer of the zone that runs the street", someone.officer("zone-tianfu")],
    ["a worker of the community that holds it", someone.worker(xianghe)],
    ["an administrator", someone.admin],
  ])("%s sees the draft everywhere", async (_name, who) => {
    const page = { totalCount: 2, nodes: [{ key: "salon-2025" }, { key: "salon-2024" }] };
    const salon = { key: "salon-2025" };
    expect(await sees(who)).toEqual({
      event: salon,
      eventByKey: salon,
      all: { totalCount: 3, nodes: [salon] },
      party: page,
      eventSeriesByKey: { events: { totalCount: 2, nodes: [{ key: "salon-2024" }, salon] } },
      _entities: [
        { __typename: "Event", ...salon },
        { __typename: "Session", key: "next-talks" },
        { __typename: "Organiser", role: "ORGANISER" },
        { __typename: "Community", events: page },
        { __typename: "Region", events: page },
        { __typename: "Match", metAt: [{ key: "salon-2024" }, salon] },
      ],
    });
  });

  test.each([
    ["the public", someone.public],
    ["an officer of another district", someone.officer("510112")],
    ["a worker of a community that only supports it", someone.worker(wuxing)],
    ["a worker of a community that holds another event", someone.worker(weijia)],
    ["a representative of an organisation that only takes part", someone.representative(bridge)],
    ["a resident", someone.resident(xianghe)],
  ])("%s sees no trace of it", async (_name, who) => {
    const page = { totalCount: 1, nodes: [{ key: "salon-2024" }] };
    expect(await sees(who)).toEqual({
      event: null,
      eventByKey: null,
      all: { totalCount: 2, nodes: [{ key: "salon-2024" }] },
      party: page,
      eventSeriesByKey: { events: page },
      _entities: [
        null,
        null,
        null,
        { __typename: "Community", events: page },
        { __typename: "Region", events: page },
        { __typename: "Match", metAt: [{ key: "salon-2024" }] },
      ],
    });
  });
});

describe("where the two sides of a match met", () => {
  const met = async (pairs: [unknown, unknown][]) => {
    const r = pairs.map(([c, o], index) => ({
      __typename: "Match",
      id: String(index),
      community: c === null ? null : { id: c },
      organisation: o === null ? null : { id: o },
    }));
    const { data, errors } = await asPublic(`query ($r: [_Any!]!) { _entities(representations: $r) { ... on Match { metAt { key } } } }`, {
      r,
    });
    expect(errors).toEqual([]);
    return data._entities.map((match: { metAt: { key: string }[] }) => match.metAt.map((event) => event.key));
  };

  test("counts the same session and organising together, not merely the same event", async () => {
    expect(
      await met([
        [xianghe, bridge],
        [weijia, bridge],
        [xianghe, office],
        [weijia, office],
        [wuxing, bridge],
        [xianghe, bridge],
        [null, bridge],
        [xianghe, null],
        ["nonsense", bridge],
        [xianghe.toUpperCase(), bridge],
      ]),
    ).toEqual([["salon-2024"], ["visit-2023"], ["salon-2024"], ["salon-2024"], [], ["salon-2024"], [], [], [], ["salon-2024"]]);
  });

  test("is one statement for all matches of a request", async () => {
    const counter = countStatements(story.database);
    const counts: number[] = [];
    for (const many of [1, 10, 50]) {
      counter.reset();
      await met(Array.from({ length: many }, (_, index) => [index % 2 ? xianghe : weijia, index % 3 ? bridge : office]));
      counts.push(counter.count());
    }
    expect(counts).toEqual([1, 1, 1]);
  });
});

describe("lists", () => {
  const keys = async (filter: object, more = "") => {
    const { data, errors } = await asPublic(
      `query ($filter: EventFilter) { events(filter: $filter ${more}) { totalCount nodes { key } } }`,
      { filter },
    );
    expect(errors).toEqual([]);
    expect(data.events.totalCount).toBe(data.events.nodes.length);
    return data.events.nodes.map((node: { key: string }) => node.key);
  };

  test.each([
    ["nothing", {}, ["salon-2024", "visit-2023"]],
    ["a kind", { kind: "VISIT" }, ["visit-2023"]],
    ["a region, exactly", { regionCode: "510112001" }, ["visit-2023"]],
    ["a region above", { regionCode: "510112" }, []],
    ["a region that is none", { regionCode: "\u0000" }, []],
    ["a malformed series", { seriesId: "x" }, []],
    ["an end at the instant", { from: "2024-04-08T10:00:00Z" }, ["salon-2024"]],
    ["an end before", { from: "2024-04-08T10:00:01Z" }, []],
    ["a beginning at the instant", { to: "2023-05-01T00:00:00Z" }, ["visit-2023"]],
    ["a time in between", { from: "2023-05-02T00:00:00Z", to: "2023-05-02T00:00:00Z" }, ["visit-2023"]],
    ["a community that organises", { partyCommunityId: weijia }, ["salon-2024", "visit-2023"]],
    ["a community that takes part", { partyCommunityId: xianghe }, ["salon-2024"]],
    ["an organisation", { partyOrganisationId: bridge }, ["salon-2024", "visit-2023"]],
    ["two sides at once", { partyOrganisationId: bridge, partyCommunityId: xianghe, kind: "SALON" }, ["salon-2024"]],
    ["a malformed party", { partyOrganisationId: "x" }, []],
    ["a name in the other script", { search: "華陽" }, ["salon-2024"]],
    ["a theme by initials", { search: "xqyzy" }, ["salon-2024"]],
    ["no searchable text", { search: "!!!" }, []],
  ])("narrowed by %s", async (_name, filter, expected) => {
    expect(await keys(filter)).toEqual(expected);
  });

  test("a period that ends before it begins is refused", async () => {
    const { data, errors } = await asPublic(
      `{ events(filter: { from: "2024-01-02T00:00:00Z", to: "2024-01-01T00:00:00Z" }) { totalCount } }`,
    );
    expect(data).toBeNull();
    expect(errors[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", problems: [{ field: "filter.to", code: "PERIOD_REVERSED" }] });
  });

  test.each(["STARTS_AT_ASC", "STARTS_AT_DESC"])("pages walk the whole list once, %s", async (orderBy) => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data, errors } = await as(
        someone.admin,
        `query ($after: String, $orderBy: EventOrder) { events(first: 1, after: $after, orderBy: $orderBy) { nodes { startsAt } pageInfo { hasNextPage endCursor } } }`,
        { after, orderBy },
      );
      expect(errors).toEqual([]);
      seen.push(data.events.nodes[0].startsAt);
      after = data.events.pageInfo.hasNextPage ? data.events.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toHaveLength(3);
    expect(seen).toEqual(orderBy === "STARTS_AT_ASC" ? [...seen].sort() : [...seen].sort().reverse());
  });

  test("a cursor of another list, and of another order, is refused", async () => {
    const cursorOf = async (field: string) => (await asPublic(`{ ${field} { pageInfo { endCursor } } }`)).data;
    const other = (await cursorOf("events(orderBy: STARTS_AT_ASC)")).events.pageInfo.endCursor;
    const { errors } = await asPublic(`query ($after: String) { events(after: $after) { totalCount } }`, { after: other });
    expect(errors[0]?.extensions.code).toBe("CURSOR_INVALID");
    const series = (await cursorOf("eventSeriesList")).eventSeriesList.pageInfo.endCursor;
    const again = await asPublic(`query ($after: String) { events(after: $after) { totalCount } }`, { after: series });
    expect(again.errors[0]?.extensions.code).toBe("CURSOR_INVALID");
  });

  test("missing ids and hostile keys are no record; a malformed id is told", async () => {
    const { data, errors } = await asPublic(
      `{ a: event(id: "00000000-0000-4000-8000-000000000000") { id } b: eventByKey(key: "\\u0000") { id } c: eventSeriesByKey(key: "\\u0000") { id } d: eventSeriesList(filter: { regionCode: "\\u0000" }) { totalCount } }`,
    );
    expect({ data, errors }).toEqual({ data: { a: null, b: null, c: null, d: { totalCount: 0 } }, errors: [] });
    const malformed = await asPublic(`{ a: event(id: "x'; --") { id } b: eventSeries(id: "") { id } }`);
    expect(malformed.data).toEqual({ a: null, b: null });
    for (const error of malformed.errors)
      expect(error.extensions).toMatchObject({ code: "BAD_USER_INPUT", problems: [{ field: "id", code: "MALFORMED" }] });
    expect(malformed.errors).toHaveLength(2);
  });

  test("malformed keys of foreign entities answer null, not an error", async () => {
    const r = [
      { __typename: "Community", id: "x" },
      { __typename: "Organisation", id: "\u0000" },
      { __typename: "Region", code: "\u0000" },
    ];
    const { data, errors } = await asPublic(
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Community { events { totalCount } } ... on Organisation { events { totalCount } } ... on Region { events { totalCount } } } }`,
      { r },
    );
    expect({ data, errors }).toEqual({ data: { _entities: [{ events: null }, { events: null }, { events: null }] }, errors: [] });
  });
});

test("nothing of ours went wrong meanwhile", () => {
  expect(story.logged).toEqual([]);
});

test("a cursor belongs to the filter that it was handed out with", async () => {
  const list = `query ($after: String, $filter: EventFilter) { events(first: 1, after: $after, filter: $filter) { pageInfo { endCursor } } }`;
  const { data } = await as(someone.public, list, { filter: { kind: "SALON" } });
  const after = data.events.pageInfo.endCursor;
  expect((await as(someone.public, list, { after, filter: { kind: "SALON" } })).errors).toEqual([]);
  for (const filter of [null, { kind: "VISIT" }, { kind: "SALON", search: "沙龙" }])
    expect((await as(someone.public, list, { after, filter })).errors[0]?.extensions).toMatchObject({ code: "CURSOR_INVALID" });
});

test.each(["events", "eventSeriesList"])("%s refuses a search for what nothing stored can hold", async (list) => {
  for (const search of ["沙\u0000龙", "\ud800"]) {
    const type = list === "events" ? "EventFilter" : "EventSeriesFilter";
    const { errors } = await as(someone.public, `query ($filter: ${type}) { ${list}(filter: $filter) { totalCount } }`, {
      filter: { search },
    });
    expect(errors[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", problems: [{ field: "search", code: "INVALID_CHARACTER" }] });
  }
});
