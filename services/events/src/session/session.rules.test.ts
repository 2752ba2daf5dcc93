import fc from "fast-check";
import { checkParticipants, checkSession, checkWithin } from "./session.rules";

const event = { startsAt: "2024-04-08T04:00:00.000Z", endsAt: "2024-04-08T10:00:00.000Z" };
const good = { key: "s", title: "洽谈" };
const codes = (problems: { field: string; code: string }[]) => problems.map(({ field, code }) => `${field} ${code}`);

test.each([
  [{}, []],
  [{ startsAt: event.startsAt }, []],
  [{ startsAt: event.startsAt, endsAt: event.startsAt }, []],
  [{ endsAt: event.endsAt }, ["startsAt INCOMPLETE"]],
  [{ startsAt: event.endsAt, endsAt: event.startsAt }, ["endsAt PERIOD_REVERSED"]],
  [{ title: "" }, ["title REQUIRED"]],
  [{ position: 0 }, ["position OUT_OF_RANGE"]],
  [{ topic: "题".repeat(501) }, ["topic TOO_LONG"]],
])("%j", (draft, expected) => {
  expect(codes(checkSession({ ...good, ...draft }))).toEqual(expected);
});

test("a session lies within its event exactly when each end does, the bounds included", () => {
  const instant = fc
    .date({ min: new Date("2024-04-08T03:00:00Z"), max: new Date("2024-04-08T11:00:00Z"), noInvalidDate: true })
    .map((date) => date.toISOString());
  fc.assert(
    fc.property(fc.option(instant), fc.option(instant), (startsAt, endsAt) => {
      const inside = (text: string | null) =>
        text === null || (Date.parse(text) >= Date.parse(event.startsAt) && Date.parse(text) <= Date.parse(event.endsAt));
      expect(codes(checkWithin({ startsAt, endsAt }, event))).toEqual([
        ...(inside(startsAt) ? [] : ["startsAt OUTSIDE_EVENT"]),
        ...(inside(endsAt) ? [] : ["endsAt OUTSIDE_EVENT"]),
      ]);
    }),
  );
  expect(checkWithin(event, event)).toEqual([]);
});

test("participants are bounded, and each is checked at its place", () => {
  const row = { role: "SPEAKER", partyKind: "COMMUNITY" as const, partyId: "x", order: 1 };
  expect(checkParticipants([row, row])).toEqual([]);
  expect(codes(checkParticipants([row, { ...row, topic: "a\0" }]))).toEqual(["participants.1.topic INVALID_CHARACTER"]);
  expect(codes(checkParticipants(Array(501).fill(row)))).toEqual(["participants TOO_MANY"]);
});
