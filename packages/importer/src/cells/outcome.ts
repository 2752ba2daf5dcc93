import type { Details, ProblemCode } from "../problem";

/** A parsed value, or the code of what is wrong with the text. Expected failures are returned, never thrown. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; code: ProblemCode; details?: Details };

export const good = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const bad = (code: ProblemCode, details?: Details): { ok: false; code: ProblemCode; details?: Details } => ({
  ok: false,
  code,
  ...(details ? { details } : {}),
});
