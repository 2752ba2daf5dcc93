import { checkText, type InputProblem } from "@gongjian/subgraph";

export const UNKNOWN_OWNER: InputProblem = { field: "owner", code: "UNKNOWN_REFERENCE", message: "It is not a party of the pairing." };

interface Done {
  doneOn?: string | null;
  evidence?: string | null;
}

/**
 * What is wrong with a day on which something was done, and with what shows it: both or neither, not in the future, and not before `since`,
 * the day on which the parties first signed. Dates are `YYYY-MM-DD`.
 */
export function checkDone({ doneOn, evidence }: Done, { today, since }: { today: string; since?: string }): InputProblem[] {
  const problems = checkText("evidence", evidence, { least: doneOn ? 1 : 0, most: 1000 });
  if (evidence && !doneOn) problems.push({ field: "doneOn", code: "REQUIRED", message: "A value is required." });
  if (doneOn && doneOn > today) problems.push({ field: "doneOn", code: "IN_FUTURE", message: "The day has not come yet." });
  if (doneOn && since && doneOn < since)
    problems.push({ field: "doneOn", code: "BEFORE_SIGNING", message: "The parties had not signed by that day." });
  return problems;
}

/** What is wrong with a day by which something is promised: before `since`, nothing was. */
export const checkDue = (dueOn: string, since: string): InputProblem[] =>
  dueOn < since ? [{ field: "dueOn", code: "BEFORE_SIGNING", message: "The parties had not signed by that day." }] : [];
