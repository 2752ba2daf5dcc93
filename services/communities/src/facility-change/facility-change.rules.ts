import { checkText, type InputProblem } from "@gongjian/subgraph";
import type { FacilityChange } from "./facility-change.type";

type Told = Pick<FacilityChange, "was" | "since" | "until" | "note" | "source">;

/** What is wrong with an entry, apart from the others of its facility. @param today the date that it is entered on, `YYYY-MM-DD` */
export const checkChange = ({ was, since, until, note, source }: Told, today: string): InputProblem[] => [
  ...checkText("was", was, { least: 1, most: 200 }),
  ...checkText("note", note, { most: 1000 }),
  ...checkText("source", source, { most: 200 }),
  ...(since !== null && since >= until ? [{ field: "until", code: "PERIOD_REVERSED", message: "The period ends before it begins." }] : []),
  ...(until > today ? [{ field: "until", code: "IN_THE_FUTURE", message: "What a place was lies behind." }] : []),
];
