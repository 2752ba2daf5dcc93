import { AssignmentInputError } from "../solver/errors";
import { MAX_AMOUNT, MAX_UNITS, type NeedProfile, type OfferProfile } from "./profiles";

const MAX_TEXT = 1_024;
const MAX_LIST = 1_000;
const DAY = 86_400_000;

/** A need that has been checked, with its sets and days at hand for many comparisons. Days count from 1970-01-01. */
export interface PreparedNeed {
  readonly profile: NeedProfile;
  readonly tags: readonly string[];
  readonly required: readonly string[];
  readonly firstDay: number;
  readonly lastDay: number;
}

export interface PreparedOffer {
  readonly profile: OfferProfile;
  readonly kinds: ReadonlySet<string>;
  readonly capabilities: ReadonlySet<string>;
  readonly coverage: ReadonlySet<string>;
  readonly qualifications: ReadonlySet<string>;
  readonly firstDay: number;
  readonly lastDay: number;
}

/** @throws AssignmentInputError naming the field under `path` */
export function prepareNeed(profile: NeedProfile, path = "need"): PreparedNeed {
  text(profile.id, `${path}.id`);
  text(profile.kind, `${path}.kind`);
  texts(profile.place, `${path}.place`);
  text(profile.currency, `${path}.currency`);
  integer(profile.quantity, 1, MAX_UNITS, `${path}.quantity`);
  if (profile.beneficiaries !== null) integer(profile.beneficiaries, 0, MAX_AMOUNT, `${path}.beneficiaries`);
  if (profile.budgetMin !== null) integer(profile.budgetMin, 0, MAX_AMOUNT, `${path}.budgetMin`);
  if (profile.budgetMax !== null) integer(profile.budgetMax, 0, MAX_AMOUNT, `${path}.budgetMax`);
  if (profile.budgetMin !== null && profile.budgetMax !== null && profile.budgetMin > profile.budgetMax) {
    throw new AssignmentInputError("RANGE_REVERSED", `${path}.budgetMin`, "the lower end lies above the upper end");
  }
  return {
    profile,
    tags: [...new Set(texts(profile.tags, `${path}.tags`))],
    required: [...new Set(texts(profile.requiredQualifications, `${path}.requiredQualifications`))],
    ...period(profile.startsOn, profile.endsOn, `${path}.startsOn`, `${path}.endsOn`),
  };
}

/** @throws AssignmentInputError naming the field under `path` */
export function prepareOffer(profile: OfferProfile, path = "offer"): PreparedOffer {
  text(profile.id, `${path}.id`);
  text(profile.currency, `${path}.currency`);
  integer(profile.capacity, 0, MAX_UNITS, `${path}.capacity`);
  if (profile.price !== null) integer(profile.price, 0, MAX_AMOUNT, `${path}.price`);
  texts(profile.cases, `${path}.cases`);
  return {
    profile,
    kinds: new Set(texts(profile.kinds, `${path}.kinds`)),
    capabilities: new Set(texts(profile.capabilities, `${path}.capabilities`)),
    coverage: new Set(texts(profile.coverage, `${path}.coverage`)),
    qualifications: new Set(texts(profile.qualifications, `${path}.qualifications`)),
    ...period(profile.availableFrom, profile.availableTo, `${path}.availableFrom`, `${path}.availableTo`),
  };
}

/** Prepares a whole list. @throws AssignmentInputError DUPLICATE_ID when two have the same id */
export function prepareAll<P extends { readonly id: string }, Q>(
  profiles: readonly P[],
  path: string,
  prepare: (profile: P, path: string) => Q,
): Q[] {
  const ids = new Set<string>();
  return profiles.map((profile, index) => {
    const prepared = prepare(profile, `${path}[${index}]`);
    if (ids.has(profile.id)) throw new AssignmentInputError("DUPLICATE_ID", `${path}[${index}].id`, "the id is already taken in this list");
    ids.add(profile.id);
    return prepared;
  });
}

/** What all units of the need would cost at the offer's price, in minor units; at most 2^53 - 1 is told. */
export function totalCost(price: number, quantity: number): number {
  return Math.min(price * quantity, Number.MAX_SAFE_INTEGER);
}

function period(from: string | null, to: string | null, fromPath: string, toPath: string) {
  const firstDay = from === null ? Number.NEGATIVE_INFINITY : dayOf(from, fromPath);
  const lastDay = to === null ? Number.POSITIVE_INFINITY : dayOf(to, toPath);
  if (firstDay > lastDay) throw new AssignmentInputError("PERIOD_REVERSED", toPath, "the period ends before it begins");
  return { firstDay, lastDay };
}

function dayOf(date: string, path: string): number {
  const time = typeof date === "string" && /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date) {
    throw new AssignmentInputError("MALFORMED_DATE", path, "a calendar date as YYYY-MM-DD is wanted");
  }
  return time / DAY;
}

function integer(value: unknown, least: number, most: number, path: string): void {
  if (!Number.isSafeInteger(value)) throw new AssignmentInputError("NOT_AN_INTEGER", path, "a safe integer is wanted");
  if ((value as number) < least || (value as number) > most) {
    throw new AssignmentInputError("OUT_OF_RANGE", path, `${least} to ${most} is wanted`);
  }
}

function text(value: unknown, path: string): void {
  if (typeof value !== "string" || value.length === 0 || value.length > MAX_TEXT || value.includes("\0")) {
    throw new AssignmentInputError("MALFORMED_TEXT", path, `1 to ${MAX_TEXT} characters without NUL`);
  }
}

function texts(values: readonly string[], path: string): readonly string[] {
  if (!Array.isArray(values)) throw new AssignmentInputError("NOT_A_LIST", path, "a list of texts is wanted");
  if (values.length > MAX_LIST) throw new AssignmentInputError("TOO_MANY", path, `at most ${MAX_LIST} entries`);
  values.forEach((value, index) => {
    text(value, `${path}[${index}]`);
  });
  return values;
}
