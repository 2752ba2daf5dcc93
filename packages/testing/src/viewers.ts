import type { Call, Membership, SubgraphEndpoint, Viewer } from "@gongjian/subgraph";

const viewer = (subject: string, memberships: Membership[]): Viewer => ({ subject, memberships });

/** People of a story. */
export const someone = {
  public: viewer("anonymous", []),
  admin: viewer("admin-1", [{ role: "ADMIN", scope: "*" }]),
  auditor: viewer("auditor-1", [{ role: "AUDITOR", scope: "*" }]),
  officer: (region: string) => viewer(`officer-${region}`, [{ role: "OFFICER", scope: `region:${region}` }]),
  worker: (community: string) => viewer(`worker-${community}`, [{ role: "COMMUNITY_WORKER", scope: `community:${community}` }]),
  representative: (organisation: string) =>
    viewer(`rep-${organisation}`, [{ role: "ORGANISATION_REP", scope: `organisation:${organisation}` }]),
  resident: (community: string) => viewer(`resident-${community}`, [{ role: "RESIDENT", scope: `community:${community}` }]),
};

/** The call that a viewer's request makes. */
export const callOf = (who: Viewer, script: Call["script"] = null): Call => ({ viewer: who, requestId: "test-request", script });

// biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, not typed
export type Answer = { data: any; errors: readonly { message: string; extensions?: any; path?: readonly (string | number)[] }[] };

/** Asks a subgraph as a viewer. Errors come back beside the data, never thrown. */
export async function ask(
  endpoint: SubgraphEndpoint,
  who: Viewer,
  query: string,
  variables: Record<string, unknown> = {},
  script: Call["script"] = null,
): Promise<Answer> {
  const result = await endpoint.execute({ query, variables }, callOf(who, script));
  return { data: result.data ?? null, errors: (result.errors ?? []) as Answer["errors"] };
}
