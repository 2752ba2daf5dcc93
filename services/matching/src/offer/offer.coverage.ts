import { missingEntities, type InputProblem } from "@gongjian/subgraph";
import type { Context } from "../context";

interface Covering {
  coverage?: readonly string[] | null;
}

/** Asks communities which of the regions exist, once for all offers, and tells of each offer what is wrong with its coverage. @throws PublicError PEER_UNAVAILABLE */
export async function coverageProblems(context: Context, offers: readonly Covering[]): Promise<(offer: Covering) => InputProblem[]> {
  const codes = new Set(offers.flatMap(({ coverage }) => coverage ?? []).map((code) => code.trim()));
  const missing = await missingEntities(context, "communities", "Region", codes);
  return ({ coverage }) =>
    (coverage ?? []).flatMap((code, index) =>
      missing.has(code.trim()) ? [{ field: `coverage.${index}`, code: "UNKNOWN_REFERENCE", message: "There is no such region." }] : [],
    );
}
