import { ask, someone } from "@gongjian/testing";
import { eventId, imported, SALON, salonStory, type Story } from "./story";

let story: Story;
beforeAll(async () => {
  story = await salonStory();
  await imported(story.endpoint, "EventSeries", [
    { key: "city", name: "成都论坛", regionCode: "5101" },
    { key: "zone", name: "天府论坛", regionCode: "zone-tianfu" },
    { key: "anywhere", name: "论坛" },
  ]);
}, 60_000);
afterAll(() => story.test.close());

type Who = Parameters<typeof ask>[1];
const as = (who: Who, query: string, variables?: Record<string, unknown>) => ask(story.endpoint, who, query, variables);
const STREET = "510116001";
const OTHER = "510112001";
const street = someone.officer(STREET);
const other = someone.officer(OTHER);

const CREATE = `mutation ($input: CreateEventInput!) { answer: createEvent(input: $input) { __typename ... on Event { id version series { key } } } }`;
const UPDATE = `mutation ($input: UpdateEventInput!) { answer: updateEvent(input: $input) { __typename ... on Event { version name series { key } } } }`;
const IMPORT = `mutation ($input: ImportEventsInput!) { answer: importEvents(input: $input) { ... on BulkOutcome { written rows { status problems { field code } } } } }`;
const { seriesKey: _series, source: _source, key: _key, edition: _edition, ...BASE } = SALON;

const idOf = async (key: string): Promise<string> =>
  (await as(someone.public, `{ eventSeriesByKey(key: "${key}") { id } }`)).data.eventSeriesByKey.id;
// biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, not typed
const problemsOf = (answer: any): string[] | undefined =>
  answer.errors[0]?.extensions?.problems?.map(({ field, code }: { field: string; code: string }) => `${field} ${code}`);
const OUTSIDE = ["seriesId OUTSIDE_SERIES"];

test.each<[string, Who, string, string, boolean]>([
  ["of its own region", street, STREET, "salon", true],
  ["of a region below it", street, STREET, "city", true],
  ["of a region that its zone runs", street, STREET, "zone", true],
  ["of another street", other, OTHER, "salon", false],
  ["of a street that the zone does not run", other, OTHER, "zone", false],
  ["of no region, for an officer", street, STREET, "anywhere", false],
  ["of no region, for an administrator", someone.admin, STREET, "anywhere", true],
  ["of another street, let in by an officer of both", someone.officer("5101"), OTHER, "salon", true],
])("a series %s", async (_, who, regionCode, series, open) => {
  const answer = await as(who, CREATE, { input: { ...BASE, regionCode, seriesId: await idOf(series) } });
  if (open) expect(answer.data.answer).toMatchObject({ __typename: "Event", series: { key: series } });
  else expect(problemsOf(answer)).toEqual(OUTSIDE);
});

test("an event is not moved into a foreign series, and one that is in it stays and can be changed", async () => {
  const seriesId = await idOf("salon");
  const { data } = await as(other, CREATE, { input: { ...BASE, regionCode: OTHER } });
  const { id } = data.answer;
  expect(problemsOf(await as(other, UPDATE, { input: { id, expectedVersion: 1, seriesId } }))).toEqual(OUTSIDE);
  const let_in = await as(someone.officer("5101"), UPDATE, { input: { id, expectedVersion: 1, seriesId } });
  expect(let_in.data.answer).toMatchObject({ __typename: "Event", series: { key: "salon" }, version: 2 });
  const renamed = await as(other, UPDATE, { input: { id, expectedVersion: 2, name: "更名", seriesId } });
  expect(renamed.data.answer).toMatchObject({ name: "更名", series: { key: "salon" }, version: 3 });
});

test("a list is held to the same, row by row", async () => {
  const row = { ...BASE, regionCode: OTHER, key: "joining", seriesKey: "salon" };
  const refused = await as(other, IMPORT, { input: { rows: [row] } });
  expect(refused.data.answer).toEqual({
    written: false,
    rows: [{ status: "REFUSED", problems: [{ field: "seriesKey", code: "OUTSIDE_SERIES" }] }],
  });
  expect(await story.test.sql(`SELECT 1 FROM events.event WHERE id = $1`, [eventId("joining")])).toEqual([]);
  await imported(story.endpoint, "Events", [row]);
  const stays = await as(other, IMPORT, { input: { rows: [{ ...row, name: "更名" }] } });
  expect(stays.data.answer.rows).toEqual([{ status: "UPDATED", problems: [] }]);
});

describe("a key or an edition that a hidden draft has", () => {
  const taken = { key: "salon-2025", edition: 6 };

  test("cannot be used, and nobody who may not see the draft learns that it is there", async () => {
    const refused = await as(other, CREATE, { input: { ...BASE, regionCode: OTHER, key: taken.key } });
    expect([refused.data, problemsOf(refused)]).toEqual([null, ["key UNAVAILABLE"]]);
    const listed = await as(other, IMPORT, { input: { rows: [{ ...BASE, regionCode: OTHER, key: taken.key }] } });
    expect(listed.data.answer.rows).toEqual([{ status: "REFUSED", problems: [{ field: "key", code: "UNAVAILABLE" }] }]);
    expect(JSON.stringify([refused, listed])).not.toMatch(/exist|draft|FORBIDDEN/iu);
    const insider = await as(street, CREATE, { input: { ...BASE, regionCode: STREET, key: taken.key } });
    expect(insider.data.answer.__typename).toBe("AlreadyExists");
    // what everybody may see is told to everybody
    expect((await as(other, CREATE, { input: { ...BASE, regionCode: OTHER, key: "salon-2024" } })).data.answer.__typename).toBe(
      "AlreadyExists",
    );
  });

  test("an edition likewise", async () => {
    const seriesId = await idOf("city");
    const draft = { ...BASE, regionCode: STREET, seriesId, edition: 3 };
    expect((await as(street, CREATE, { input: draft })).data.answer.__typename).toBe("Event");
    expect(problemsOf(await as(other, CREATE, { input: { ...draft, regionCode: OTHER } }))).toEqual(["edition UNAVAILABLE"]);
    expect((await as(street, CREATE, { input: draft })).data.answer.__typename).toBe("AlreadyExists");
  });
});
