import { PAIRING_STATES } from "@gongjian/entities-communities";
import fc from "fast-check";
import { checkPairing, checkParties, checkSigning, checkTerm, isHeld, nextStates, termsChanged } from "./pairing.rules";

test("what is over goes nowhere, and everything can come to its end", () => {
  for (const state of PAIRING_STATES) {
    const over = state === "ENDED" || state === "RENEWED";
    expect(nextStates(state).length === 0).toBe(over);
    expect(nextStates(state).includes("ENDED")).toBe(!over);
    expect(nextStates(state).includes("PROPOSED")).toBe(false);
    expect(nextStates(state).includes("RENEWED")).toBe(isHeld(state));
  }
  expect(nextStates("PROPOSED")).toEqual(["SIGNED", "ENDED"]);
});

test.each([
  [["a"], [1], ["TOO_FEW"]],
  [["a", "b"], [1, null], []],
  [["a", "a"], [1, 2], ["DUPLICATE_KEY"]],
  [["a", "b"], [0, 1], ["OUT_OF_RANGE"]],
  [["a", "b"], [10, 1], ["OUT_OF_RANGE"]],
  [Array.from({ length: 100 }, (_, index) => `p${index}`), [1], []],
  [Array.from({ length: 101 }, (_, index) => `p${index}`), [1], ["TOO_MANY"]],
])("parties %j of sides %j: %j", (places, sides, codes) => {
  expect(checkParties(places, sides).map(({ code }) => code)).toEqual(codes);
});

test("a term does not end before it begins", () => {
  const codes = (endsOn: string) => checkPairing({ name: "结对", signedOn: "2024-04-06", endsOn }).map(({ code }) => code);
  expect(codes("2024-04-05")).toEqual(["PERIOD_REVERSED"]);
  expect(codes("2024-04-06")).toEqual([]);
});

const days = fc.integer({ min: 0, max: 40 }).map((days) => new Date(Date.UTC(2024, 0, 1 + days)).toISOString().slice(0, 10));
const maybe = fc.option(days);
const time = (date: string | null): number => (date === null ? Number.POSITIVE_INFINITY : Date.parse(date));

test("a term that is to begin is not over, nor over before what it carries on; until further notice is always right", () => {
  fc.assert(
    fc.property(maybe, days, maybe, (endsOn, today, renewedEndsOn) => {
      const codes = checkTerm(endsOn, { today, renewedEndsOn }).map(({ code }) => code);
      const before = renewedEndsOn !== null && time(endsOn) < time(renewedEndsOn);
      expect(codes).toEqual([...(time(endsOn) < time(today) ? ["IN_PAST"] : []), ...(before ? ["BEFORE_RENEWED"] : [])]);
    }),
  );
});

test("a day of signing that stands leaves a term of a day at least, and follows what it carries on", () => {
  fc.assert(
    fc.property(maybe, fc.option(fc.tuple(maybe, days)), days, (endsOn, renewed, signedOn) => {
      const before = renewed && { endsOn: renewed[0], signedOn: renewed[1] };
      const right = checkSigning({ endsOn }, before, signedOn).length === 0;
      const inOrder = time(signedOn) <= time(endsOn);
      const follows =
        before === null || (time(before.signedOn) <= time(signedOn) && !(before.endsOn && time(endsOn) < time(before.endsOn)));
      expect(right).toBe(inOrder && follows);
    }),
  );
});

test("the terms are the kind, the fields and the end, and not their order of keys or who asks", () => {
  const terms = fc.record({
    kind: fc.constantFrom("TALENT", "OTHER"),
    fields: fc.array(fc.constantFrom("a", "b"), { maxLength: 2 }),
    endsOn: maybe,
  });
  fc.assert(
    fc.property(terms, terms, (one, other) => {
      const same = one.kind === other.kind && one.endsOn === other.endsOn && one.fields.join() === other.fields.join();
      expect(termsChanged(one, other)).toBe(!same);
    }),
    {
      examples: [
        [
          { kind: "OTHER", fields: ["a", "b"], endsOn: null },
          { kind: "OTHER", fields: ["a", "b"], endsOn: null },
        ],
      ],
    },
  );
});
