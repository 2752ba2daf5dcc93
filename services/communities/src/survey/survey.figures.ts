import { statement } from "@gongjian/database";
import { defineLoader, nestedList, type ListArgs, type ListQuery, type Viewer } from "@gongjian/subgraph";
import { OFFICE_ZONE } from "../calendar/calendar.rules";
import type { Context } from "../context";
import { LEAST_ANSWERS, shown, summary } from "./survey.rules";
import { questionsKey, questionsOf } from "./survey.store";
import type { SurveyPlace, SurveyPeriod, SurveyResult } from "./survey.type";

const TODAY = `(now() AT TIME ZONE '${OFFICE_ZONE}')::date`;
/** A period is over on the day after its last one, or when it is closed. */
export const OVER = `(p.closed_on IS NOT NULL OR p.ends_on < ${TODAY})`;

interface Cell {
  /** Of a place: whether it is left out. */
  hidden?: boolean;
  periodId: string;
  communityId: string | null;
  position: number;
  answers: number;
  sum: number;
  content: number;
}

/** One row a period (and a community) and question; content: 4 and 5, or yes. Passed-over questions do not count. */
const cells = (name: string, place: string, grouping: string) =>
  statement(
    name,
    `SELECT r.period_id AS "periodId", ${place} AS "communityId", a.position::integer, count(a.value)::integer AS answers, coalesce(sum(a.value), 0)::integer AS sum,
       count(*) FILTER (WHERE (q.kind = 'RATING' AND a.value >= 4) OR (q.kind = 'YES_NO' AND a.value = 1))::integer AS content
     FROM survey_response r JOIN survey_period p ON p.id = r.period_id
     CROSS JOIN LATERAL unnest(r.answers) WITH ORDINALITY AS a(value, position)
     JOIN survey_question q ON q.survey_id = p.survey_id AND q.questionnaire = p.questionnaire AND q.position = a.position
     WHERE ${grouping}`,
  );
const OF_PERIODS = cells("survey_cells_of_periods", "NULL", "r.period_id = ANY($1::uuid[]) GROUP BY r.period_id, a.position");

/**
 * Which places' counts would tell of 1 to 4 people: theirs, and where those of a period are together still so few, that of the smallest
 * other place, because the whole less the rest would tell them (complementary suppression; Willenborg and de Waal, Elements of
 * Statistical Disclosure Control, 2001). `answers` is the count, `whole` what it is a part of.
 */
const withHidden = (from: string, whole: string): string =>
  `SELECT k.*, (k.answers BETWEEN 1 AND ${LEAST_ANSWERS - 1} OR (k.answers >= ${LEAST_ANSWERS} AND k.few BETWEEN 1 AND ${LEAST_ANSWERS - 1} AND k.nth = 1)) AS hidden
   FROM (SELECT c.*, sum(c.answers) FILTER (WHERE c.answers < ${LEAST_ANSWERS}) OVER (PARTITION BY ${whole}) AS few,
     row_number() OVER (PARTITION BY ${whole}, c.answers >= ${LEAST_ANSWERS} ORDER BY c.answers, c."communityId") AS nth FROM (${from}) c) k
   WHERE (k."periodId", k."communityId") IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))`;

const EVERYWHERE = cells(
  "survey_cells_everywhere",
  "r.community_id",
  "r.period_id = ANY($1::uuid[]) GROUP BY r.period_id, r.community_id, a.position",
);
const OF_PLACES = statement("survey_cells_of_places", withHidden(EVERYWHERE.text, 'c."periodId", c.position'));
const RESPONSES = statement(
  "survey_responses_of_places",
  withHidden(
    `SELECT r.period_id AS "periodId", r.community_id AS "communityId", count(*)::integer AS answers FROM survey_response r
     WHERE r.period_id = ANY($1::uuid[]) GROUP BY r.period_id, r.community_id`,
    'c."periodId"',
  ),
);

const keyOf = ({ periodId, communityId }: Pick<Cell, "periodId" | "communityId">): string => `${periodId}/${communityId ?? ""}`;

/** The cells of `period id/community id`, or of the whole period where no community is named. */
const cellsOf = defineLoader<Context, string, Cell[]>(async (context, keys) => {
  const parts = keys.map((key) => key.split("/") as [string, string]);
  const whole = parts.filter(([, community]) => community === "").map(([period]) => period);
  const places = parts.filter(([, community]) => community !== "");
  const rows = [
    ...(whole.length > 0 ? await context.rows<Cell>(OF_PERIODS, [whole]) : []),
    ...(places.length > 0 ? await context.rows<Cell>(OF_PLACES, [places.map(([period]) => period), places.map(([, place]) => place)]) : []),
  ];
  const groups = new Map<string, Cell[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return keys.map((key) => groups.get(key) ?? []);
});

/** How many answered at `period id/community id`; null where it is left out. */
export const responsesOf = defineLoader<Context, string, number | null>(async (context, keys) => {
  const parts = keys.map((key) => key.split("/") as [string, string]);
  const rows = await context.rows<Cell>(RESPONSES, [parts.map(([period]) => period), parts.map(([, place]) => place)]);
  const shown = new Map(rows.map((row) => [keyOf(row), row.hidden === true ? null : row.answers]));
  return keys.map((key) => shown.get(key) ?? null);
});

/** What was answered question by question, small cells left out. */
export async function resultsOf(context: Context, period: SurveyPeriod, communityId: string | null): Promise<SurveyResult[]> {
  const [questions, found] = await Promise.all([
    context.load(questionsOf, questionsKey(period.surveyId, period.questionnaire)),
    context.load(cellsOf, keyOf({ periodId: period.id, communityId })),
  ]);
  const byPosition = new Map(found.map((cell) => [cell.position, cell]));
  return questions.map((question) => {
    const { answers, sum, content, hidden } = byPosition.get(question.position) ?? { answers: 0, sum: 0, content: 0 };
    if (hidden === true) return { question, answers: null, mean: null, content: null };
    return { question, answers: shown(answers), ...summary(answers, sum, content) };
  });
}

const placeQuery = (viewer: Viewer, by: "period" | "community"): ListQuery => ({
  select: `r.period_id AS "periodId", r.community_id AS "communityId", c.name, p.starts_on AS "startsOn"`,
  from: "survey_response r JOIN survey_period p ON p.id = r.period_id JOIN community c ON c.id = r.community_id",
  where: [
    {
      sql: viewer.memberships.some(({ role, scope }) => scope === "*" && (role === "ADMIN" || role === "AUDITOR")) ? "true" : OVER,
      params: [],
    },
  ],
  ordering:
    by === "period"
      ? {
          tag: "survey-places",
          keys: [
            { sql: "c.name", field: "name", type: "text" },
            { sql: "r.community_id", field: "communityId", type: "uuid" },
          ],
          direction: "ASC",
        }
      : {
          tag: "community-surveys",
          keys: [
            { sql: "p.starts_on", field: "startsOn", type: "date" },
            { sql: "r.period_id", field: "periodId", type: "uuid" },
          ],
          direction: "DESC",
        },
  distinct: "r.period_id, r.community_id, c.name, p.starts_on",
});

export const placesOfPeriod = nestedList<Context, ListArgs, SurveyPlace>({
  query: (context) => placeQuery(context.viewer, "period"),
  link: "r.period_id = parent.id",
  parentType: "uuid",
});
export const placesOfCommunity = nestedList<Context, ListArgs, SurveyPlace>({
  query: (context) => placeQuery(context.viewer, "community"),
  link: "r.community_id = parent.id",
  parentType: "uuid",
});
