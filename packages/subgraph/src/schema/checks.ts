import { isUuid } from "../connection/list-query";
import { badInput, type InputProblem } from "../errors";

/** Small checks that rules are put together from. Each answers with the problems it found. */
const NUL = /\0/u;

/** @param most the largest number of characters allowed */
export function checkText(
  field: string,
  value: string | null | undefined,
  { least = 0, most }: { least?: number; most: number },
): InputProblem[] {
  if (value === null || value === undefined) return least > 0 ? [{ field, code: "REQUIRED", message: "A value is required." }] : [];
  if (NUL.test(value)) return [{ field, code: "INVALID_CHARACTER", message: "The text holds a NUL character." }];
  if (value.trim().length < least) return [{ field, code: "REQUIRED", message: "A value is required." }];
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
