import { EVENT_STATES } from "@gongjian/entities-events";
import fc from "fast-check";
import { checkEvent, checkHolds, importedState, isTimeZone, nextState, type EventDraft } from "./event.rules";

const good: EventDraft = {
  key: "salon-2024",
  edition: 5,
  name: "治理沙龙",
  startsAt: "2024-04-08T04:00:00.000Z",
  endsAt: "2024-04-08T10:00:00.000Z",
  timeZone: "Asia/Shanghai",
};
const codes = (draft: Partial<EventDraft>, hasSeries = true) =>
  checkEvent({ ...good, ...draft }, hasSeries).map(({ field, code }) => `${field} ${code}`);
const instant = fc
  .date({ min: new Date("1900-01-01T00:00:00Z"), max: new Date("2199-12-31T23:59:59Z"), noInvalidDate: true })
  .map((date) => date.toISOString());

test.each<[Partial<EventDraft>, string[]]>([
  [{}, []],
  [{ endsAt: good.startsAt }, []],
  [{ endsAt: "2024-04-08T03:59:59.999Z" }, ["endsAt PERIOD_REVERSED"]],
  [{ startsAt: "1899-12-31T23:59:59.999Z" }, ["startsAt OUT_OF_RANGE"]],
  [{ endsAt: "+010000-01-01T00:00:00.000Z" }, ["endsAt OUT_OF_RANGE", "endsAt PERIOD_REVERSED"]],
  [{ edition: 0 }, ["edition OUT_OF_RANGE"]],
  [{ edition: 10_001 }, ["edition OUT_OF_RANGE"]],
  [{ name: " " }, ["name REQUIRED"]],
  [{ name: "名".repeat(201) }, ["name TOO_LONG"]],
  [{ key: " a" }, ["key MALFORMED"]],
  [{ key: "" }, ["key REQUIRED"]],
  [{ place: "a\0" }, ["place INVALID_CHARACTER"]],
  [{ visitors: -1 }, ["visitors OUT_OF_RANGE"]],
  [{ visitors: 10_000_001 }, ["visitors OUT_OF_RANGE"]],
  [{ visitors: 0 }, []],
])("%j", (draft, expected) => {
  expect(codes(draft)).toEqual(expected);
});

test("an edition needs a series", () => {
  expect(codes({}, false)).toEqual(["edition INCOMPLETE"]);
  expect(codes({ edition: null }, false)).toEqual([]);
});

test.each(["Asia/Shanghai", "Asia/Taipei", "UTC", "America/Argentina/Buenos_Aires", "Etc/GMT+8", "America/Port-au-Prince"])(
  "%s is a zone",
  (zone) => {
    expect(isTimeZone(zone)).toBe(true);
  },
);
test.each(["", "Asia/Chengdu", "asia/shanghai", "+08:00", "-0800", "Asia/", "Asia/Shanghai\0", "北京", "A".repeat(5000)])(
  "%j is none",
  (zone) => {
    expect(isTimeZone(zone)).toBe(false);
  },
);

test("any two instants are a period one way round, and both ways only when equal", () => {
  fc.assert(
    fc.property(instant, instant, (a, b) => {
      const reversed = (startsAt: string, endsAt: string) => codes({ startsAt, endsAt }).includes("endsAt PERIOD_REVERSED");
      expect(reversed(a, b)).toBe(Date.parse(b) < Date.parse(a));
      expect(reversed(a, b) && reversed(b, a)).toBe(false);
    }),
  );
});

test("an event holds its sessions exactly when both ends lie within it", () => {
  fc.assert(
    fc.property(instant, instant, fc.option(instant), fc.option(instant), (startsAt, endsAt, first, last) => {
      const fields = checkHolds({ startsAt, endsAt }, { first, last }).map((problem) => problem.field);
      expect(fields.includes("startsAt")).toBe(first !== null && Date.parse(first) < Date.parse(startsAt));
      expect(fields.includes("endsAt")).toBe(last !== null && Date.parse(last) > Date.parse(endsAt));
    }),
  );
});

test("steps go one way, and nothing becomes a draft again", () => {
  expect(EVENT_STATES.map((state) => nextState("publish", state))).toEqual(["PUBLISHED", null, null]);
  expect(EVENT_STATES.map((state) => nextState("cancel", state))).toEqual([null, "CANCELLED", null]);
});

test("an import publishes unless told otherwise, and takes back nothing", () => {
  const all = [null, ...EVENT_STATES];
  expect(all.map((state) => importedState(undefined, state))).toEqual(["PUBLISHED", "PUBLISHED", "PUBLISHED", "CANCELLED"]);
  expect(all.map((state) => importedState(true, state))).toEqual(["PUBLISHED", "PUBLISHED", "PUBLISHED", "CANCELLED"]);
  expect(all.map((state) => importedState(false, state))).toEqual(["DRAFT", "DRAFT", "PUBLISHED", "CANCELLED"]);
});
