import { isUuid, nestedList, type Condition, type ListArgs, type ListQuery, type Viewer } from "@gongjian/subgraph";
import type { Place } from "../place/place";
import type { Context } from "../context";
import type { SuggestionsArgs } from "./suggestion.inputs";
import { visibleSuggestions } from "./suggestion.policy";
import { SUGGESTION_COLUMNS } from "./suggestion.store";
import type { Suggestion, SuggestionStep } from "./suggestion.type";
import { OFFICE_ZONE } from "../calendar/calendar.rules";

const TODAY = `(now() AT TIME ZONE '${OFFICE_ZONE}')::date`;
const IN_REGION = "s.region_code IN (SELECT code FROM region WHERE scope_codes @> ARRAY[?::text])";
const NOTHING: Condition = { sql: "false", params: [] };

const uuidCondition = (column: string, id: string | null | undefined): Condition[] =>
  id ? [isUuid(id) ? { sql: `${column} = ?::uuid`, params: [id] } : NOTHING] : [];

const heldBy = ({ regionCode, communityId, organisationId }: Place): Condition[] => [
  ...(regionCode ? [{ sql: "s.assignee_region_code = ?", params: [regionCode.replaceAll("\0", "")] }] : []),
  ...uuidCondition("s.assignee_community_id", communityId),
  ...uuidCondition("s.assignee_organisation_id", organisationId),
];

/** Only those that the viewer raised. */
const raisedBy = ({ subject, issuer }: Viewer): Condition => ({
  sql: "s.raised_by_subject = ? AND s.raised_by_issuer IS NOT DISTINCT FROM ?",
  params: [subject, issuer ?? null],
});

export function suggestionList(context: Context, { filter, orderBy }: SuggestionsArgs): ListQuery {
  const { viewer } = context;
  const order = orderBy ?? "RAISED_DESC";
  return {
    select: SUGGESTION_COLUMNS,
    from: "suggestion s",
    where: [
      ...visibleSuggestions(viewer),
      ...(filter?.within ? [{ sql: IN_REGION, params: [filter.within.replaceAll("\0", "")] }] : []),
      ...uuidCondition("s.community_id", filter?.communityId),
      ...uuidCondition("s.event_id", filter?.eventId),
      ...(filter?.assignee ? heldBy(filter.assignee) : []),
      ...(filter?.states ? [{ sql: "s.state = ANY(?::text[])", params: [filter.states] }] : []),
      ...(filter?.topic ? [{ sql: "s.topic = ?", params: [filter.topic] }] : []),
      ...(filter?.channel ? [{ sql: "s.channel = ?", params: [filter.channel] }] : []),
      ...(typeof filter?.overdue === "boolean"
        ? [{ sql: `coalesce(s.due_on < ${TODAY}, false) = ?::boolean`, params: [filter.overdue] }]
        : []),
      ...(filter?.from ? [{ sql: "s.raised_on >= ?::date", params: [filter.from] }] : []),
      ...(filter?.to ? [{ sql: "s.raised_on <= ?::date", params: [filter.to] }] : []),
      ...(filter?.mine === true ? [raisedBy(viewer)] : []),
      ...(order === "DUE_ASC" ? [{ sql: "s.due_on IS NOT NULL", params: [] }] : []),
    ],
    ordering: {
      tag: `suggestions:${order}`,
      keys: [
        order === "DUE_ASC"
          ? { sql: "s.due_on", field: "dueOn", type: "date" as const }
          : { sql: "s.raised_on", field: "raisedOn", type: "date" as const },
        { sql: "s.id", field: "id", type: "uuid" as const },
      ],
      direction: order === "RAISED_DESC" ? "DESC" : "ASC",
    },
  };
}

const below = (link: string, parentType: "uuid" | "text") =>
  nestedList<Context, SuggestionsArgs, Suggestion>({ query: suggestionList, link, parentType });

export const ofCommunity = below("s.community_id = parent.id", "uuid");
export const ofSurveyPeriod = below("s.survey_period_id = parent.id", "uuid");
export const ofEvent = below("s.event_id = parent.id", "uuid");
export const ofOrganisation = below("s.assignee_organisation_id = parent.id OR s.raiser_organisation_id = parent.id", "uuid");
export const ofRegion = below("s.region_code IN (SELECT code FROM region WHERE scope_codes @> ARRAY[parent.id])", "text");
export const mergedInto = below("s.merged_into = parent.id", "uuid");

/** Who may see the suggestion sees its steps: the list hangs below one that has been read. */
export const stepsOf = nestedList<Context, ListArgs, SuggestionStep>({
  query: () => ({
    select: `t.suggestion_id AS "suggestionId", t.number, t.action, t.state, t.on_date AS "onDate", t.role, t.due_on AS "dueOn", t.note,
      t.assignee_region_code AS "assigneeRegionCode", t.assignee_community_id AS "assigneeCommunityId", t.assignee_organisation_id AS "assigneeOrganisationId"`,
    from: "suggestion_step t",
    where: [],
    ordering: { tag: "suggestion-steps", keys: [{ sql: "t.number", field: "number", type: "integer" }], direction: "ASC" },
  }),
  link: "t.suggestion_id = parent.id",
  parentType: "uuid",
});
