import { defineLoader, type LoaderDefinition } from "../loaders/loaders";
import type { Peers, SubgraphContext } from "./context";
import { missingEntities } from "./peers";

/**
 * Records of another subgraph, by id, as far as the viewer may see them: a hidden one is as good as none, and only its owner knows. A stub made
 * without asking would give its id away, for the gateway asks nobody where the id is all that is wanted. One request for all ids.
 * @throws PublicError PEER_UNAVAILABLE
 */
export const shownBy = <T extends { id: string }>(
  peer: keyof Peers,
  typename: string,
): LoaderDefinition<SubgraphContext, string, T | null> =>
  defineLoader(async (context: SubgraphContext, ids: readonly string[]) => {
    const missing = await missingEntities(context, peer, typename, ids, context.viewer);
    return ids.map((id) => (missing.has(id) ? null : ({ __typename: typename, id } as unknown as T)));
  });
