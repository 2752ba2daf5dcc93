import { stableId } from "@gongjian/database";
import { ask, someone } from "@gongjian/testing";
import fc from "fast-check";
import { checkHours, DAYS, formatHours, isOpenAt, parseHours, type OpeningPeriod } from "../src/facility/opening-hours";
import { communitiesStory, type Story } from "./story";

const weijia = stableId("community", "CN_STATS:510112001001");
let story: Story;
/** All on one spot. `night` is open over midnight and over the end of the week, `gone` is closed for good, of `unknown` no hours are known. */
const HOURS: Record<string, string[]> = {
  day: ["Mo-Fr 09:00-17:00"],
  weekend: ["Sa,Su 10:00-16:00"],
  night: ["Fr-Su 22:00-02:00"],
  always: ["Mo-Su 00:00-24:00"],
  gone: ["Mo-Su 00:00-24:00"],
  unknown: [],
};

beforeAll(async () => {
  story = await communitiesStory();
  const rows = Object.entries(HOURS).map(([key, openingHours]) => ({
    key,
    name: key,
    category: "LIBRARY",
    state: key === "gone" ? "CLOSED" : "OPEN",
    communityId: weijia,
    longitude: 104,
    latitude: 30,
    openingHours,
    asOf: "2024-01-01",
  }));
  const { data, errors } = await ask(
    story.endpoint,
    someone.admin,
    "mutation ($input: ImportFacilitiesInput!) { importFacilities(input: $input) { ... on BulkOutcome { written } } }",
    { input: { rows } },
  );
  expect([errors, data.importFacilities.written]).toEqual([[], true]);
}, 60_000);
afterAll(() => story.test.close());

const read = async (query: string): Promise<any> => {
  const { data, errors } = await ask(story.endpoint, someone.public, query);
  expect(errors).toEqual([]);
  return data;
};

test.each([
  // 20 November 2026 is a Friday
  ["2026-11-20T08:59:59+08:00", ["always"]],
  ["2026-11-20T09:00:00+08:00", ["always", "day"]],
  ["2026-11-20T16:59:59+08:00", ["always", "day"]],
  ["2026-11-20T17:00:00+08:00", ["always"]],
  ["2026-11-20T22:00:00+08:00", ["always", "night"]],
  ["2026-11-21T01:59:00+08:00", ["always", "night"]],
  ["2026-11-21T02:00:00+08:00", ["always"]],
  // written in other zones: 10:00 on Saturday, and 01:59 on Monday, which is Sunday's night
  ["2026-11-20T21:00:00-05:00", ["always", "weekend"]],
  ["2026-11-22T17:59:00Z", ["always", "night"]],
  ["2026-11-22T18:00:00Z", ["always"]],
  // a public holiday is a Thursday like any other
  ["2026-10-01T12:00:00+08:00", ["always", "day"]],
])("what is open at %s: in lists, pages, counts, around a point, and by the field itself", async (at, open) => {
  const keys = (nodes: any[]) => nodes.map(({ key }: any) => key).sort();
  const data = await read(`{
    root: facilities(filter: { openAt: "${at}" }) { totalCount nodes { key } }
    region(code: "5101") { facilities(filter: { openAt: "${at}", category: LIBRARY }) { totalCount nodes { key } } }
    near: nearestFacilities(from: { longitude: 104, latitude: 30 }, openAt: "${at}") { facility { key } }
    all: facilities { nodes { key openAt(at: "${at}") } }
  }`);
  const paged: string[] = [];
  for (let after = "", more = true; more; ) {
    const page = (
      await read(
        `{ facilities(filter: { openAt: "${at}" }, orderBy: NAME_DESC, first: 1${after}) { nodes { key } pageInfo { hasNextPage endCursor } } }`,
      )
    ).facilities;
    paged.push(...keys(page.nodes));
    more = page.pageInfo.hasNextPage;
    after = `, after: "${page.pageInfo.endCursor}"`;
  }
  expect([keys(data.root.nodes), data.root.totalCount]).toEqual([open, open.length]);
  expect([keys(data.region.facilities.nodes), data.region.facilities.totalCount]).toEqual([open, open.length]);
  expect(keys(data.near.map(({ facility }: any) => facility))).toEqual(open);
  expect(paged).toEqual([...open].reverse());
  expect(keys(data.all.nodes.filter(({ openAt }: any) => openAt === true))).toEqual(open);
  expect(data.all.nodes.find(({ key }: any) => key === "gone").openAt).toBe(false);
  expect(data.all.nodes.find(({ key }: any) => key === "unknown").openAt).toBeNull();
});

const time = (least: number, most: number) =>
  fc
    .integer({ min: least, max: most })
    .map((minute) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`);
const period: fc.Arbitrary<OpeningPeriod> = fc
  .record({ days: fc.subarray([...DAYS], { minLength: 1 }), opens: time(0, 1439), closes: time(1, 1440) })
  .filter(({ opens, closes }) => opens !== closes);
/** What the database refuses the rules with, or at which of the minutes of the week a place with them is open. */
const asked = async (rules: string[], minutes: number[]): Promise<string | boolean[]> => {
  try {
    const rows = await story.test.sql<{ open: boolean }>(
      "SELECT communities.opening_minutes($1) @> minute AS open FROM unnest($2::integer[]) WITH ORDINALITY AS m(minute, at) ORDER BY at",
      [rules, minutes],
    );
    return rows.map(({ open }) => open);
  } catch (error) {
    return (error as { constraint: string }).constraint;
  }
};

test("the database says of any hours what the rules say: that they overlap, or when the place is open", async () => {
  const monday = Date.parse("2026-11-16T00:00:00+08:00");
  await fc.assert(
    fc.asyncProperty(
      fc.array(period, { maxLength: 3 }),
      fc.array(fc.integer({ min: 0, max: 10_079 }), { minLength: 1, maxLength: 30 }),
      async (periods, some) => {
        const edges = periods.flatMap(({ opens, closes }) =>
          [opens, closes].flatMap((edge) =>
            [0, 1].map((off) => (Number(edge.slice(0, 2)) * 60 + Number(edge.slice(3)) - off + 10_080) % 10_080),
          ),
        );
        const minutes = [...some, ...edges];
        const rules = periods.map(formatHours);
        expect(await asked(rules, minutes)).toEqual(
          checkHours(rules).length > 0
            ? "facility_hours_overlap"
            : minutes.map((minute) => isOpenAt(periods, new Date(monday + minute * 60_000), "Asia/Shanghai") ?? false),
        );
      },
    ),
    { numRuns: 150 },
  );
});

test.each([
  "",
  "随时",
  "Mo 9:00-17:00",
  "Mo-Fr 09:00-17:00 ",
  "Mo-Fr 09:00-17:00\n",
  " Mo 09:00-17:00",
  "Mo 09:00-09:00",
  "Mo 09:00-00:00",
  "Mo 24:00-08:00",
  "Mo 09:00-24:01",
  "Mo 09:60-10:00",
  "Mo 25:00-26:00",
  "mo 09:00-17:00",
  "Tu,Mo 09:00-17:00",
  "Fr-Mo 09:00-17:00",
  "Mo-Mo 09:00-17:00",
  "Mo-We,Tu 09:00-10:00",
  "Mo-We-Fr 09:00-10:00",
  "Mo-Fr 09:00-17:00; Sa 10:00-12:00",
])("%j is not kept, whoever writes it", async (rule) => {
  // as it is written here, no rule of the interface makes one
  const period = parseHours(rule);
  expect(period !== null && formatHours(period) === rule).toBe(false);
  const write = (hours: (string | null)[]) =>
    story.database.dataSource.query("UPDATE communities.facility SET opening_hours = $1 WHERE key = 'day'", [hours]);
  await expect(write([rule])).rejects.toMatchObject({ driverError: { code: "23514", constraint: "facility_hours_format" } });
  await expect(write(["Sa 08:00-09:00", rule])).rejects.toMatchObject({ driverError: { constraint: "facility_hours_format" } });
  await expect(write([null])).rejects.toMatchObject({ driverError: { constraint: "facility_hours_format" } });
});

test("hours that overlap are not kept, and the minutes cannot be written apart from them", async () => {
  const query = (sql: string) => story.database.dataSource.query(sql);
  await expect(
    query(`UPDATE communities.facility SET opening_hours = '{"Su 22:00-02:00","Mo 01:00-03:00"}' WHERE key = 'day'`),
  ).rejects.toMatchObject({ driverError: { constraint: "facility_hours_overlap" } });
  await query("UPDATE communities.facility SET open_minutes = '{[0,10080)}' WHERE key = 'unknown'");
  expect(await story.test.sql("SELECT open_minutes::text FROM communities.facility WHERE key = 'unknown'")).toEqual([
    { open_minutes: "{}" },
  ]);
});
