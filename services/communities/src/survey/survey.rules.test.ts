import fc from "fast-check";
import { answersInOrder, checkQuestions, checkSurveyPeriod, digestOf, LEAST_ANSWERS, shown, summary } from "./survey.rules";

const QUESTIONS = [
  { position: 1, kind: "RATING" as const },
  { position: 2, kind: "YES_NO" as const },
  { position: 3, kind: "RATING" as const },
];

test("answers come out by position, null where a question was passed over", () => {
  expect(
    answersInOrder(QUESTIONS, [
      { position: 3, value: 5 },
      { position: 2, value: 0 },
    ]),
  ).toEqual({ answers: [null, 0, 5], problems: [] });
});

test.each([
  [[{ position: 4, value: 1 }], "UNKNOWN_REFERENCE"],
  [[{ position: 1, value: 0 }], "OUT_OF_RANGE"],
  [[{ position: 1, value: 6 }], "OUT_OF_RANGE"],
  [[{ position: 2, value: 2 }], "OUT_OF_RANGE"],
  [[{ position: 1, value: 2.5 }], "OUT_OF_RANGE"],
  [
    [
      { position: 1, value: 2 },
      { position: 1, value: 3 },
    ],
    "DUPLICATE_KEY",
  ],
  [[], "REQUIRED"],
])("%j is refused", (given, code) => {
  expect(answersInOrder(QUESTIONS, given).problems.map((problem) => problem.code)).toEqual([code]);
});

test("cells of 1 to 4 answers say nothing, neither how many nor what", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 40 }), (values) => {
      const sum = values.reduce((total, value) => total + value, 0);
      const content = values.filter((value) => value >= 4).length;
      const cell = summary(values.length, sum, content);
      if (values.length < LEAST_ANSWERS) {
        expect(cell).toEqual({ mean: null, content: null });
        expect(shown(values.length)).toBe(values.length === 0 ? 0 : null);
      } else {
        expect(shown(values.length)).toBe(values.length);
        expect(Math.abs(cell.mean! - sum / values.length)).toBeLessThanOrEqual(0.005 + 1e-9);
        expect(cell.content).toBeCloseTo(content / values.length, 3);
      }
    }),
  );
});

test("a digest tells respondents apart under one salt, and nothing across salts", () => {
  const [a, b] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  expect(digestOf(a, "issuer", "x")).toBe(digestOf(a, "issuer", "x"));
  expect(
    new Set([digestOf(a, "issuer", "x"), digestOf(a, "issuer", "y"), digestOf(a, null, "issuer,x"), digestOf(b, "issuer", "x")]).size,
  ).toBe(4);
});

test("a questionnaire has 1 to 50 questions with a text, and a period does not end before it begins", () => {
  const question = { field: "HEALTH", kind: "RATING" as const, text: "就医方便吗" };
  expect(checkQuestions([question])).toEqual([]);
  expect(checkQuestions([])[0]!.code).toBe("OUT_OF_RANGE");
  expect(checkQuestions(Array(51).fill(question))[0]!.code).toBe("OUT_OF_RANGE");
  expect(checkQuestions([{ ...question, text: " " }])[0]!.field).toBe("questions.0.text");
  expect(checkSurveyPeriod({ name: "上半年", startsOn: "2022-06-30", endsOn: "2022-01-01" })[0]!.code).toBe("PERIOD_REVERSED");
});
