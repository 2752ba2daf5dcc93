import { nestedList, type ListArgs, type ListQuery } from "@gongjian/subgraph";
import type { Context } from "../context";
import type { SurveysArgs } from "./survey.inputs";
import { PERIOD_COLUMNS, SURVEY_COLUMNS } from "./survey.store";
import type { SurveyPeriod } from "./survey.type";

export const surveyList = ({ within }: SurveysArgs): ListQuery => ({
  select: SURVEY_COLUMNS,
  from: "survey u",
  where: within
    ? [{ sql: "u.region_code IN (SELECT code FROM region WHERE scope_codes @> ARRAY[?::text])", params: [within.replaceAll("\0", "")] }]
    : [],
  ordering: {
    tag: "surveys",
    keys: [
      { sql: "u.title", field: "title", type: "text" },
      { sql: "u.id", field: "id", type: "uuid" },
    ],
    direction: "ASC",
  },
});
export const periodsOfSurvey = nestedList<Context, ListArgs, SurveyPeriod>({
  query: () => ({
    select: PERIOD_COLUMNS,
    from: "survey_period p",
    where: [],
    ordering: {
      tag: "survey-periods",
      keys: [
        { sql: "p.starts_on", field: "startsOn", type: "date" },
        { sql: "p.id", field: "id", type: "uuid" },
      ],
      direction: "DESC",
    },
  }),
  link: "p.survey_id = parent.id",
  parentType: "uuid",
});
