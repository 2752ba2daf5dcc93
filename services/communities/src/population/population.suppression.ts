/** Below so many people of a group, a count says too much about each of them. */
export const LEAST_SHOWN = 10;

/** Below so many residents nothing is said of ethnic groups: their number alone would come near to what is left out. */
export const LEAST_RESIDENTS = 100;

/** A group that was counted; one that was only named has no count, and nothing of it to leave out. */
export interface CountedGroup {
  code: number;
  count: number | null;
}

/**
 * The codes of the groups whose counts are left out of one snapshot: those of 1 to 9 people, and with them what keeps these from being
 * worked out. `before`: the groups that any snapshot of the community has left out; they stay out, so that two days with the same figures
 * do not tell together what neither tells alone.
 *
 * Who knows the residents knows what the groups that are left out have together, and who knows this rule knows how large each of them can
 * be. So one group of ten or more goes with the small ones, that could take up whatever any of them has less or more (complementary
 * suppression; Willenborg and de Waal, Elements of Statistical Disclosure Control, 2001): it has at least as many people as would be left for it
 * if each small group had nine, and fewer than the smallest group that is shown if each had one. Every small count from 1 to 9 is
 * then possible beside what is shown. Where no group is fit for that, no count is shown.
 */
export function leftOut(groups: readonly CountedGroup[], before: ReadonlySet<number>): Set<number> {
  const people = groups.flatMap(({ code, count }) => (count === null || count === 0 ? [] : [{ code, count }]));
  const small = people.filter(({ count }) => count < LEAST_SHOWN);
  const kept = people.filter(({ code, count }) => count >= LEAST_SHOWN && before.has(code));
  const out = [...small, ...kept];
  if (small.length === 0) return codesOf(out);
  const least = LEAST_SHOWN + small.reduce((sum, { count }) => sum + LEAST_SHOWN - 1 - count, 0);
  if (kept.length > 0) return codesOf(kept.some(({ count }) => count >= least) ? out : people);
  const [smallest, next] = people.filter(({ count }) => count >= LEAST_SHOWN).sort((a, b) => a.count - b.count);
  const room = small.reduce((sum, { count }) => sum + count - 1, 0);
  const fit = smallest !== undefined && smallest.count >= least && (next === undefined || next.count > smallest.count + room);
  return codesOf(fit ? [...out, smallest] : people);
}

const codesOf = (groups: readonly { code: number }[]): Set<number> => new Set(groups.map(({ code }) => code));
