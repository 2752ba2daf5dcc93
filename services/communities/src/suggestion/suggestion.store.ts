import { statement, type CommandTransaction } from "@gongjian/database";
import { SuggestionEntity, SuggestionStepEntity, type SuggestionAction } from "@gongjian/entities-communities";
import type { Role } from "@gongjian/subgraph";
import { OFFICE_ZONE } from "../calendar/calendar.rules";
import type { Context } from "../context";
import type { Suggestion } from "./suggestion.type";

/** What may be shown and stored elsewhere: who raised it as a person is not among it. */
export const SUGGESTION_COLUMNS = `s.id, s.key, s.title, s.body, s.topic, s.channel, s.urgency, s.state, s.published, s.raised_on AS "raisedOn",
  s.due_on AS "dueOn", coalesce(s.due_on < (now() AT TIME ZONE '${OFFICE_ZONE}')::date, false) AS overdue, s.answer_due_on AS "answerDueOn",
  s.decision, s.answer, s.first_answered_on AS "firstAnsweredOn", s.answered_on AS "answeredOn", s.outcome, s.done_on AS "doneOn", s.rating,
  s.rating_comment AS "ratingComment", s.reopened, s.illustrative, s.source, s.version, s.region_code AS "regionCode", s.community_id AS "communityId",
  s.event_id AS "eventId", s.survey_period_id AS "surveyPeriodId", s.raiser_community_id AS "raiserCommunityId", s.raiser_organisation_id AS "raiserOrganisationId",
  s.assignee_region_code AS "assigneeRegionCode", s.assignee_community_id AS "assigneeCommunityId",
  s.assignee_organisation_id AS "assigneeOrganisationId", s.merged_into AS "mergedInto"`;

const WHOLE = `${SUGGESTION_COLUMNS}, s.raised_by_issuer AS "raisedByIssuer", s.raised_by_subject AS "raisedBySubject"`;
export const STORED = statement("suggestion_stored", `SELECT ${WHOLE} FROM suggestion s WHERE s.id = $1::uuid`);
/** In the order of their ids, so that two who merge the same pair wait for one another. */
const LOCKED = statement(
  "suggestion_locked",
  `SELECT ${WHOLE} FROM suggestion s WHERE s.id = ANY($1::uuid[]) ORDER BY s.id FOR NO KEY UPDATE`,
);
/** What was merged into a suggestion. */
export const CARRIED_ON = statement(
  "suggestion_carried_on",
  `SELECT ${WHOLE} FROM suggestion s WHERE s.merged_into = $1::uuid ORDER BY s.id`,
);
const MERGED_INTO = statement("suggestion_merged_into", `${CARRIED_ON.text} FOR NO KEY UPDATE`);
const SHOWN = statement("suggestion_shown", `SELECT ${SUGGESTION_COLUMNS} FROM suggestion s WHERE s.id = $1::uuid`);

const PROMISED = statement(
  "suggestion_promised",
  `SELECT CASE t.action WHEN 'ANSWER' THEN t.due_on END AS "dueOn" FROM suggestion_step t
   WHERE t.suggestion_id = $1::uuid AND t.action IN ('ANSWER', 'REOPEN') ORDER BY t.number DESC LIMIT 1`,
);

/** The day of a promise that stands: since it was given, nobody who waits for it has sent it back. */
export async function promisedBefore(context: Context, id: string): Promise<string | null> {
  const [row] = await context.rows<{ dueOn: string | null }>(PROMISED, [id]);
  return row?.dueOn ?? null;
}

/** The suggestions, locked until the transaction ends, by id. */
export async function lockSuggestions(tx: CommandTransaction, ids: readonly string[]): Promise<Map<string, Suggestion>> {
  const rows = await tx.rows<Suggestion>(LOCKED, [ids]);
  return new Map(rows.map((row) => [row.id, row]));
}

export const lockMergedInto = (tx: CommandTransaction, id: string): Promise<Suggestion[]> => tx.rows<Suggestion>(MERGED_INTO, [id]);

export async function readBack(tx: CommandTransaction, id: string): Promise<Suggestion & { __typename: "Suggestion" }> {
  const [row] = await tx.rows<Suggestion>(SHOWN, [id]);
  return { ...row!, __typename: "Suggestion" };
}

/** What a suggestion says, for the audit. */
export const auditedValues = ({
  title,
  topic,
  channel,
  urgency,
  state,
  published,
  dueOn,
  decision,
  answer,
  outcome,
  rating,
  assigneeRegionCode,
  assigneeCommunityId,
  assigneeOrganisationId,
  mergedInto,
}: Suggestion) => ({
  title,
  topic,
  channel,
  urgency,
  state,
  published,
  dueOn,
  decision,
  answer,
  outcome,
  rating,
  assigneeRegionCode,
  assigneeCommunityId,
  assigneeOrganisationId,
  mergedInto,
});

export type Changes = Partial<
  Pick<
    SuggestionEntity,
    | "state"
    | "topic"
    | "urgency"
    | "published"
    | "assigneeRegionCode"
    | "assigneeCommunityId"
    | "assigneeOrganisationId"
    | "dueOn"
    | "answerDueOn"
    | "decision"
    | "answer"
    | "answeredOn"
    | "firstAnsweredOn"
    | "outcome"
    | "doneOn"
    | "rating"
    | "ratingComment"
    | "reopened"
    | "mergedInto"
  >
>;

export interface Step {
  action: SuggestionAction;
  onDate: string;
  role: Role;
  note: string | null;
}

type Standing = Pick<
  Suggestion,
  "id" | "version" | "state" | "dueOn" | "assigneeRegionCode" | "assigneeCommunityId" | "assigneeOrganisationId"
>;

/** Writes the change and its step together, as the database demands, and answers with how the suggestion stands now. */
export async function writeStep<S extends Standing>(tx: CommandTransaction, stored: S, changes: Changes, step: Step): Promise<S> {
  const after = { ...stored, ...changes, version: stored.version + 1 };
  await tx.manager.update(SuggestionEntity, { id: stored.id }, { ...changes, state: after.state });
  await appendStep(tx, after, step);
  return after;
}

export async function appendStep(tx: CommandTransaction, after: Standing, step: Step): Promise<void> {
  await tx.manager.insert(SuggestionStepEntity, {
    suggestionId: after.id,
    number: after.version,
    state: after.state,
    dueOn: after.dueOn,
    assigneeRegionCode: after.assigneeRegionCode,
    assigneeCommunityId: after.assigneeCommunityId,
    assigneeOrganisationId: after.assigneeOrganisationId,
    ...step,
  });
}
