import { missingEntities, type InputProblem } from "@gongjian/subgraph";
import type { Context } from "../context";

type Coverage = readonly string[] | null | undefined;

/** Asks communities which of the regions exist, once for all offers, and tells of each coverage what is wrong with it. @throws PublicError PEER_UNAVAILABLE */
export async function coverageProblems(context: Context, coverages: readonly Coverage[]): Promise<(coverage: Coverage) => InputProblem[]> {
  const codes = new Set(coverages.flatMap((coverage) => coverage ?? []).map((code) => code.trim()));
  const missing = await missingEntities(context, "communities", "Region", codes);
  return (coverage) =>
    (coverage ?? []).flatMap((code, index) =>
      missing.has(code.trim()) ? [{ field: `coverage.${index}`, code: "UNKNOWN_REFERENCE", message: "There is no such region." }] : [],
    );
}
