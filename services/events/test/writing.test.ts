import { inProcessEndpoint } from "@gongjian/subgraph";
import { ask, someone } from "@gongjian/testing";
import { eventsSubgraph } from "../src";
import { bridge, eventId, imported, office, organisation, SALON, salonStory, weijia, wuxing, xianghe, type Story } from "./story";

let story: Story;
beforeAll(async () => {
  story = await salonStory();
}, 60_000);
afterAll(() => story.test.close());

const as = (who: Parameters<typeof ask>[1], query: string, variables?: Record<string, unknown>) =>
  ask(story.endpoint, who, query, variables);
const street = someone.officer("510116001");

const createEvent = `mutation ($input: CreateEventInput!) { createEvent(input: $input) { __typename ... on Event { id key version state name } ... on AlreadyExists { field } } }`;
const updateEvent = `mutation ($input: UpdateEventInput!) { updateEvent(input: $input) { __typename ... on Event { version name theme place startsAt endsAt edition series { key } region { code } } ... on VersionConflict { currentVersion } ... on AlreadyExists { field } } }`;
const setOrganisers = `mutation ($input: SetOrganisersInput!) { setOrganisers(input: $input) { __typename ... on Event { version organisers { role order source party { ... on Community { id } ... on Organisation { id } } } } ... on VersionConflict { currentVersion } } }`;
const createSession = `mutation ($input: CreateSessionInput!) { createSession(input: $input) { __typename ... on Session { id position version participants { role order topic } } ... on AlreadyExists { field } } }`;
const updateSession = `mutation ($input: UpdateSessionInput!) { updateSession(input: $input) { __typename ... on Session { version title position startsAt participants { role order source } } ... on VersionConflict { currentVersion } } }`;
const BULK = "... on BulkOutcome { written created updated unchanged refused rows { key status problems { field code } } }";
const bulk = (concept: string) => `mutation ($input: Import${concept}Input!) { import${concept}(input: $input) { __typename ${BULK} } }`;

const { seriesKey: _series, source: _source, key: _key, edition: _edition, ...BASE } = SALON;
const problemsOf = (answer: { errors: readonly { extensions?: { problems?: { field: string; code: string }[] } }[] }) =>
  answer.errors[0]?.extensions?.problems?.map(({ field, code }) => `${field} ${code}`);

/** A fresh event of the street, published where asked. */
async function fresh(key: string, more: object = {}): Promise<string> {
  await imported(story.endpoint, "Events", [{ ...SALON, seriesKey: null, edition: null, key, ...more }]);
  return eventId(key);
}

describe("an event", () => {
  test("goes from draft to published to cancelled, each step guarded by version and state, and audited", async () => {
    const created = await as(street, createEvent, { input: { ...BASE, key: "steps" } });
    expect(created).toMatchObject({ data: { createEvent: { __typename: "Event", version: 1, state: "DRAFT" } }, errors: [] });
    const { id } = created.data.createEvent;
    const step = (name: string, expectedVersion: number) =>
      as(
        street,
        `mutation ($input: ChangeEventStateInput!) { ${name}(input: $input) { __typename ... on Event { state version } ... on WrongEventState { state } ... on VersionConflict { currentVersion } } }`,
        { input: { id, expectedVersion } },
      );
    expect((await step("cancelEvent", 1)).data.cancelEvent).toEqual({ __typename: "WrongEventState", state: "DRAFT" });
    expect((await step("publishEvent", 2)).data.publishEvent).toEqual({ __typename: "VersionConflict", currentVersion: 1 });
    expect((await step("publishEvent", 1)).data.publishEvent).toEqual({ __typename: "Event", state: "PUBLISHED", version: 2 });
    expect((await step("publishEvent", 2)).data.publishEvent).toEqual({ __typename: "WrongEventState", state: "PUBLISHED" });
    expect((await step("cancelEvent", 2)).data.cancelEvent).toEqual({ __typename: "Event", state: "CANCELLED", version: 3 });
    const audit = await story.test.sql(
      `SELECT action, role, before->>'state' AS before, after->>'state' AS after FROM events.audit_entry WHERE entity_id = $1 ORDER BY id`,
      [id],
    );
    expect(audit).toEqual([
      { action: "create", role: "OFFICER", before: null, after: "DRAFT" },
      { action: "publish", role: "OFFICER", before: "DRAFT", after: "PUBLISHED" },
      { action: "cancel", role: "OFFICER", before: "PUBLISHED", after: "CANCELLED" },
    ]);
    // A reader must not take a cancelled event for a meeting.
    await imported(story.endpoint, "Organisers", [
      { eventKey: "steps", role: "HOST", partyKind: "COMMUNITY", partyId: wuxing },
      { eventKey: "steps", role: "HOST", partyKind: "ORGANISATION", partyId: bridge },
    ]);
    const met = await as(someone.public, `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Match { metAt { key } } } }`, {
      r: [{ __typename: "Match", id: "m", community: { id: wuxing }, organisation: { id: bridge } }],
    });
    expect(met.data._entities[0].metAt).toEqual([]);
  });

  test("is refused with every problem named", async () => {
    const answer = await as(someone.admin, createEvent, {
      input: {
        ...BASE,
        name: " ",
        endsAt: "2024-04-08T03:59:59Z",
        timeZone: "Asia/Chengdu",
        edition: 3,
        visitors: -1,
        place: "\u0000",
        regionCode: "999",
        seriesId: "x",
      },
    });
    expect(answer.data).toBeNull();
    expect(problemsOf(answer)?.sort()).toEqual([
      "endsAt PERIOD_REVERSED",
      "name REQUIRED",
      "place INVALID_CHARACTER",
      "regionCode UNKNOWN_REFERENCE",
      "seriesId UNKNOWN_REFERENCE",
      "timeZone MALFORMED",
      "visitors OUT_OF_RANGE",
    ]);
    const alone = await as(someone.admin, createEvent, { input: { ...BASE, edition: 3 } });
    expect(problemsOf(alone)).toEqual(["edition INCOMPLETE"]);
    const far = await as(someone.admin, createEvent, { input: { ...BASE, endsAt: "2200-01-01T00:00:00Z" } });
    expect(problemsOf(far)).toContain("endsAt OUT_OF_RANGE");
    const beyond = await as(someone.admin, createEvent, { input: { ...BASE, endsAt: "9999-12-31T23:59:59-12:00" } });
    expect(beyond.errors[0]?.extensions?.["code"]).toBe("BAD_USER_INPUT");
  });

  test("has its key and its edition once", async () => {
    expect((await as(street, createEvent, { input: { ...BASE, key: "salon-2024" } })).data.createEvent).toEqual({
      __typename: "AlreadyExists",
      field: "key",
    });
    const series = await as(someone.public, `{ eventSeriesByKey(key: "salon") { id } }`);
    const seriesId = series.data.eventSeriesByKey.id;
    expect((await as(street, createEvent, { input: { ...BASE, seriesId, edition: 5 } })).data.createEvent).toEqual({
      __typename: "AlreadyExists",
      field: "edition",
    });
    const racers = await Promise.all(
      Array.from({ length: 12 }, () => as(street, createEvent, { input: { ...BASE, seriesId, edition: 77 } })),
    );
    expect(racers.map((answer) => answer.data?.createEvent.__typename).sort()).toEqual([...Array(11).fill("AlreadyExists"), "Event"]);
    const id = await fresh("edition-mover");
    const moved = await as(street, updateEvent, { input: { id, expectedVersion: 1, seriesId, edition: 77 } });
    expect(moved.data.updateEvent).toEqual({ __typename: "AlreadyExists", field: "edition" });
    const kept = await as(street, updateEvent, { input: { id, expectedVersion: 1, seriesId, edition: 78 } });
    expect(kept.data.updateEvent).toMatchObject({ edition: 78, series: { key: "salon" }, version: 2 });
  });

  test("of twenty changes against one version exactly one is made", async () => {
    const id = await fresh("raced");
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => as(street, updateEvent, { input: { id, expectedVersion: 1, name: `名 ${index}` } })),
    );
    const kinds = answers.map((answer) => answer.data.updateEvent.__typename);
    expect(kinds.filter((kind) => kind === "Event")).toHaveLength(1);
    expect(kinds.filter((kind) => kind === "VersionConflict")).toHaveLength(19);
    expect(await story.test.sql(`SELECT 1 FROM events.audit_entry WHERE entity_id = $1 AND action = 'update'`, [id])).toHaveLength(1);
  });

  test("is entered once by twenty replays of one key", async () => {
    const input = { ...BASE, name: "重放", idempotencyKey: "once" };
    const answers = await Promise.all(Array.from({ length: 20 }, () => as(street, createEvent, { input })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await story.test.sql(`SELECT 1 FROM events.event WHERE name = '重放'`)).toHaveLength(1);
    expect((await as(street, createEvent, { input: { ...input, name: "别的" } })).data.createEvent.__typename).toBe("IdempotencyConflict");
  });

  test("what is left out stays, and null empties", async () => {
    const id = await fresh("partial");
    const { data } = await as(street, updateEvent, { input: { id, expectedVersion: 1, theme: null, name: "新名" } });
    expect(data.updateEvent).toMatchObject({ name: "新名", theme: null, place: SALON.place, region: { code: "510116001" } });
  });

  test("is moved to another region only by who looks after both", async () => {
    const id = await fresh("mover");
    const move = (who: Parameters<typeof ask>[1]) => as(who, updateEvent, { input: { id, expectedVersion: 1, regionCode: "510112001" } });
    expect((await move(street)).errors[0]?.extensions.code).toBe("FORBIDDEN");
    expect((await move(someone.officer("5101"))).data.updateEvent).toMatchObject({ region: { code: "510112001" } });
    expect((await as(street, updateEvent, { input: { id, expectedVersion: 2 } })).errors[0]?.extensions.code).toBe("FORBIDDEN");
  });

  test.each([
    ["the public", someone.public, "UNAUTHENTICATED"],
    ["an officer of another district", someone.officer("510112"), "FORBIDDEN"],
    ["a worker of a supporting community", someone.worker(weijia), "FORBIDDEN"],
    ["a resident", someone.resident(xianghe), "FORBIDDEN"],
    ["an auditor", someone.auditor, "FORBIDDEN"],
  ])("%s changes none of it", async (_name, who, code) => {
    const id = eventId("salon-2024");
    const answers = await Promise.all([
      as(who, createEvent, { input: BASE }),
      as(who, updateEvent, { input: { id, expectedVersion: 2 } }),
      as(who, setOrganisers, { input: { eventId: id, expectedVersion: 2, organisers: [] } }),
      as(who, createSession, { input: { eventId: id, title: "x", kind: "OTHER" } }),
      as(who, `mutation ($input: ChangeEventStateInput!) { cancelEvent(input: $input) { __typename } }`, {
        input: { id, expectedVersion: 2 },
      }),
      as(who, `mutation ($input: CreateEventSeriesInput!) { createEventSeries(input: $input) { __typename } }`, {
        input: { name: "x", regionCode: "510116001" },
      }),
    ]);
    for (const { data, errors } of answers) {
      expect(data).toBeNull();
      expect(errors[0]?.extensions.code).toBe(code);
    }
  });

  test("a draft that one may not see is no event to change", async () => {
    const answer = await as(someone.officer("510112"), updateEvent, { input: { id: eventId("salon-2025"), expectedVersion: 1 } });
    expect(answer.errors[0]?.extensions.code).toBe("NOT_FOUND");
  });

  test("is changed, but neither moved, cancelled nor handed on, by a worker of a community that holds it", async () => {
    const id = await fresh("held");
    await imported(story.endpoint, "Organisers", [{ eventKey: "held", role: "CO_ORGANISER", partyKind: "COMMUNITY", partyId: wuxing }]);
    const worker = someone.worker(wuxing);
    expect((await as(worker, updateEvent, { input: { id, expectedVersion: 2, place: "广场" } })).data.updateEvent).toMatchObject({
      version: 3,
      place: "广场",
    });
    expect(
      (await as(worker, createSession, { input: { eventId: id, title: "座谈", kind: "ROUND_TABLE" } })).data.createSession.__typename,
    ).toBe("Session");
    for (const refused of [
      as(worker, updateEvent, { input: { id, expectedVersion: 3, regionCode: null } }),
      as(worker, setOrganisers, { input: { eventId: id, expectedVersion: 3, organisers: [] } }),
      as(worker, `mutation ($input: ChangeEventStateInput!) { cancelEvent(input: $input) { __typename } }`, {
        input: { id, expectedVersion: 3 },
      }),
    ])
      expect((await refused).errors[0]?.extensions.code).toBe("FORBIDDEN");
  });
});

describe("organisers", () => {
  const party = (role: string, partyKind: string, partyId: string) => ({ role, partyKind, partyId });

  test("are replaced as an ordered list against the event's version", async () => {
    const id = await fresh("listed");
    await imported(story.endpoint, "Organisers", [{ eventKey: "listed", ...party("HOST", "ORGANISATION", office), source: "report-001" }]);
    const organisers = [
      party("MODERATOR", "COMMUNITY", weijia),
      party("HOST", "COMMUNITY", xianghe),
      party("HOST", "ORGANISATION", office),
    ];
    const { data, errors } = await as(street, setOrganisers, { input: { eventId: id, expectedVersion: 2, organisers } });
    expect(errors).toEqual([]);
    expect(data.setOrganisers).toEqual({
      __typename: "Event",
      version: 3,
      organisers: [
        { role: "HOST", order: 1, source: null, party: { id: xianghe } },
        { role: "HOST", order: 2, source: "report-001", party: { id: office } },
        { role: "MODERATOR", order: 1, source: null, party: { id: weijia } },
      ],
    });
    const stale = await as(street, setOrganisers, { input: { eventId: id, expectedVersion: 2, organisers: [] } });
    expect(stale.data.setOrganisers).toEqual({ __typename: "VersionConflict", currentVersion: 3 });
  });

  test("must exist, be named once in a role, and not be too many", async () => {
    const id = await fresh("strict");
    const send = (organisers: object[]) => as(street, setOrganisers, { input: { eventId: id, expectedVersion: 1, organisers } });
    expect(
      problemsOf(await send([party("HOST", "COMMUNITY", xianghe), party("HOST", "COMMUNITY", office), party("HOST", "ORGANISATION", "x")])),
    ).toEqual(["organisers.1.partyId UNKNOWN_REFERENCE", "organisers.2.partyId UNKNOWN_REFERENCE"]);
    expect(problemsOf(await send([party("HOST", "COMMUNITY", xianghe), party("HOST", "COMMUNITY", xianghe.toUpperCase())]))).toEqual([
      "organisers.1.partyId DUPLICATE_KEY",
    ]);
    expect(problemsOf(await send(Array.from({ length: 101 }, (_, i) => party("HOST", "ORGANISATION", organisation(`o${i}`)))))).toEqual([
      "organisers TOO_MANY",
    ]);
  });

  test("twenty lists against one version: one stands, whole", async () => {
    const id = await fresh("contested");
    const lists = Array.from({ length: 20 }, (_, i) =>
      i % 2 ? [party("HOST", "COMMUNITY", xianghe), party("HOST", "COMMUNITY", weijia)] : [party("HOST", "ORGANISATION", office)],
    );
    const answers = await Promise.all(
      lists.map((organisers) => as(street, setOrganisers, { input: { eventId: id, expectedVersion: 1, organisers } })),
    );
    const won = answers.flatMap((answer, i) => (answer.data.setOrganisers.__typename === "Event" ? [i] : []));
    expect(won).toHaveLength(1);
    expect(await story.test.sql(`SELECT 1 FROM events.organiser WHERE event_id = $1`, [id])).toHaveLength(lists[won[0]!]!.length);
  });
});

describe("sessions", () => {
  test("lie within their event, begin before they end, and keep their order", async () => {
    const id = await fresh("agenda");
    const send = (more: object) => as(street, createSession, { input: { eventId: id, title: "环节", kind: "OTHER", ...more } });
    expect(problemsOf(await send({ startsAt: "2024-04-08T11:59:59+08:00", endsAt: "2024-04-08T18:00:01+08:00" }))).toEqual([
      "startsAt OUTSIDE_EVENT",
      "endsAt OUTSIDE_EVENT",
    ]);
    expect(problemsOf(await send({ startsAt: "2024-04-08T15:00:00+08:00", endsAt: "2024-04-08T14:00:00+08:00" }))).toEqual([
      "endsAt PERIOD_REVERSED",
    ]);
    expect(problemsOf(await send({ endsAt: "2024-04-08T14:00:00+08:00" }))).toEqual(["startsAt INCOMPLETE"]);
    const whole = await send({ startsAt: SALON.startsAt, endsAt: SALON.endsAt });
    expect(whole.data.createSession).toMatchObject({ position: 1, version: 1 });
    expect((await send({})).data.createSession).toMatchObject({ position: 2 });
    expect((await send({ key: "salon-talks" })).data.createSession).toEqual({ __typename: "AlreadyExists", field: "key" });
    const shrunk = await as(street, updateEvent, { input: { id, expectedVersion: 1, endsAt: "2024-04-08T17:00:00+08:00" } });
    expect(problemsOf(shrunk)).toEqual(["endsAt SESSION_OUTSIDE"]);
  });

  test("an event that shrinks and a session that is added never miss each other", async () => {
    for (let round = 0; round < 15; round++) {
      const id = await fresh(`shrinking-${round}`);
      const [event, session] = await Promise.all([
        as(street, updateEvent, { input: { id, expectedVersion: 1, endsAt: "2024-04-08T13:00:00+08:00" } }),
        as(street, createSession, { input: { eventId: id, title: "晚间", kind: "OTHER", startsAt: "2024-04-08T17:00:00+08:00" } }),
      ]);
      expect([event, session].filter((answer) => answer.data !== null)).toHaveLength(1);
      expect([event, session].filter((answer) => answer.errors.length > 0)).toHaveLength(1);
    }
  });

  test("ten sessions added at once get ten places", async () => {
    const id = await fresh("crowded");
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => as(street, createSession, { input: { eventId: id, title: "并行", kind: "OTHER" } })),
    );
    expect(answers.map((answer) => answer.data.createSession.position).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test("are changed against their version, with their whole list of participants", async () => {
    const id = await fresh("changing");
    const person = (role: string, partyKind: string, partyId: string, topic?: string) => ({ role, partyKind, partyId, topic });
    const created = await as(street, createSession, {
      input: {
        eventId: id,
        title: "分享",
        kind: "PRESENTATION",
        participants: [
          person("PRESENTER", "COMMUNITY", xianghe, "一"),
          person("SPEAKER", "ORGANISATION", office),
          person("PRESENTER", "COMMUNITY", xianghe, "二"),
        ],
      },
    });
    expect(created.data.createSession.participants).toEqual([
      { role: "SPEAKER", order: 1, topic: null },
      { role: "PRESENTER", order: 1, topic: "一" },
      { role: "PRESENTER", order: 2, topic: "二" },
    ]);
    const session = created.data.createSession.id;
    const renamed = await as(street, updateSession, { input: { id: session, expectedVersion: 1, title: "交流" } });
    expect(renamed.data.updateSession).toMatchObject({ version: 2, title: "交流" });
    expect(renamed.data.updateSession.participants).toHaveLength(3);
    const relisted = await as(street, updateSession, {
      input: { id: session, expectedVersion: 2, participants: [person("MODERATOR", "ORGANISATION", bridge)] },
    });
    expect(relisted.data.updateSession).toMatchObject({ version: 3, participants: [{ role: "MODERATOR", order: 1 }] });
    expect((await as(street, updateSession, { input: { id: session, expectedVersion: 2 } })).data.updateSession).toEqual({
      __typename: "VersionConflict",
      currentVersion: 3,
    });
    const unknown = await as(street, updateSession, {
      input: { id: session, expectedVersion: 3, participants: [person("SPEAKER", "COMMUNITY", office)] },
    });
    expect(problemsOf(unknown)).toEqual(["participants.0.partyId UNKNOWN_REFERENCE"]);
    expect((await as(street, updateSession, { input: { id: "x", expectedVersion: 1 } })).errors[0]?.extensions.code).toBe("NOT_FOUND");
  });
});

describe("event series", () => {
  const create = `mutation ($input: CreateEventSeriesInput!) { createEventSeries(input: $input) { __typename ... on EventSeries { id key version region { code } } ... on AlreadyExists { field } } }`;
  const update = `mutation ($input: UpdateEventSeriesInput!) { updateEventSeries(input: $input) { __typename ... on EventSeries { version name description region { code } } ... on VersionConflict { currentVersion } } }`;

  test("are written by officers of their region; those without one by administrators", async () => {
    const made = await as(street, create, { input: { key: "own", name: "自己的系列", regionCode: "510116001" } });
    expect(made.data.createEventSeries).toMatchObject({ key: "own", version: 1, region: { code: "510116001" } });
    expect((await as(street, create, { input: { key: "own", name: "又一个", regionCode: "510116001" } })).data.createEventSeries).toEqual({
      __typename: "AlreadyExists",
      field: "key",
    });
    expect((await as(street, create, { input: { name: "全国的系列" } })).errors[0]?.extensions.code).toBe("FORBIDDEN");
    expect(problemsOf(await as(street, create, { input: { name: "", regionCode: "999" } }))).toEqual([
      "regionCode UNKNOWN_REFERENCE",
      "name REQUIRED",
    ]);
    const { id } = made.data.createEventSeries;
    expect((await as(street, update, { input: { id, expectedVersion: 1, regionCode: "510112001" } })).errors[0]?.extensions.code).toBe(
      "FORBIDDEN",
    );
    expect((await as(street, update, { input: { id, expectedVersion: 1, description: "说明" } })).data.updateEventSeries).toMatchObject({
      version: 2,
      name: "自己的系列",
      description: "说明",
    });
    expect((await as(street, update, { input: { id, expectedVersion: 1 } })).data.updateEventSeries).toEqual({
      __typename: "VersionConflict",
      currentVersion: 2,
    });
    expect((await as(someone.admin, update, { input: { id, expectedVersion: 2, regionCode: null } })).data.updateEventSeries).toMatchObject(
      { version: 3, region: null },
    );
  });
});

describe("a list", () => {
  test("of events: unknown series, a taken edition and a reversed period are refused row by row; the same again changes nothing", async () => {
    const row = { ...SALON, key: "row-1", edition: 20 };
    const rows = [
      row,
      { ...row, key: "row-2" },
      { ...row, key: "row-3", edition: 5 },
      { ...row, key: "row-4", seriesKey: "none", edition: null },
      { ...row, key: "row-5", edition: null, startsAt: SALON.endsAt, endsAt: SALON.startsAt },
      { ...row, key: "row-6", edition: null, seriesKey: null, regionCode: "999" },
      { ...row, key: "\u0000", edition: null },
    ];
    const mixed = await as(someone.admin, bulk("Events"), { input: { rows } });
    expect(mixed.data.importEvents).toMatchObject({ written: false, created: 1, refused: 6 });
    expect(
      mixed.data.importEvents.rows.map((r: { problems: { field: string; code: string }[] }) =>
        r.problems.map((p) => `${p.field} ${p.code}`),
      ),
    ).toEqual([
      [],
      ["edition ALREADY_EXISTS"],
      ["edition ALREADY_EXISTS"],
      ["seriesKey UNKNOWN_REFERENCE"],
      ["endsAt PERIOD_REVERSED"],
      ["regionCode UNKNOWN_REFERENCE"],
      ["key INVALID_CHARACTER"],
    ]);
    expect((await as(someone.admin, bulk("Events"), { input: { rows: [row], dryRun: true } })).data.importEvents).toMatchObject({
      written: false,
      created: 1,
    });
    expect(await story.test.sql(`SELECT 1 FROM events.event WHERE key = 'row-1'`)).toHaveLength(0);
    expect((await as(someone.admin, bulk("Events"), { input: { rows, skipBadRows: true } })).data.importEvents).toMatchObject({
      written: true,
      created: 1,
    });
    expect((await as(someone.admin, bulk("Events"), { input: { rows: [row] } })).data.importEvents).toMatchObject({
      written: false,
      unchanged: 1,
    });
    expect(
      (await as(street, bulk("Events"), { input: { rows: [{ ...row, edition: null, key: "foreign", regionCode: "510112001" }] } })).data
        .importEvents.rows[0].problems,
    ).toEqual([{ field: "key", code: "FORBIDDEN" }]);
    expect((await as(someone.public, bulk("Events"), { input: { rows: [] } })).errors[0]?.extensions.code).toBe("UNAUTHENTICATED");
  });

  test("of events may swap two editions, and never takes back what is announced", async () => {
    const rows = [
      { ...SALON, key: "swap-1", edition: 31 },
      { ...SALON, key: "swap-2", edition: 32 },
    ];
    await imported(story.endpoint, "Events", rows);
    await imported(story.endpoint, "Events", [
      { ...rows[0], edition: 32, published: false },
      { ...rows[1], edition: 31 },
    ]);
    expect(await story.test.sql(`SELECT key, edition, state FROM events.event WHERE key LIKE 'swap-%' ORDER BY key`)).toEqual([
      { key: "swap-1", edition: 32, state: "PUBLISHED" },
      { key: "swap-2", edition: 31, state: "PUBLISHED" },
    ]);
  });

  test("of organisers and participants replaces what it names, and keeps the others only when asked", async () => {
    const id = await fresh("replaced");
    await imported(story.endpoint, "Sessions", [{ key: "replaced-s", eventKey: "replaced", title: "会", kind: "OTHER" }]);
    for (const [concept, list, role] of [
      ["Organisers", { eventKey: "replaced" }, "HOST"],
      ["Participants", { sessionKey: "replaced-s" }, "PARTICIPANT"],
    ] as const) {
      const row = (order: number, partyKind: string, partyId: string) => ({ ...list, role, order, partyKind, partyId });
      const table = concept === "Organisers" ? "organiser" : "session_participant";
      const stored = () =>
        story.test.sql(
          `SELECT position, COALESCE(community_id, organisation_id) AS party FROM events.${table} WHERE role = '${role}' AND (to_jsonb(${table})->>'event_id' = $1 OR to_jsonb(${table})->>'session_id' = (SELECT id::text FROM events.session WHERE key = 'replaced-s')) ORDER BY position`,
          [id],
        );
      await imported(story.endpoint, concept, [row(1, "COMMUNITY", xianghe), row(2, "COMMUNITY", weijia), row(3, "ORGANISATION", office)]);
      // Two change places, and the third is no longer named.
      const { data } = await as(someone.admin, bulk(concept), {
        input: { rows: [row(1, "COMMUNITY", weijia), row(2, "COMMUNITY", xianghe)] },
      });
      expect(data[`import${concept}`]).toMatchObject({ written: true, updated: 2, refused: 0 });
      expect(await stored()).toEqual([
        { position: 1, party: weijia },
        { position: 2, party: xianghe },
      ]);
      await imported(story.endpoint, concept, [row(3, "ORGANISATION", office)], { keepOthers: true });
      expect(await stored()).toHaveLength(3);
      const taken = await as(someone.admin, bulk(concept), { input: { rows: [row(1, "COMMUNITY", weijia)] } });
      expect(taken.data[`import${concept}`]).toMatchObject({ written: true, unchanged: 1, created: 0, updated: 0 });
      expect(await stored()).toEqual([{ position: 1, party: weijia }]);
      const again = await as(someone.admin, bulk(concept), { input: { rows: [row(1, "COMMUNITY", weijia)] } });
      expect(again.data[`import${concept}`]).toMatchObject({ written: false, unchanged: 1 });
      const foreign = await as(someone.officer("510112"), bulk(concept), {
        input: { rows: [row(2, "COMMUNITY", weijia)], skipBadRows: true },
      });
      expect(foreign.data[`import${concept}`]).toMatchObject({
        written: false,
        refused: 1,
        rows: [{ problems: [{ field: "key", code: "FORBIDDEN" }] }],
      });
      expect(await stored()).toEqual([{ position: 1, party: weijia }]);
      const bad = await as(someone.admin, bulk(concept), {
        input: {
          rows: [
            row(1, "COMMUNITY", organisation("nobody")),
            row(0, "COMMUNITY", xianghe),
            { ...row(1, "COMMUNITY", xianghe), ...(concept === "Organisers" ? { eventKey: "none" } : { sessionKey: "none" }) },
          ],
        },
      });
      expect(bad.data[`import${concept}`].rows.map((r: { problems: { code: string }[] }) => r.problems.map((p) => p.code))).toEqual([
        ["UNKNOWN_REFERENCE"],
        ["OUT_OF_RANGE"],
        ["UNKNOWN_REFERENCE"],
      ]);
    }
    expect(
      await story.test.sql(
        `SELECT action FROM events.audit_entry WHERE concept IN ('organiser', 'session-participant') AND action = 'delete' AND before->>'communityId' = $1`,
        [xianghe],
      ),
    ).not.toHaveLength(0);
  });

  test("of sessions: unknown events, foreign sessions and times outside are refused", async () => {
    await fresh("sheet");
    const row = { key: "sheet-1", eventKey: "sheet", title: "一", kind: "OTHER" };
    const rows = [
      row,
      { ...row, key: "sheet-2" },
      { ...row, key: "sheet-3", eventKey: "none" },
      { ...row, key: "salon-talks" },
      { ...row, key: "sheet-4", startsAt: "2030-01-01T00:00:00Z" },
    ];
    const { data } = await as(someone.admin, bulk("Sessions"), { input: { rows, skipBadRows: true } });
    expect(data.importSessions.rows.map((r: { problems: { code: string }[] }) => r.problems.map((p) => p.code))).toEqual([
      [],
      [],
      ["UNKNOWN_REFERENCE"],
      ["FIXED"],
      ["OUTSIDE_EVENT"],
    ]);
    expect(await story.test.sql(`SELECT key, position FROM events.session WHERE key LIKE 'sheet-%' ORDER BY key`)).toEqual([
      { key: "sheet-1", position: 1 },
      { key: "sheet-2", position: 2 },
    ]);
    expect((await as(someone.admin, bulk("Sessions"), { input: { rows: rows.slice(0, 2) } })).data.importSessions).toMatchObject({
      unchanged: 2,
      written: false,
    });
    const shrunk = await as(someone.admin, bulk("Events"), { input: { rows: [{ ...SALON, startsAt: "2024-04-08T15:00:00+08:00" }] } });
    expect(shrunk.data.importEvents.rows[0].problems).toEqual([{ field: "startsAt", code: "SESSION_OUTSIDE" }]);
  });

  test("tells a stranger nothing of a draft that it names, and of a public event only that it is not theirs", async () => {
    const stranger = someone.officer("510112");
    const at = { startsAt: "2030-01-01T00:00:00Z" };
    const party = { role: "PARTICIPANT", partyKind: "COMMUNITY", partyId: xianghe };
    const first = async (concept: string, row: object) =>
      (await as(stranger, bulk(concept), { input: { rows: [row] } })).data[`import${concept}`].rows[0].problems.map(
        (p: { code: string }) => p.code,
      );
    for (const eventKey of ["salon-2025", "no-such-event"]) {
      expect(await first("Sessions", { key: "probe", eventKey, title: "一", kind: "OTHER", ...at })).toEqual(["UNKNOWN_REFERENCE"]);
      expect(await first("Organisers", { ...party, role: "HOST", eventKey })).toEqual(["UNKNOWN_REFERENCE"]);
    }
    for (const sessionKey of ["next-talks", "no-such-session"])
      expect(await first("Participants", { ...party, sessionKey })).toEqual(["UNKNOWN_REFERENCE"]);
    expect(await first("Sessions", { key: "probe", eventKey: "salon-2024", title: "一", kind: "OTHER", ...at })).toEqual(["FORBIDDEN"]);
  });
});

test("a silent peer stops a write, and nothing is written", async () => {
  const lonely = inProcessEndpoint(eventsSubgraph(story.database, {}, (entry) => story.logged.push(entry)));
  const answer = await ask(lonely, someone.admin, createEvent, { input: { ...BASE, key: "lonely" } });
  expect(answer.errors[0]?.extensions.code).toBe("PEER_UNAVAILABLE");
  expect(await story.test.sql(`SELECT 1 FROM events.event WHERE key = 'lonely'`)).toHaveLength(0);
});

test("a silent peer stops no reading: two organisers of one role are shown as they are stored", async () => {
  await imported(story.endpoint, "Events", [{ ...SALON, key: "two-hosts", edition: null, seriesKey: null }]);
  const host = (order: number, partyId: string) => ({ eventKey: "two-hosts", role: "HOST", order, partyKind: "ORGANISATION", partyId });
  await imported(story.endpoint, "Organisers", [host(1, office), host(2, bridge)]);
  const query = '{ eventByKey(key: "two-hosts") { organisers { order party { ... on Organisation { id } } } } }';
  const lonely = inProcessEndpoint(eventsSubgraph(story.database, {}, (entry) => story.logged.push(entry)));
  const [alone, together] = [await ask(lonely, someone.public, query), await ask(story.endpoint, someone.public, query)];
  expect([alone.errors, together.errors]).toEqual([[], []]);
  expect(alone.data).toEqual(together.data);
  expect(alone.data.eventByKey.organisers.map(({ party }: any) => party.id)).toEqual([office, bridge]);
});

test("nothing of ours went wrong meanwhile", () => {
  expect(story.logged).toEqual([]);
});
