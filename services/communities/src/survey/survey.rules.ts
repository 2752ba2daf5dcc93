import { createHmac } from "node:crypto";
import type { QuestionKind } from "@gongjian/entities-communities";
import { checkPeriod, checkText, type InputProblem } from "@gongjian/subgraph";

/** Below so many answers a cell says too much about those who gave them. */
export const LEAST_ANSWERS = 5;
export const MOST_QUESTIONS = 50;

const RANGE: Record<QuestionKind, readonly [number, number]> = { RATING: [1, 5], YES_NO: [0, 1] };

export interface QuestionDraft {
  field: string;
  kind: QuestionKind;
  text: string;
}

/** What is wrong with a questionnaire as given. */
export function checkQuestions(questions: readonly QuestionDraft[]): InputProblem[] {
  if (questions.length < 1 || questions.length > MOST_QUESTIONS)
    return [{ field: "questions", code: "OUT_OF_RANGE", message: `A questionnaire has 1 to ${MOST_QUESTIONS} questions.` }];
  return questions.flatMap(({ text }, index) => checkText(`questions.${index}.text`, text, { least: 1, most: 300 }));
}

export const checkSurvey = (draft: { title: string; key?: string | null; source?: string | null }): InputProblem[] => [
  ...checkText("title", draft.title, { least: 1, most: 100 }),
  ...(draft.key === null || draft.key === undefined ? [] : checkText("key", draft.key, { least: 1, most: 100 })),
  ...checkText("source", draft.source, { most: 200 }),
];

export const checkSurveyPeriod = (draft: { name: string; startsOn: string; endsOn: string }): InputProblem[] => [
  ...checkText("name", draft.name, { least: 1, most: 50 }),
  ...checkPeriod("endsOn", draft.startsOn, draft.endsOn),
];

export interface AnswerDraft {
  position: number;
  value: number;
}

/** The answers by position, null where a question was passed over; or what is wrong with them. At least one is answered. */
export function answersInOrder(
  questions: readonly { position: number; kind: QuestionKind }[],
  given: readonly AnswerDraft[],
): { answers: (number | null)[]; problems: InputProblem[] } {
  const problems: InputProblem[] = [];
  const known = new Map(questions.map((question) => [question.position, question.kind]));
  const byPosition = new Map<number, number>();
  given.forEach(({ position, value }, index) => {
    const kind = known.get(position);
    const field = `answers.${index}`;
    if (kind === undefined) return void problems.push({ field, code: "UNKNOWN_REFERENCE", message: "There is no such question." });
    if (byPosition.has(position)) return void problems.push({ field, code: "DUPLICATE_KEY", message: "The question is answered twice." });
    const [least, most] = RANGE[kind];
    if (!Number.isInteger(value) || value < least || value > most)
      return void problems.push({ field, code: "OUT_OF_RANGE", message: `The answer must be between ${least} and ${most}.` });
    byPosition.set(position, value);
  });
  if (given.length === 0) problems.push({ field: "answers", code: "REQUIRED", message: "At least one question is answered." });
  return { answers: questions.map(({ position }) => byPosition.get(position) ?? null), problems };
}

/** A respondent's digest: the same one in the same period, telling nothing once the salt is gone. HMAC-SHA-256 (RFC 2104). */
export const digestOf = (salt: Buffer, ...parts: readonly (string | null)[]): string =>
  createHmac("sha256", salt).update(JSON.stringify(parts)).digest("hex");

/** A count that is shown: 0, or at least LEAST_ANSWERS. */
export const shown = (count: number): number | null => (count > 0 && count < LEAST_ANSWERS ? null : count);

/** Mean in hundredths and share of content in thousandths, where enough answered. */
export function summary(count: number, sum: number, content: number): { mean: number | null; content: number | null } {
  if (count < LEAST_ANSWERS) return { mean: null, content: null };
  return { mean: Math.round((100 * sum) / count) / 100, content: Math.round((1_000 * content) / count) / 1_000 };
}
