import { PAIRING_STATES } from "@gongjian/entities-communities";
import { checkPairing, checkParties, isHeld, nextStates } from "./pairing.rules";

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
