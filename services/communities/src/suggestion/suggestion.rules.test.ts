import { SUGGESTION_ACTIONS, SUGGESTION_STATES, type SuggestionState } from "@gongjian/entities-communities";
import { checkWay } from "./suggestion.import";
import type { SuggestionRow } from "./suggestion.import.inputs";
import { actionsIn, ALLOWED_FROM, checkAnswer, mayTake, rate, stateAfter } from "./suggestion.rules";

const FINAL: readonly SuggestionState[] = ["ACCEPTED", "WITHDRAWN"];

test("from every state that is not final a way leads to an end that whoever raised it has a word in", () => {
  const reaches = (state: SuggestionState, seen: SuggestionState[] = []): boolean =>
    state === "ACCEPTED" ||
    SUGGESTION_ACTIONS.filter((action) => mayTake(action, state)).some((action) =>
      (["WILL_DO", "EXPLAINED"] as const).some((decision) => {
        const next = stateAfter(action, state, decision);
        return !seen.includes(next) && reaches(next, [...seen, next]);
      }),
    );
  for (const state of SUGGESTION_STATES.filter((state) => !FINAL.includes(state))) expect([state, reaches(state)]).toEqual([state, true]);
});

test("what is final stays: only whether it is public may change", () => {
  for (const state of FINAL) {
    const moving = actionsIn(state).filter((action) => stateAfter(action, state) !== state);
    expect([state, moving]).toEqual([state, []]);
  }
});

test("nothing vanishes: no action leads to a state that the list does not know", () => {
  for (const action of SUGGESTION_ACTIONS)
    for (const state of ALLOWED_FROM[action]) expect(SUGGESTION_STATES).toContain(stateAfter(action, state, "WILL_DO"));
});

test("an explanation ends the work, a promise does not", () => {
  expect(stateAfter("ANSWER", "ASSIGNED", "EXPLAINED")).toBe("DONE");
  expect(stateAfter("ANSWER", "ASSIGNED", "WILL_DO")).toBe("ANSWERED");
});

test("a promise needs a day that has not gone by, an explanation none", () => {
  const codes = (answer: Parameters<typeof checkAnswer>[0]) => checkAnswer(answer, "2024-06-10", "2027-06-10").map(({ code }) => code);
  expect(codes({ decision: "WILL_DO", text: "七月底前完成", promisedOn: "2024-07-31" })).toEqual([]);
  expect(codes({ decision: "WILL_DO", text: "会做" })).toEqual(["REQUIRED"]);
  expect(codes({ decision: "WILL_DO", text: "会做", promisedOn: "2024-06-09" })).toEqual(["PERIOD_REVERSED"]);
  expect(codes({ decision: "WILL_DO", text: "会做", promisedOn: "2030-01-01" })).toEqual(["OUT_OF_RANGE"]);
  expect(codes({ decision: "EXPLAINED", text: "已有规定", promisedOn: "2024-07-31" })).toEqual(["NOT_ALLOWED"]);
  expect(codes({ decision: "EXPLAINED", text: " " })).toEqual(["REQUIRED"]);
});

test("a rate of nothing is unknown, never 0", () => {
  expect([rate(0, 0), rate(1, 3), rate(3, 3), rate(0, 2)]).toEqual([null, 0.333, 1, 0]);
});

const ROW: SuggestionRow = {
  key: "s-1",
  communityId: "c",
  title: "增设停车棚",
  body: "希望增设停车棚",
  topic: "TRANSPORT",
  channel: "DIALOGUE",
  raisedOn: "2021-06-10",
};
const ANSWERED = {
  assignee: { regionCode: "510115" },
  decision: "WILL_DO",
  answer: "将建",
  answeredOn: "2021-06-15",
  promisedOn: "2021-09-01",
} as const;
const codesOf = (row: Partial<SuggestionRow>) => checkWay({ ...ROW, ...row }, "2024-01-01").map(({ field, code }) => `${field} ${code}`);

test.each<[string, Partial<SuggestionRow>, string[]]>([
  ["raised alone", {}, []],
  ["answered", ANSWERED, []],
  ["done and rated", { ...ANSWERED, doneOn: "2021-08-20", outcome: "已建成", rating: 5 }, []],
  ["explained and rated", { ...ANSWERED, decision: "EXPLAINED", promisedOn: null, rating: 4 }, []],
  ["an answer without a decision", { ...ANSWERED, decision: null }, ["decision REQUIRED"]],
  ["an answer that nobody gave", { ...ANSWERED, assignee: null }, ["assignee REQUIRED"]],
  ["done without an answer", { doneOn: "2021-08-20", outcome: "已建成" }, ["decision REQUIRED"]],
  ["answered before it was raised", { ...ANSWERED, answeredOn: "2021-06-09" }, ["answeredOn PERIOD_REVERSED"]],
  ["done before the answer", { ...ANSWERED, doneOn: "2021-06-14", outcome: "已建成" }, ["doneOn PERIOD_REVERSED"]],
  ["raised tomorrow", { raisedOn: "2024-01-02" }, ["raisedOn IN_FUTURE"]],
  ["rated while it waits", { ...ANSWERED, rating: 5 }, ["rating NOT_ALLOWED"]],
  ["a rating of 6", { ...ANSWERED, doneOn: "2021-08-20", outcome: "已建成", rating: 6 }, ["rating OUT_OF_RANGE"]],
])("a row of a list: %s", (_what, row, expected) => {
  expect(codesOf(row)).toEqual(expected);
});
