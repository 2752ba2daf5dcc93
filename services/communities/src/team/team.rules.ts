import { checkNumber, checkText, checkTexts, type InputProblem } from "@gongjian/subgraph";
import { spanOf } from "../appointment/partial-date";
import type { TeamActivityRow, TeamRow } from "./team.inputs";

/** A day, month or year that has begun may be told of; one to come has seen nothing yet. */
const notYet = (field: string, date: string | null | undefined, today: string): InputProblem[] =>
  date && (spanOf(date)?.first ?? "") > today ? [{ field, code: "IN_FUTURE", message: "The day has not come yet." }] : [];

/** What is wrong with a team as given on a day, apart from what is stored. */
export const checkTeam = (row: TeamRow, today: string): InputProblem[] => [
  ...notYet("foundedOn", row.foundedOn, today),
  ...checkNumber("members", row.members, { least: 0, most: 1_000_000 }),
  ...checkTexts("composition", row.composition, { most: 50, mostItems: 20 }),
  ...checkTexts("services", row.services, { most: 50, mostItems: 30 }),
  ...checkText("venue", row.venue, { most: 100 }),
  ...checkText("source", row.source, { most: 200 }),
];

/** What is wrong with an entry of a record as given on a day. */
export function checkActivity(row: TeamActivityRow, today: string): InputProblem[] {
  const problems = [
    ...notYet("heldOn", row.heldOn, today),
    ...notYet("asOf", row.asOf, today),
    ...checkText("key", row.key, { least: 1, most: 100 }),
    ...checkText("title", row.title, { least: 1, most: 200 }),
    ...checkNumber("times", row.times, { least: 1, most: 1_000_000 }),
    ...checkNumber("participants", row.participants, { least: 0, most: 100_000_000 }),
    ...checkNumber("certified", row.certified, { least: 0, most: 100_000_000 }),
    ...checkText("source", row.source, { most: 200 }),
  ];
  const held = row.heldOn ? spanOf(row.heldOn) : null;
  if (held && held.first > row.asOf)
    problems.push({ field: "asOf", code: "PERIOD_REVERSED", message: "It was counted before it was held." });
  // of figures that are bounds or guesses nothing can be said
  const exact = (row.participantsPrecision ?? "EXACT") === "EXACT" && (row.certifiedPrecision ?? "EXACT") === "EXACT";
  if (exact && row.participants != null && row.certified != null && row.certified > row.participants)
    problems.push({ field: "certified", code: "OUT_OF_RANGE", message: "No more are certified than took part." });
  return problems;
}
