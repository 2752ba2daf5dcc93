import { statement, type CommandTransaction } from "@gongjian/database";
import type { CalendarCode } from "@gongjian/entities-communities";
import type { Role } from "@gongjian/subgraph";
import { addWorkingDays, type Exceptions } from "../calendar/calendar.rules";
import { ANSWER_DAYS, TRIAGE_DAYS } from "./suggestion.rules";
import { auditedValues, SUGGESTION_COLUMNS, writeStep } from "./suggestion.store";
import type { Suggestion } from "./suggestion.type";

/** Those with a term by the calendar that ends on the day or later. A promise names its own day: it stays. */
const RUNNING = statement(
  "suggestion_terms_running",
  `SELECT ${SUGGESTION_COLUMNS}, (SELECT CASE t.action WHEN 'ANSWER' THEN NULL ELSE t.on_date END FROM suggestion_step t
     WHERE t.suggestion_id = s.id AND t.action = ANY('{RAISE,SEPARATE,REOPEN,ANSWER}'::text[]) ORDER BY t.number DESC LIMIT 1) AS "from"
   FROM suggestion s JOIN region r ON r.code = s.region_code
   WHERE s.state IN ('RAISED', 'ASSIGNED') AND (r.scheme = 'TW_MOI') = ($1::text = 'TW')
     AND (s.due_on >= $2::date OR (s.first_answered_on IS NULL AND s.answer_due_on >= $2::date))
   ORDER BY s.id FOR NO KEY UPDATE OF s`,
);

type Term = Pick<Suggestion, "state" | "urgency" | "raisedOn" | "dueOn" | "answerDueOn" | "firstAnsweredOn">;

/** The days by which the next step and the answer are due, of a suggestion whose present term began on a day; null: a promise stands. */
export function termsOf(suggestion: Term, from: string | null, days: Exceptions): { dueOn: string; answerDueOn: string } {
  const answer = ANSWER_DAYS[suggestion.urgency];
  const answerDueOn = suggestion.firstAnsweredOn === null ? addWorkingDays(suggestion.raisedOn, answer, days) : suggestion.answerDueOn;
  if (from === null) return { dueOn: suggestion.dueOn!, answerDueOn };
  if (suggestion.state === "RAISED") return { dueOn: addWorkingDays(from, TRIAGE_DAYS, days), answerDueOn };
  return { dueOn: suggestion.firstAnsweredOn === null ? answerDueOn : addWorkingDays(from, answer, days), answerDueOn };
}

/**
 * Moves the terms that run over official days which have changed since they were set: a notice of next year's holidays comes after what
 * was raised in autumn. Each move is a step on record. Suggestions are locked in the order of their ids, as by every other step.
 */
export async function reckonTerms(
  tx: CommandTransaction,
  calendar: CalendarCode,
  earliest: string,
  days: Exceptions,
  by: { today: string; role: Role },
): Promise<void> {
  for (const { from, ...suggestion } of await tx.rows<Suggestion & { from: string | null }>(RUNNING, [calendar, earliest])) {
    const terms = termsOf(suggestion, from, days);
    if (terms.dueOn === suggestion.dueOn && terms.answerDueOn === suggestion.answerDueOn) continue;
    await writeStep(tx, suggestion, terms, { action: "RECKON", onDate: by.today, role: by.role, note: null });
    tx.audit({
      action: "reckon",
      concept: "suggestion",
      entityId: suggestion.id,
      before: auditedValues(suggestion as Suggestion),
      after: auditedValues({ ...(suggestion as Suggestion), ...terms }),
    });
  }
}
