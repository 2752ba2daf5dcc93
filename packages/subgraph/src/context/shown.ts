import { defineLoader, type LoaderDefinition } from "../loaders/loaders";
import type { Peers, SubgraphContext } from "./context";
import { isUuid } from "../connection/list-query";
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

/**
 * How a foreign record is found again that others may not see: the gateway names one only once its owner has shown it; whoever comes to a
 * subgraph without the gateway may name any, and gets what lists below it only where its owner shows it to them.
 */
export const shownStub =
  (visible: LoaderDefinition<SubgraphContext, string, object | null>) =>
  async (reference: { id?: unknown }, context: SubgraphContext): Promise<object | null> => {
    if (context.call.isDirect !== true) return reference;
    if (!isUuid(reference.id)) return null;
    return (await context.load(visible, reference.id.toLowerCase())) === null ? null : reference;
  };
