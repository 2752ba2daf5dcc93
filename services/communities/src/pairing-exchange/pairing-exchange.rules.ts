import { checkNumber, checkText, type InputProblem } from "@gongjian/subgraph";

interface Given {
  onDate: string;
  headCount?: number | null;
  note?: string | null;
  source?: string | null;
}

/** What is wrong with what an exchange says, apart from its parties. Dates are `YYYY-MM-DD`. */
export function checkExchange({ headCount, note, onDate, source }: Given, today: string): InputProblem[] {
  const problems = [
    ...checkNumber("headCount", headCount, { least: 1, most: 1_000_000 }),
    ...checkText("note", note, { most: 1000 }),
    ...checkText("source", source, { most: 100 }),
  ];
  if (onDate > today) problems.push({ field: "onDate", code: "IN_FUTURE", message: "The day has not come yet." });
  return problems;
}

export const sameTwice = (from: { id: string } | null, to: { id: string } | null): InputProblem[] =>
  from && to && from.id === to.id ? [{ field: "to", code: "NOT_ALLOWED", message: "An exchange is between two parties." }] : [];
