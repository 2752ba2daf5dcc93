import { stableId, statement, type CommandTransaction } from "@gongjian/database";
import { SurveyEntity, SurveyResponseEntity } from "@gongjian/entities-communities";
import {
  asGiven,
  bulkUpsert,
  checkText,
  ensureAmong,
  roleAmong,
  type BulkOutcome,
  type IdempotencyConflict,
  type InputProblem,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { checkPlace, findPlace, givenFields, type FoundPlace } from "../place/place";
import type { ImportSurveyResponsesInput, ImportSurveysInput, SurveyResponseRow, SurveyRow } from "./survey.inputs";
import { canImportResponses, canKeepSurvey, RESPONSE_IMPORTERS, SURVEY_KEEPERS } from "./survey.policy";
import { answersInOrder, checkQuestions, checkSurvey, checkSurveyPeriod, digestOf, type QuestionDraft } from "./survey.rules";
import { BY_KEYS, periodsOf, periodToAnswer, questionsIn, writePeriod, writeQuestions } from "./survey.store";
import type { Survey, SurveyPeriod, SurveyQuestion } from "./survey.type";

interface Values {
  title: string;
  regionCode: string;
  communityId: string | null;
  questions: QuestionDraft[];
  periods: { name: string; startsOn: string; endsOn: string }[];
  illustrative: boolean;
  source: string | null;
}

interface Stored extends Survey {
  questions: QuestionDraft[];
  periods: SurveyPeriod[];
}

const plain = ({ name, startsOn, endsOn }: { name: string; startsOn: string; endsOn: string }) => ({ name, startsOn, endsOn });
const asked = ({ field, kind, text }: QuestionDraft): QuestionDraft => ({ field, kind, text: text.trim() });
const storedValues = ({ title, regionCode, communityId, questions, periods, illustrative, source }: Stored): Values => ({
  title,
  regionCode,
  communityId,
  questions: questions.map(asked),
  periods: periods.map(plain),
  illustrative,
  source,
});

/** Periods of a survey as given and as stored: a name that is there already keeps its days, the others follow. */
const together = (stored: readonly SurveyPeriod[], given: readonly { name: string; startsOn: string; endsOn: string }[]) => [
  ...stored.map(plain),
  ...given.filter(({ name }) => stored.every((period) => period.name !== name.trim())).map(plain),
];

function checkPeriods(periods: readonly { name: string; startsOn: string; endsOn: string }[]): InputProblem[] {
  const ordered = [...periods].sort((a, b) => (a.startsOn < b.startsOn ? -1 : 1));
  const overlapping = ordered.some(({ startsOn }, index) => index > 0 && startsOn <= ordered[index - 1]!.endsOn);
  return [
    ...periods.flatMap((period) => checkSurveyPeriod(period).map((problem) => ({ ...problem, field: "periods" }))),
    ...(overlapping ? [{ field: "periods", code: "OVERLAP", message: "Periods of one survey do not overlap." }] : []),
  ];
}

/** Creates and revises surveys, and opens their periods. Nothing that was asked or answered is rewritten. */
export async function importSurveys(context: Context, input: ImportSurveysInput): Promise<BulkOutcome | IdempotencyConflict> {
  const { viewer } = context;
  ensureAmong(viewer, SURVEY_KEEPERS);
  const places = new Map<SurveyRow, FoundPlace | null>();
  await Promise.all(
    input.rows.map(async (row) => {
      const where = { communityId: row.communityId, regionCode: row.regionCode };
      places.set(row, givenFields(where).length === 1 ? await findPlace(context, where) : null);
    }),
  );
  return bulkUpsert<SurveyRow, Values, Stored>(context, input, {
    operation: "importSurveys",
    concept: "survey",
    role: roleAmong(viewer, SURVEY_KEEPERS),
    rows: input.rows,
    keyOf: ({ key }) => key,
    check: (row) => [
      ...checkSurvey(row),
      ...checkPlace("", { communityId: row.communityId, regionCode: row.regionCode }, places.get(asGiven(row))!).map((problem) =>
        problem.field === "" ? { ...problem, field: "communityId" } : problem,
      ),
      ...checkQuestions(row.questions),
      ...checkPeriods(row.periods ?? []),
    ],
    existing: async (tx, keys) => {
      const rows = await tx.rows<Survey>(BY_KEYS, [keys.filter((key) => !key.includes("\0"))]);
      const periods =
        rows.length === 0
          ? []
          : await periodsOf(
              tx,
              rows.map(({ id }) => id),
            );
      const stored = new Map<string, Stored>();
      for (const row of rows) {
        const questions = await questionsIn(tx, row.id, row.questionnaire);
        stored.set(row.key!, { ...row, questions, periods: periods.filter(({ surveyId }) => surveyId === row.id) });
      }
      return stored;
    },
    idOf: ({ id }) => id,
    newId: ({ key }) => stableId("survey", key),
    toValues: (row, existing) => ({
      title: row.title.trim(),
      regionCode: places.get(asGiven(row))!.regionCode!,
      communityId: places.get(asGiven(row))!.communityId,
      questions: row.questions.map(asked),
      periods: together(existing?.periods ?? [], row.periods ?? []),
      illustrative: row.illustrative ?? false,
      source: row.source ?? null,
    }),
    storedValues,
    // what names the place is told in one of two fields, so that it is always told
    kept: ({ illustrative, source }) => ({ illustrative, source }),
    permit: (row, existing) =>
      canKeepSurvey(viewer, places.get(asGiven(row))!.scopes) &&
      (existing === null ||
        (existing.regionCode === places.get(asGiven(row))!.regionCode && existing.communityId === places.get(asGiven(row))!.communityId)),
    frozen: (row, existing) =>
      existing === null
        ? []
        : checkPeriods(together(existing.periods, row.periods ?? [])).map((problem) => ({ ...problem, field: "periods" })),
    write: async (tx, records) => {
      for (const { id, values, existing } of records)
        await writeSurvey(tx, id, input.rows.find(({ key }) => stableId("survey", key) === id)?.key ?? existing!.key!, values, existing);
    },
  });
}

async function writeSurvey(tx: CommandTransaction, id: string, key: string, values: Values, existing: Stored | null): Promise<void> {
  const { title, regionCode, communityId, illustrative, source } = values;
  const revised = existing !== null && JSON.stringify(existing.questions.map(asked)) !== JSON.stringify(values.questions);
  const questionnaire = (existing?.questionnaire ?? 1) + (revised ? 1 : 0);
  if (existing === null)
    await tx.manager.insert(SurveyEntity, { id, key, title, regionCode, communityId, questionnaire, illustrative, source });
  else await tx.manager.update(SurveyEntity, { id }, { title, questionnaire, illustrative, source });
  if (existing === null || revised) await writeQuestions(tx, id, questionnaire, values.questions);
  for (const period of values.periods.slice(existing?.periods.length ?? 0)) await writePeriod(tx, { id, questionnaire }, period);
}

const ENTERED = statement(
  "survey_responses_entered",
  `SELECT r.respondent FROM survey_response r WHERE r.period_id = $1::uuid AND r.respondent = ANY($2::text[])`,
);

interface Found {
  survey: Survey;
  period: SurveyPeriod;
  questions: SurveyQuestion[];
}

const nameOf = (row: SurveyResponseRow): string => JSON.stringify([row.surveyKey, row.period]);
/** Every community numbers its papers from 1. */
const serialOf = (row: SurveyResponseRow): string => JSON.stringify([row.surveyKey, row.period, row.communityId.toLowerCase(), row.key]);

/** Enters what came in on paper. A serial number that is there already stays as it is: it is not told again what it said. */
export async function importSurveyResponses(
  context: Context,
  input: ImportSurveyResponsesInput,
): Promise<BulkOutcome | IdempotencyConflict> {
  const { viewer } = context;
  ensureAmong(viewer, RESPONSE_IMPORTERS);
  const places = new Map<string, FoundPlace | null>();
  for (const id of new Set(input.rows.map(({ communityId }) => communityId))) places.set(id, await findPlace(context, { communityId: id }));
  const today = await context.calendars.today();
  const found = new Map<string, Found>();
  const digests = new Map<SurveyResponseRow, string>();
  return bulkUpsert<SurveyResponseRow, { periodId: string }, { id: string; periodId: string }>(context, input, {
    operation: "importSurveyResponses",
    concept: "surveyResponse",
    role: roleAmong(viewer, RESPONSE_IMPORTERS),
    rows: input.rows,
    keyOf: serialOf,
    existing: async (tx) => {
      await findPeriods(tx, input.rows, found);
      return stored(tx, input.rows, found, digests);
    },
    check: (row) => checkResponse(row, places.get(row.communityId) ?? null, found.get(nameOf(row)), today),
    idOf: ({ id }) => id,
    newId: (row) => stableId("surveyResponse", serialOf(row)),
    toValues: (row) => ({ periodId: found.get(nameOf(row))!.period.id }),
    storedValues: ({ periodId }) => ({ periodId }),
    permit: (row) => canImportResponses(viewer, places.get(row.communityId)!.scopes),
    write: async (tx, records) => {
      const ids = new Set(records.map(({ id }) => id));
      const entered = input.rows.filter((row) => ids.has(stableId("surveyResponse", serialOf(row))));
      const rows = entered.map((row) => {
        const { period, questions } = found.get(nameOf(row))!;
        const { answers } = answersInOrder(questions, row.answers);
        return { periodId: period.id, respondent: digests.get(row)!, communityId: places.get(row.communityId)!.communityId!, answers };
      });
      if (rows.length > 0) await tx.manager.insert(SurveyResponseEntity, rows);
    },
  });
}

function checkResponse(row: SurveyResponseRow, place: FoundPlace | null, known: Found | undefined, today: string): InputProblem[] {
  const problems = checkText("key", row.key, { least: 1, most: 100 });
  if (!place) problems.push({ field: "communityId", code: "UNKNOWN_REFERENCE", message: "There is no such community." });
  if (!known) return [...problems, { field: "period", code: "UNKNOWN_REFERENCE", message: "There is no such period of such a survey." }];
  const { survey } = known;
  const held =
    survey.communityId === null ? place?.region?.scopeCodes.includes(survey.regionCode) : survey.communityId === place?.communityId;
  if (place && held !== true) problems.push({ field: "communityId", code: "OUTSIDE", message: "The survey is not held there." });
  if (known.period.startsOn > today) problems.push({ field: "period", code: "IN_FUTURE", message: "The period has not begun." });
  if (known.period.closedOn !== null) problems.push({ field: "period", code: "CLOSED", message: "The period is closed." });
  return [...problems, ...answersInOrder(known.questions, row.answers).problems];
}

async function findPeriods(tx: CommandTransaction, rows: readonly SurveyResponseRow[], found: Map<string, Found>): Promise<void> {
  const keys = [...new Set(rows.map(({ surveyKey }) => surveyKey))].filter((key) => !key.includes("\0"));
  const surveys = await tx.rows<Survey>(BY_KEYS, [keys]);
  const periods =
    surveys.length === 0
      ? []
      : await periodsOf(
          tx,
          surveys.map(({ id }) => id),
        );
  for (const period of periods) {
    const survey = surveys.find(({ id }) => id === period.surveyId)!;
    const questions = await questionsIn(tx, survey.id, period.questionnaire);
    found.set(JSON.stringify([survey.key, period.name]), { survey, period, questions });
  }
}

/** Which of the serial numbers are there already, by their digests under the periods' salts. */
async function stored(
  tx: CommandTransaction,
  rows: readonly SurveyResponseRow[],
  found: Map<string, Found>,
  digests: Map<SurveyResponseRow, string>,
): Promise<Map<string, { id: string; periodId: string }>> {
  const salts = new Map<string, Buffer | null>();
  for (const { period } of found.values()) salts.set(period.id, (await periodToAnswer(tx, period.id)).salt);
  for (const row of rows) {
    const salt = salts.get(found.get(nameOf(row))?.period.id ?? "");
    if (salt) digests.set(row, digestOf(salt, "paper", row.communityId.toLowerCase(), row.key));
  }
  const known = new Map<string, { id: string; periodId: string }>();
  for (const periodId of salts.keys()) {
    const asked = rows.filter((row) => found.get(nameOf(row))?.period.id === periodId && digests.has(row));
    const there = await tx.rows<{ respondent: string }>(ENTERED, [periodId, asked.map((row) => digests.get(row)!)]);
    const respondents = new Set(there.map(({ respondent }) => respondent));
    for (const row of asked)
      if (respondents.has(digests.get(row)!)) {
        const key = serialOf(row);
        known.set(key, { id: stableId("surveyResponse", key), periodId });
      }
  }
  return known;
}
