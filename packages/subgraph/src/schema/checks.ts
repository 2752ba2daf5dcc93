import { isUuid } from "../connection/list-query";
import { badInput, type InputProblem } from "../errors";

/** Small checks that rules are put together from. Each answers with the problems it found. */
/** Control characters but tab and line ends, marks that turn the direction of what follows, and halves of a character. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const UNUSABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]|\p{Cs}/u;
const INVISIBLE = /[\s\u200b-\u200d\u2060\ufeff]/gu;

// biome-ignore lint/suspicious/noControlCharactersInRegex: this is what is looked for
const UNSTORABLE = /\u0000|\p{Cs}/u;

/** Whether the database can hold the text: no NUL, no half of a character. One that it cannot hold is nobody's key, code or name. */
export const isStorable = (text: string): boolean => !UNSTORABLE.test(text);

const unusable = (field: string): InputProblem => ({
  field,
  code: "INVALID_CHARACTER",
  message: "The text holds a character that cannot be used, such as NUL.",
});

/** What is wrong with any text of an input, whatever its fields are: its characters cannot be stored. Fields are dotted paths. */
export function checkStorable(value: unknown, field = ""): InputProblem[] {
  if (typeof value === "string") return isStorable(value) ? [] : [unusable(field)];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => checkStorable(item, field === "" ? name : `${field}.${name}`));
}

/** The text of a search, as it may go into a statement. @throws PublicError BAD_USER_INPUT for one that no stored text could match */
export function searchable(text: string, field = "search"): string {
  if (!isStorable(text)) throw badInput([unusable(field)]);
  return text;
}

/** @param most the largest number of characters allowed */
export function checkText(
  field: string,
  value: string | null | undefined,
  { least = 0, most }: { least?: number; most: number },
): InputProblem[] {
  if (value === null || value === undefined) return least > 0 ? [{ field, code: "REQUIRED", message: "A value is required." }] : [];
  if (UNUSABLE.test(value)) return [unusable(field)];
  if (value.replace(INVISIBLE, "").length < least) return [{ field, code: "REQUIRED", message: "A value is required." }];
  if (value.length > most) return [{ field, code: "TOO_LONG", message: `At most ${most} characters are allowed.` }];
  return [];
}

export function checkTexts(
  field: string,
  values: readonly string[] | null | undefined,
  { most, mostItems }: { most: number; mostItems: number },
): InputProblem[] {
  if (!values) return [];
  if (values.length > mostItems) return [{ field, code: "TOO_MANY", message: `At most ${mostItems} items are allowed.` }];
  return values.flatMap((value, index) => checkText(`${field}.${index}`, value, { least: 1, most }));
}

export function checkNumber(
  field: string,
  value: number | null | undefined,
  { least, most }: { least: number; most: number },
): InputProblem[] {
  if (value === null || value === undefined) return [];
  return Number.isFinite(value) && value >= least && value <= most
    ? []
    : [{ field, code: "OUT_OF_RANGE", message: `The number must be between ${least} and ${most}.` }];
}

/** Dates and instants compare as text, both bounds included; an open bound passes. */
export function checkPeriod(field: string, from: string | null | undefined, to: string | null | undefined): InputProblem[] {
  return from && to && to < from ? [{ field, code: "PERIOD_REVERSED", message: "The period ends before it begins." }] : [];
}

/**
 * An id of this platform (a UUID) as the argument of a root query. One that is well-formed and unknown finds nothing; a malformed one is a
 * mistake that the caller wants to hear of. @throws PublicError BAD_USER_INPUT
 */
export function wellFormed(id: string): string {
  if (!isUuid(id)) throw badInput([{ field: "id", code: "MALFORMED", message: "An id of this platform is a UUID." }]);
  return id;
}
