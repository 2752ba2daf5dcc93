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

const nameByCode = defineLoader<Context, string, string | null>(async (context, codes) => {
  try {
    const regions = await fetchEntities<{ name: string }>(context, "communities", "Region", "code", codes, "name");
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
  return Promise.all(codes.map((code) => context.load(nameByCode, code))).then((names) => {
    const known = new Map(codes.flatMap((code, index) => (names[index] ? [[code, names[index]] as const] : [])));
    return inWords(named(subject, known), language);
  });
}
