import { stableId, statement, type CommandTransaction } from "@gongjian/database";
import { SuggestionEntity } from "@gongjian/entities-communities";
import {
  asGiven,
  bulkUpsert,
  checkNumber,
  checkPeriod,
  checkText,
  ensureAmong,
  missingEntities,
  roleAmong,
  type BulkOutcome,
  type IdempotencyConflict,
  type InputProblem,
  type Role,
} from "@gongjian/subgraph";
import { addWorkingDays, type Exceptions } from "../calendar/calendar.rules";
import { calendarOf } from "../calendar/calendar.service";
import type { Context } from "../context";
import type { ImportSuggestionsInput, SuggestionRow } from "./suggestion.import.inputs";
import { checkPlace, findPlace, givenFields, type Place } from "../place/place";
import { PARTS, storedValues, toValues, type Found, type Values } from "./suggestion.import.values";
import { canImportSuggestion, SUGGESTION_IMPORTERS } from "./suggestion.policy";
import { ANSWER_DAYS, checkAnswer, checkSuggestion, stateAfter, TRIAGE_DAYS } from "./suggestion.rules";
import { searchedBy } from "./suggestion.similar";
import { appendStep, SUGGESTION_COLUMNS, writeStep, type Changes } from "./suggestion.store";
import type { Suggestion } from "./suggestion.type";

/** Whoever raised an imported suggestion as a person: nobody whom a token can name. */
const IMPORTED = { raisedByIssuer: "urn:gongjian:import", raisedBySubject: "import" };

const STORED = statement(
  "suggestions_by_key",
  `SELECT ${SUGGESTION_COLUMNS} FROM suggestion s WHERE s.key = ANY($1::text[]) ORDER BY s.id FOR NO KEY UPDATE`,
);

const placeOf = (row: SuggestionRow): Place => ({ communityId: row.communityId, regionCode: row.regionCode });

const given = (value: unknown): boolean => value !== null && value !== undefined && value !== "";
const needs = (row: SuggestionRow, field: keyof SuggestionRow, of: (keyof SuggestionRow)[]): InputProblem[] =>
  given(row[field])
    ? of.filter((other) => !given(row[other])).map((other) => ({ field: other, code: "REQUIRED", message: `\`${field}\` needs it.` }))
    : [];

/** What is wrong with the way that a row tells: a part without the one before it, or days out of order. */
export function checkWay(row: SuggestionRow, today: string): InputProblem[] {
  const problems = [
    ...checkSuggestion(row),
    ...needs(row, "answer", ["decision", "answeredOn", "assignee"]),
    ...needs(row, "decision", ["answer"]),
    ...needs(row, "doneOn", ["outcome", "decision"]),
    ...needs(row, "outcome", ["doneOn"]),
    ...checkText("outcome", row.outcome, { most: 4_000 }),
    ...checkNumber("rating", row.rating, { least: 1, most: 5 }),
    ...checkPeriod("answeredOn", row.raisedOn, row.answeredOn),
    ...checkPeriod("doneOn", row.answeredOn, row.doneOn),
  ];
  for (const field of ["raisedOn", "answeredOn", "doneOn"] as const)
    if (given(row[field]) && row[field]! > today) problems.push({ field, code: "IN_FUTURE", message: "The day has not come yet." });
  if (row.decision === "EXPLAINED" && given(row.doneOn))
    problems.push({ field: "doneOn", code: "NOT_ALLOWED", message: "An explanation is done with the answer." });
  if (given(row.rating) && row.decision !== "EXPLAINED" && !given(row.doneOn))
    problems.push({ field: "rating", code: "NOT_ALLOWED", message: "Only what is done or explained is rated." });
  if (row.decision && row.answer && row.answeredOn) {
    const answer = { decision: row.decision, text: row.answer, promisedOn: row.promisedOn };
    problems.push(
      ...checkAnswer(answer, row.answeredOn, "9999-12-31").map((problem) =>
        problem.field === "text" ? { ...problem, field: "answer" } : problem,
      ),
    );
  }
  return problems;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What is told already stays; and what went another way than a list can tell is carried on by hand. */
function frozen(existing: Suggestion, values: Values): InputProblem[] {
  const stored = storedValues(existing);
  const rewritten = PARTS.filter((part) => stored[part] !== null && !same(stored[part], values[part])).map((part) => ({
    field: part === "raised" ? "key" : part,
    code: "ALREADY_TOLD",
    message: "The suggestion already tells this, and otherwise. What is told is not rewritten.",
  }));
  const astray = existing.state === "MERGED" || existing.state === "WITHDRAWN" || existing.reopened > 0;
  return astray ? [{ field: "key", code: "IN_PROGRESS", message: "The suggestion has gone on by hand." }] : rewritten;
}

/** Inserts what is new, and takes the steps that a row tells of beyond what is stored. */
async function write(
  tx: CommandTransaction,
  records: { id: string; values: Values; existing: Suggestion | null }[],
  keys: Map<string, string>,
  daysOf: (id: string) => Exceptions,
  role: Role,
): Promise<void> {
  for (const { id, values, existing } of records) {
    const { raised } = values;
    const days = daysOf(id);
    const told = existing ? storedValues(existing) : null;
    const answerDueOn = addWorkingDays(raised.raisedOn, ANSWER_DAYS[raised.urgency], days);
    let now = existing ?? ({ id, version: 1, state: "RAISED", dueOn: addWorkingDays(raised.raisedOn, TRIAGE_DAYS, days) } as Suggestion);
    const take = async (action: "ASSIGN" | "ANSWER" | "COMPLETE" | "ACCEPT", changes: Changes, onDate: string, note: string | null) => {
      const state = stateAfter(action, now.state, changes.decision);
      now = { ...now, ...(await writeStep(tx, now, { ...changes, state }, { action, onDate, role, note })) } as Suggestion;
    };
    if (!existing) {
      await tx.manager.insert(SuggestionEntity, {
        ...raised,
        ...IMPORTED,
        id,
        key: keys.get(id)!,
        published: values.published,
        dueOn: now.dueOn,
        answerDueOn,
        ...searchedBy(raised.title, raised.body),
      });
      const nobody = { assigneeRegionCode: null, assigneeCommunityId: null, assigneeOrganisationId: null };
      await appendStep(tx, { ...now, ...nobody }, { action: "RAISE", onDate: raised.raisedOn, role, note: null });
    }
    if (values.assignee && !told?.assignee)
      await take("ASSIGN", { ...values.assignee, answerDueOn, dueOn: answerDueOn }, raised.raisedOn, null);
    const { answer, done } = values;
    if (answer && !told?.answer) {
      const { promisedOn, ...changes } = answer;
      const ends = answer.decision === "EXPLAINED" ? { doneOn: answer.answeredOn } : {};
      await take(
        "ANSWER",
        { ...changes, ...ends, firstAnsweredOn: answer.answeredOn, dueOn: promisedOn },
        answer.answeredOn,
        answer.answer,
      );
    }
    if (done && !told?.done) await take("COMPLETE", { ...done, dueOn: null }, done.doneOn, done.outcome);
    if (values.rating !== null && told?.rating == null)
      await take("ACCEPT", { rating: values.rating }, done?.doneOn ?? answer!.answeredOn, null);
  }
}

/** Imports suggestions of earlier years with their way; a second import of the same list changes nothing. */
export async function importSuggestions(context: Context, input: ImportSuggestionsInput): Promise<BulkOutcome | IdempotencyConflict> {
  const { viewer } = context;
  ensureAmong(viewer, SUGGESTION_IMPORTERS);
  const today = await context.calendars.today();
  const found = new Map<SuggestionRow, Found>();
  const one = (place: Place | null | undefined) => (place && givenFields(place).length === 1 ? findPlace(context, place) : null);
  await Promise.all(
    input.rows.map(async (row) => {
      const [place, raiser, assignee] = await Promise.all([one(placeOf(row)), one(row.inNameOf), one(row.assignee)]);
      const days = await context.calendars.exceptions(calendarOf(place?.region?.scheme ?? "CN_STATS"));
      found.set(row, { place, raiser, assignee, days });
    }),
  );
  const events = input.rows.flatMap(({ eventId }) =>
    eventId && checkText("eventId", eventId, { most: 100 }).length === 0 ? [eventId] : [],
  );
  const missing = events.length === 0 ? new Set<string>() : await missingEntities(context, "events", "Event", events, viewer);
  const role = roleAmong(viewer, SUGGESTION_IMPORTERS);
  const idOf = (row: SuggestionRow) => stableId("suggestion", row.key);
  const keys = new Map(input.rows.map((row) => [idOf(row), row.key]));
  const days = new Map(input.rows.map((row) => [idOf(row), found.get(asGiven(row))!.days]));
  return bulkUpsert<SuggestionRow, Values, Suggestion>(context, input, {
    operation: "importSuggestions",
    concept: "suggestion",
    role,
    rows: input.rows,
    keyOf: ({ key }) => key,
    check: (row) => {
      const { place, raiser, assignee } = found.get(asGiven(row))!;
      const { eventId } = asGiven(row);
      const unknownEvent = eventId && (missing.has(eventId) || !events.includes(eventId));
      return [
        ...checkText("key", row.key, { least: 1, most: 100 }),
        ...checkPlace("", placeOf(row), place).map((problem) => (problem.field === "" ? { ...problem, field: "communityId" } : problem)),
        ...(row.inNameOf ? checkPlace("inNameOf", row.inNameOf, raiser) : []),
        ...(row.assignee ? checkPlace("assignee", row.assignee, assignee) : []),
        ...(unknownEvent ? [{ field: "eventId", code: "UNKNOWN_REFERENCE", message: "There is no such event." }] : []),
        ...checkWay(row, today),
      ];
    },
    existing: async (tx, wanted) => {
      const rows = await tx.rows<Suggestion>(STORED, [wanted.filter((key) => !key.includes("\0"))]);
      return new Map(rows.map((row) => [row.key!, row]));
    },
    idOf: ({ id }) => id,
    newId: idOf,
    toValues: (row, existing) => toValues(row, found.get(asGiven(row))!, existing),
    storedValues,
    kept: ({ urgency, eventId, illustrative, source }) => ({ urgency, eventId, illustrative, source }),
    permit: (row) => canImportSuggestion(viewer, found.get(asGiven(row))!.place!.scopes),
    frozen: (row, existing) => (existing ? frozen(existing, toValues(row, found.get(asGiven(row))!, existing)) : []),
    write: (tx, records) => write(tx, records, keys, (id) => days.get(id)!, role),
  });
}
