import { MATCH_STATES, type MatchState } from "@gongjian/entities-matching";
import fc from "fast-check";
import type { MatchSide } from "./match.policy";
import { accepted, LIVE_STATES, NEXT_STATES, roundStatesFor, type Stand } from "./match.rules";
import { inWords, whyNotInWords } from "./words";

const PROPOSED: Stand = { state: "PROPOSED", communityAccepted: false, organisationAccepted: false };

test("every way through the states is one that a match can go", () => {
  const ways: MatchState[][] = [];
  const walk = (way: MatchState[]): void => {
    const next = NEXT_STATES[way[way.length - 1]!];
    if (next.length === 0) ways.push(way);
    for (const state of next) walk([...way, state]);
  };
  walk(["SUGGESTED"]);
  expect(ways).toEqual([
    ["SUGGESTED", "PROPOSED", "ACCEPTED", "SIGNED", "FULFILLED"],
    ["SUGGESTED", "PROPOSED", "ACCEPTED", "DECLINED"],
    ["SUGGESTED", "PROPOSED", "DECLINED"],
  ]);
});

test("a match holds units from its proposal on, until it is declined", () => {
  expect(MATCH_STATES.filter((state) => !LIVE_STATES.includes(state))).toEqual(["SUGGESTED", "DECLINED", "LAPSED"]);
});

test("it is talked about in negotiation and carried out in execution", () => {
  for (const state of MATCH_STATES) expect(roundStatesFor(state)).toEqual([state === "FULFILLED" ? "EXECUTING" : "NEGOTIATING"]);
});

test("it is accepted exactly when both sides have accepted, in whatever order and however often", () => {
  const side = fc.constantFrom<MatchSide>("COMMUNITY", "ORGANISATION");
  fc.assert(
    fc.property(fc.array(fc.array(side, { maxLength: 2 }), { maxLength: 6 }), (answers) => {
      const end = answers.reduce<Stand>(accepted, PROPOSED);
      const sides = new Set(answers.flat());
      expect(end).toEqual({
        state: sides.size === 2 ? "ACCEPTED" : "PROPOSED",
        communityAccepted: sides.has("COMMUNITY"),
        organisationAccepted: sides.has("ORGANISATION"),
      });
    }),
  );
});

describe("words", () => {
  test("of an offer that was declined", () => {
    const declined = { reason: "DECLINED", facts: {}, unblock: [] };
    expect(inWords(declined, null)).toBe("双方曾经对接，其中一方婉拒。");
    expect(inWords(declined, "EN")).toBe("The two were proposed to each other and one side declined.");
  });

  test.each([
    [{ score: 5, price: 0, unitsLeft: 2 }, "该资源尚余2个名额：本需求已由更合适的资源满足。"],
    [{ score: 5, price: 5, unitsLeft: 0 }, "该资源的名额已用于其他需求：再多一个名额值5分。"],
    [{ score: 5, price: 9, unitsLeft: 0 }, "该资源的名额已用于其他需求：再多一个名额值9分，比本需求高4分。"],
  ])("of why not: %j", (alternative, words) => {
    expect(whyNotInWords(alternative, null)).toBe(words);
    expect(whyNotInWords(alternative, "ZH")).toBe(words);
  });

  test("of why not, in English", () => {
    expect(whyNotInWords({ score: 5, price: 9, unitsLeft: 0 }, "EN")).toBe(
      "Its units went to other needs, where one more would be worth 9 points, 4 more than this need.",
    );
    expect(whyNotInWords({ score: 5, price: 0, unitsLeft: 1 }, "EN")).toContain("1 unit(s) left");
  });
});
