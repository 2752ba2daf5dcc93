import { PublicError } from "../errors";
import { PLATFORM, type Viewer } from "../identity";
import type { Peers, SubgraphContext } from "./context";

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/u;
/** Entities in one request: fewer than a subgraph takes (20,000), in a body far shorter than it reads. */
const MAX_ASKED = 5_000;

/**
 * Reads entities of another subgraph by key: one request for every 5,000 keys, one after the other. A key that the peer does not know is not in the map.
 * @param selection the fields to read, as GraphQL, e.g. `scopeCodes`
 * Asked as the platform, unless told otherwise: what a write refers to must be found whoever writes.
 * @throws PublicError PEER_UNAVAILABLE when the peer is not there or does not answer in full
 */
export async function fetchEntities<T>(
  context: SubgraphContext,
  peer: keyof Peers,
  typename: string,
  keyField: string,
  keys: readonly string[],
  selection: string,
  viewer: Viewer = PLATFORM,
): Promise<Map<string, T>> {
  if (!NAME.test(typename) || !NAME.test(keyField)) throw new TypeError(`${typename}.${keyField} is not a key`);
  const wanted = [...new Set(keys)].filter((key) => !key.includes("\0"));
  if (wanted.length === 0) return new Map();
  const endpoint = context.peers[peer];
  if (!endpoint) throw new PublicError("PEER_UNAVAILABLE", { peer });
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${typename} { ${keyField} ${selection} } } }`;
  const found = new Map<string, T>();
  for (let at = 0; at < wanted.length; at += MAX_ASKED) {
    const asked = wanted.slice(at, at + MAX_ASKED);
    const representations = asked.map((key) => ({ __typename: typename, [keyField]: key }));
    const { data, errors } = await endpoint.execute({ query, variables: { representations } }, { ...context.call, viewer, script: null });
    const entities = data?.["_entities"];
    if (!Array.isArray(entities) || entities.length !== asked.length || (errors && errors.length > 0))
      throw new PublicError("PEER_UNAVAILABLE", { peer });
    asked.forEach((key, index) => {
      if (entities[index]) found.set(key, entities[index] as T);
    });
  }
  return found;
}

/** The keys for which the peer has no entity. @throws PublicError PEER_UNAVAILABLE */
export async function missingEntities(
  context: SubgraphContext,
  peer: keyof Peers,
  typename: string,
  keys: Iterable<string>,
  viewer: Viewer = PLATFORM,
): Promise<Set<string>> {
  const asked = new Set(keys);
  const keyField = typename === "Region" ? "code" : "id";
  const found = await fetchEntities<unknown>(context, peer, typename, keyField, [...asked], "__typename", viewer);
  return new Set([...asked].filter((key) => !found.has(key)));
}
