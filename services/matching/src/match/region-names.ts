import { defineLoader, fetchEntities, PublicError } from "@gongjian/subgraph";
import type { Context } from "../context";
import { inWords, type Language } from "./words";

interface Worded {
  reason?: string;
  criterion?: string;
  change?: string;
  facts?: Record<string, unknown>;
  values?: readonly string[];
}

/** A name that was changed is told at the latest after this. */
const KEPT_MS = 600_000;
const MOST_KEPT = 10_000;

/** Names that communities has given, by the endpoint that gave them: an explained list names the same few regions over and over. */
const kept = new WeakMap<object, Map<string, { name: string; until: number }>>();

function keptOf(context: Context): Map<string, { name: string; until: number }> {
  const endpoint = context.peers.communities;
  if (!endpoint) return new Map();
  const known = kept.get(endpoint) ?? new Map();
  if (known.size > MOST_KEPT) known.clear();
  kept.set(endpoint, known);
  return known;
}

const nameByCode = defineLoader<Context, string, string | null>(async (context, codes) => {
  const known = keptOf(context);
  try {
    const regions = await fetchEntities<{ name: string }>(context, "communities", "Region", "code", codes, "name");
    for (const [code, { name }] of regions) known.set(code, { name, until: performance.now() + KEPT_MS });
    return codes.map((code) => regions.get(code)?.name ?? null);
  } catch (error) {
    // a sentence with a code in it is better than none
    if (error instanceof PublicError) return codes.map(() => null);
    throw error;
  }
});

/** The region codes that a stored factor, reason or step would be told with. */
export function regionCodes({ criterion, reason, change, facts, values }: Worded): string[] {
  if (criterion === "PROXIMITY") return typeof facts?.["region"] === "string" ? [facts["region"]] : [];
  if (reason === "OUT_OF_COVERAGE") return [...(facts?.["covered"] as string[]), ...(facts?.["place"] as string[]).slice(-1)];
  return change === "ADD_COVERAGE" ? [...(values ?? [])] : [];
}

/** The same with a name for each region code that has one. */
export function named<T extends Worded>(subject: T, names: ReadonlyMap<string, string>): T {
  const name = (code: string): string => names.get(code) ?? code;
  if (subject.criterion === "PROXIMITY")
    return { ...subject, facts: { ...subject.facts, region: name(subject.facts?.["region"] as string) } };
  if (subject.reason === "OUT_OF_COVERAGE") {
    const { covered, place } = subject.facts as { covered: string[]; place: string[] };
    return { ...subject, facts: { ...subject.facts, covered: covered.map(name), place: place.map(name) } };
  }
  return { ...subject, values: (subject.values ?? []).map(name) };
}

/** One sentence for a stored factor, reason or step, with the names of its regions, which communities knows; at once where it tells of none. */
export function told(context: Context, subject: object, language: Language | null): string | Promise<string> {
  const codes = regionCodes(subject);
  if (codes.length === 0) return inWords(subject, language);
  const known = keptOf(context);
  const now = performance.now();
  const names = new Map(codes.flatMap((code) => ((known.get(code)?.until ?? 0) > now ? [[code, known.get(code)!.name] as const] : [])));
  if (codes.every((code) => names.has(code))) return inWords(named(subject, names), language);
  return Promise.all(codes.map((code) => context.load(nameByCode, code))).then((loaded) => {
    const found = new Map(codes.flatMap((code, index) => (loaded[index] ? [[code, loaded[index]] as const] : [])));
    return inWords(named(subject, found), language);
  });
}
