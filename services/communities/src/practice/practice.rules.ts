import type { PracticePartValue } from "@gongjian/entities-communities";
import { checkNumber, checkText, type InputProblem } from "@gongjian/subgraph";

/** Parts of one practice at most, at any depth. */
export const MOST_PARTS = 60;
/** How deep parts may lie: a part, what it is made of, and what that is made of. */
export const DEEPEST_PART = 3;
export const MOST_EVENTS = 50;

/** A part as it is given. */
export interface PartDraft {
  label: string;
  count?: number | null;
  items?: readonly PartDraft[] | null;
}

export interface PracticeDraft {
  key?: string | null;
  name: string;
  summary?: string | null;
  parts?: readonly PartDraft[] | null;
  eventIds?: readonly string[] | null;
  source?: string | null;
}

export const partsFrom = (parts: readonly PartDraft[]): PracticePartValue[] =>
  parts.map(({ label, count, items }) => ({ label: label.trim(), count: count ?? null, items: partsFrom(items ?? []) }));

const sizeOf = (parts: readonly PartDraft[]): number => parts.reduce((sum, { items }) => sum + 1 + sizeOf(items ?? []), 0);

/** What is wrong with the parts: their size and depth, labels, and numbers that disagree with what is listed. */
export function checkParts(parts: readonly PartDraft[], field = "parts", depth = 1): InputProblem[] {
  if (depth > DEEPEST_PART)
    return parts.length === 0 ? [] : [{ field, code: "TOO_DEEP", message: `Parts lie at most ${DEEPEST_PART} deep.` }];
  if (depth === 1 && sizeOf(parts) > MOST_PARTS) return [{ field, code: "TOO_MANY", message: `At most ${MOST_PARTS} parts are allowed.` }];
  return parts.flatMap(({ label, count, items }, index) => {
    const at = `${field}.${index}`;
    const listed = items?.length ?? 0;
    return [
      ...checkText(`${at}.label`, label, { least: 1, most: 50 }),
      ...checkNumber(`${at}.count`, count, { least: 1, most: 999 }),
      ...(count != null && listed > 0 && listed !== count
        ? [{ field: `${at}.count`, code: "COUNT_MISMATCH", message: "The number differs from how many are listed." }]
        : []),
      ...checkParts(items ?? [], `${at}.items`, depth + 1),
    ];
  });
}

/** The numbers of the parts in their order, as such a model is called for short, e.g. `1-5-3-1`; null unless each part has its number. */
export function patternOf(parts: readonly PracticePartValue[]): string | null {
  const counts = parts.map(({ count }) => count);
  return counts.length < 2 || counts.includes(null) ? null : counts.join("-");
}

/** What is wrong with a practice as given, apart from what is stored. */
export function checkPractice(draft: PracticeDraft): InputProblem[] {
  const events = draft.eventIds ?? [];
  return [
    ...(draft.key == null ? [] : checkText("key", draft.key, { least: 1, most: 100 })),
    ...checkText("name", draft.name, { least: 1, most: 100 }),
    ...checkText("summary", draft.summary, { most: 2000 }),
    ...checkParts(draft.parts ?? []),
    ...(events.length > MOST_EVENTS
      ? [{ field: "eventIds", code: "TOO_MANY", message: `At most ${MOST_EVENTS} events are allowed.` }]
      : events.flatMap((id, index) => checkText(`eventIds.${index}`, id, { least: 1, most: 100 }))),
    ...checkText("source", draft.source, { most: 200 }),
  ];
}
