import { checkNumber, checkText, type InputProblem } from "@gongjian/subgraph";

/** Digits in groups, with an area code or a country code; short numbers such as 12345 too. */
const LINE = /^\+?[0-9](?:[0-9 -]{1,18})[0-9]$/u;
/** A mainland or Taiwan mobile number: a person's own, which is no office line. */
const MOBILE = /^(?:(?:\+?86)?1[3-9][0-9]{9}|(?:\+?886|0)9[0-9]{8})$/u;

/** What is wrong with a telephone line of an office. */
export function checkLine(line: string | null | undefined): InputProblem[] {
  if (line === null || line === undefined) return [];
  if (!LINE.test(line)) return [{ field: "line", code: "MALFORMED", message: "A telephone line has 3 to 20 digits, spaces and dashes." }];
  return MOBILE.test(line.replace(/[ -]/gu, ""))
    ? [{ field: "line", code: "PRIVATE", message: "A mobile number is a person's own: give the office's line." }]
    : [];
}

export interface ServiceContactDraft {
  key: string;
  position: number;
  title: string;
  line?: string | null;
  place?: string | null;
  hours?: string | null;
  source?: string | null;
}

/** What is wrong with a line of a card as given. */
export const checkServiceContact = (draft: ServiceContactDraft): InputProblem[] => [
  ...checkText("key", draft.key, { least: 1, most: 100 }),
  ...checkNumber("position", draft.position, { least: 1, most: 100 }),
  ...checkText("title", draft.title, { least: 1, most: 100 }),
  ...checkLine(draft.line),
  ...checkText("place", draft.place, { most: 200 }),
  ...checkText("hours", draft.hours, { most: 200 }),
  ...checkText("source", draft.source, { most: 200 }),
];
