import { CRITERIA, DEFAULT_WEIGHTS } from "@gongjian/assignment";
import { ROUND_STATES, type RoundState } from "@gongjian/entities-matching";
import fc from "fast-check";
import { checkRound, guards, nextState, weightsOf, type RoundFigures } from "./round.rules";

const ready: RoundFigures = { needs: 1, offers: 1, matched: true, suggested: 0, proposed: 0, accepted: 0, signed: 1, fulfilled: 0 };
const codes = (to: RoundState, change: Partial<RoundFigures>) => guards(to, { ...ready, ...change }).map(({ code }) => code);

describe("steps", () => {
  test("every state leads to the one after it, and the last to none", () => {
    const walked: RoundState[] = ["DRAFT"];
    for (let next = nextState("DRAFT"); next !== null; next = nextState(next)) walked.push(next);
    expect(walked).toEqual([...ROUND_STATES]);
  });

  test.each<[RoundState, Partial<RoundFigures>, string[]]>([
    ["COLLECTING", { needs: 0, offers: 0, matched: false, signed: 0 }, []],
    ["PUBLISHED", {}, []],
    ["PUBLISHED", { needs: 0 }, ["NO_NEEDS"]],
    ["PUBLISHED", { offers: 0 }, ["NO_OFFERS"]],
    ["PUBLISHED", { needs: 0, offers: 0 }, ["NO_NEEDS", "NO_OFFERS"]],
    ["NEGOTIATING", {}, []],
    ["NEGOTIATING", { matched: false }, ["NOT_MATCHED"]],
    ["SIGNED", {}, []],
    ["SIGNED", { proposed: 1 }, ["MATCHES_UNSETTLED"]],
    ["SIGNED", { accepted: 1 }, ["MATCHES_UNSETTLED"]],
    ["SIGNED", { signed: 0 }, ["NOTHING_SIGNED"]],
    ["SIGNED", { proposed: 2, signed: 0 }, ["MATCHES_UNSETTLED", "NOTHING_SIGNED"]],
    ["EVALUATED", {}, ["MATCHES_UNFULFILLED"]],
    ["EVALUATED", { signed: 0, fulfilled: 3 }, []],
  ])("to %s with %j: %j", (to, change, expected) => {
    expect(codes(to, change)).toEqual(expected);
  });
});

describe("a round as given", () => {
  const draft = { key: "k", title: "清单", year: 2024 };
  const fields = (change: object) => checkRound({ ...draft, ...change }).map(({ field, code }) => `${field} ${code}`);
  const weights = CRITERIA.map((criterion) => ({ criterion, weight: DEFAULT_WEIGHTS[criterion] }));

  test.each<[string, object, string[]]>([
    ["is good", {}, []],
    ["without a key", { key: null }, []],
    ["with the platform's weights", { weights }, []],
    ["without a title", { title: "  " }, ["title REQUIRED"]],
    ["with a long title", { title: "题".repeat(201) }, ["title TOO_LONG"]],
    ["with a NUL", { title: "a\0" }, ["title INVALID_CHARACTER"]],
    ["of no year", { year: 20240 }, ["year OUT_OF_RANGE"]],
    ["with an empty key", { key: "" }, ["key REQUIRED"]],
    ["with a criterion left out", { weights: weights.slice(1) }, ["weights INCOMPLETE"]],
    ["with a criterion twice", { weights: [weights[0], ...weights.slice(0, 5)] }, ["weights INCOMPLETE"]],
  ])("%s", (_name, change, expected) => {
    expect(fields(change)).toEqual(expected);
  });

  test("weights are taken exactly when none is negative and they add up to 1,000", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 400 }), { minLength: 6, maxLength: 6 }), fc.boolean(), (numbers, balanced) => {
        const given = balanced ? [...numbers.slice(0, 5), 1000 - numbers.slice(0, 5).reduce((sum, n) => sum + n, 0)] : numbers;
        const good = given.every((n) => n >= 0) && given.reduce((sum, n) => sum + n, 0) === 1000;
        expect(fields({ weights: CRITERIA.map((criterion, index) => ({ criterion, weight: given[index]! })) })).toEqual(
          good ? [] : ["weights OUT_OF_RANGE"],
        );
      }),
    );
  });

  test("a round without weights of its own has the platform's", () => {
    expect(weightsOf(null)).toEqual(DEFAULT_WEIGHTS);
    expect(weightsOf({ ...DEFAULT_WEIGHTS, PROXIMITY: 0, TRACK_RECORD: 250 }).TRACK_RECORD).toBe(250);
  });
});
