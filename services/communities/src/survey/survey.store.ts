import { randomBytes } from "node:crypto";
import { stableId, statement, type CommandTransaction } from "@gongjian/database";
import { SurveyPeriodEntity, SurveyQuestionEntity, type ServiceField } from "@gongjian/entities-communities";
import { inOrder, defineLoader, groupsInOrder } from "@gongjian/subgraph";
import type { Context } from "../context";
import type { QuestionDraft } from "./survey.rules";
import type { Survey, SurveyPeriod, SurveyQuestion } from "./survey.type";

export const SURVEY_COLUMNS = `u.id, u.key, u.title, u.questionnaire, u.illustrative, u.source, u.version, u.region_code AS "regionCode", u.community_id AS "communityId"`;
export const PERIOD_COLUMNS = `p.id, p.survey_id AS "surveyId", p.name, p.questionnaire, p.starts_on AS "startsOn", p.ends_on AS "endsOn", p.closed_on AS "closedOn", p.version`;
const QUESTION_COLUMNS = `q.survey_id AS "surveyId", q.questionnaire, q.position, q.field, q.kind, q.text`;

const BY_ID = statement("survey_by_id", `SELECT ${SURVEY_COLUMNS} FROM survey u WHERE u.id = ANY($1::uuid[])`);
const LOCKED = statement("survey_locked", `SELECT ${SURVEY_COLUMNS} FROM survey u WHERE u.id = $1::uuid FOR NO KEY UPDATE`);
export const BY_KEYS = statement(
  "survey_by_keys",
  `SELECT ${SURVEY_COLUMNS} FROM survey u WHERE u.key = ANY($1::text[]) ORDER BY u.id FOR NO KEY UPDATE`,
);
const PERIOD_BY_ID = statement("survey_period_by_id", `SELECT ${PERIOD_COLUMNS} FROM survey_period p WHERE p.id = ANY($1::uuid[])`);
const PERIODS_OF = statement(
  "survey_periods_of",
  `SELECT ${PERIOD_COLUMNS} FROM survey_period p WHERE p.survey_id = ANY($1::uuid[]) ORDER BY p.starts_on, p.id`,
);
const PERIOD_LOCKED = statement(
  "survey_period_locked",
  `SELECT ${PERIOD_COLUMNS} FROM survey_period p WHERE p.id = $1::uuid FOR NO KEY UPDATE`,
);
/** Locked against closing, so that the salt is there until the answer is. */
const PERIOD_ANSWERED = statement(
  "survey_period_answered",
  `SELECT ${PERIOD_COLUMNS}, p.salt FROM survey_period p WHERE p.id = $1::uuid FOR SHARE`,
);
const QUESTIONS = statement(
  "survey_questions",
  `SELECT ${QUESTION_COLUMNS} FROM survey_question q JOIN unnest($1::uuid[], $2::integer[]) AS k(survey_id, questionnaire)
   ON q.survey_id = k.survey_id AND q.questionnaire = k.questionnaire ORDER BY q.position`,
);

export const surveyById = defineLoader<Context, string, Survey | null>(async (context, ids) =>
  inOrder(ids, await context.rows<Survey>(BY_ID, [ids]), (row) => row.id),
);
export const periodById = defineLoader<Context, string, SurveyPeriod | null>(async (context, ids) =>
  inOrder(ids, await context.rows<SurveyPeriod>(PERIOD_BY_ID, [ids]), (row) => row.id),
);

/** The questions of `survey id/questionnaire number`. */
export const questionsOf = defineLoader<Context, string, SurveyQuestion[]>(async (context, keys) => {
  const parts = keys.map((key) => key.split("/"));
  const rows = await context.rows<SurveyQuestion>(QUESTIONS, [parts.map(([id]) => id), parts.map(([, number]) => Number(number))]);
  return groupsInOrder(keys, rows, (row) => `${row.surveyId}/${row.questionnaire}`);
});
export const questionsKey = (surveyId: string, questionnaire: number): string => `${surveyId}/${questionnaire}`;

export async function lockSurvey(tx: CommandTransaction, id: string): Promise<Survey | null> {
  const [row] = await tx.rows<Survey>(LOCKED, [id]);
  return row ?? null;
}

export async function lockPeriod(tx: CommandTransaction, id: string): Promise<SurveyPeriod> {
  const [row] = await tx.rows<SurveyPeriod>(PERIOD_LOCKED, [id]);
  return row!;
}

export async function periodToAnswer(tx: CommandTransaction, id: string): Promise<SurveyPeriod & { salt: Buffer | null }> {
  const [row] = await tx.rows<SurveyPeriod & { salt: Buffer | null }>(PERIOD_ANSWERED, [id]);
  return row!;
}

export const periodsOf = (tx: CommandTransaction, ids: readonly string[]): Promise<SurveyPeriod[]> =>
  tx.rows<SurveyPeriod>(PERIODS_OF, [ids]);

export const questionsIn = (tx: CommandTransaction, surveyId: string, questionnaire: number): Promise<SurveyQuestion[]> =>
  tx.rows<SurveyQuestion>(QUESTIONS, [[surveyId], [questionnaire]]);

export async function writeQuestions(
  tx: CommandTransaction,
  surveyId: string,
  questionnaire: number,
  questions: readonly QuestionDraft[],
): Promise<void> {
  const rows = questions.map(({ field, kind, text }, index) => ({
    surveyId,
    questionnaire,
    position: index + 1,
    field: field as ServiceField,
    kind,
    text: text.trim(),
  }));
  await tx.manager.insert(SurveyQuestionEntity, rows);
}

/** A new period, with a salt of its own. */
export async function writePeriod(
  tx: CommandTransaction,
  survey: { id: string; questionnaire: number },
  { name, startsOn, endsOn }: { name: string; startsOn: string; endsOn: string },
): Promise<string> {
  const id = stableId("surveyPeriod", `${survey.id} ${name.trim()}`);
  await tx.manager.insert(SurveyPeriodEntity, {
    id,
    surveyId: survey.id,
    questionnaire: survey.questionnaire,
    name: name.trim(),
    startsOn,
    endsOn,
    salt: randomBytes(32),
  });
  return id;
}

export async function readSurvey(tx: CommandTransaction, id: string): Promise<Survey & { __typename: "Survey" }> {
  const [row] = await tx.rows<Survey>(BY_ID, [[id]]);
  return { ...row!, __typename: "Survey" };
}

export async function readPeriod(tx: CommandTransaction, id: string): Promise<SurveyPeriod & { __typename: "SurveyPeriod" }> {
  const [row] = await tx.rows<SurveyPeriod>(PERIOD_BY_ID, [[id]]);
  return { ...row!, __typename: "SurveyPeriod" };
}
