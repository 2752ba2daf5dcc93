import { fetchEntities, type InputProblem, type SubgraphContext } from "@gongjian/subgraph";

/** What communities knows of the regions that an input names. */
export interface KnownRegions {
  /** Whose officers reach the region; empty where no region is named. */
  scopeCodes(code: string | null | undefined): string[];
  problems(code: string | null | undefined): InputProblem[];
}

/** Asks communities for the scopes of the regions, once for all. @throws PublicError PEER_UNAVAILABLE */
export async function knownRegions(context: SubgraphContext, codes: readonly (string | null | undefined)[]): Promise<KnownRegions> {
  const named = codes.filter((code): code is string => typeof code === "string");
  const found = await fetchEntities<{ scopeCodes: string[] }>(context, "communities", "Region", "code", named, "scopeCodes");
  return {
    scopeCodes: (code) => (typeof code === "string" ? [...(found.get(code)?.scopeCodes ?? [])].sort() : []),
    problems: (code) =>
      typeof code === "string" && !found.has(code)
        ? [{ field: "regionCode", code: "UNKNOWN_REFERENCE", message: "There is no such region." }]
        : [],
  };
}
