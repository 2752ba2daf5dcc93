import { isUuid } from "../connection/list-query";
import type { SubgraphContext } from "./context";
import { fetchEntities } from "./peers";

/** An organisation as the gateway hands it to another subgraph's field: with all its ids, where they were asked for. */
export interface NamedOrganisation {
  id: string;
  ids?: readonly string[] | null;
}

/**
 * The ids under which records may name an organisation, as one text: a list below it asks for any of them. An organisation that absorbed none
 * has one. Null where none is well formed.
 */
export function parentOf({ id, ids }: NamedOrganisation): string | null {
  const known = [...new Set([id, ...(ids ?? [])].filter(isUuid).map((one) => one.toLowerCase()))];
  return known.length === 0 ? null : known.join(",");
}

/** What ties a row to one of the ids of a text that `parentOf` made. */
export const isOneOf = (column: string, parent: string): string => `${column} = ANY(string_to_array(${parent}, ',')::uuid[])`;

/** Under which ids records may name the organisations that a request's filters ask for: communities knows which records were merged. */
export class SameOrganisations {
  private readonly known = new Map<string, readonly string[]>();

  constructor(private readonly context: SubgraphContext) {}

  /** Asks once for each organisation, before a list is read that is filtered by it. @throws PublicError PEER_UNAVAILABLE */
  async learn(id: string | null | undefined): Promise<void> {
    if (!isUuid(id) || this.known.has(id.toLowerCase())) return;
    const found = await fetchEntities<{ ids: string[] }>(this.context, "communities", "Organisation", "id", [id], "ids");
    this.known.set(id.toLowerCase(), found.get(id)?.ids ?? [id]);
  }

  /** What each of the ids has become, by the id: itself where its record was not merged. One request for all. @throws PublicError PEER_UNAVAILABLE */
  async survivors(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = await fetchEntities<{ ids: string[] }>(this.context, "communities", "Organisation", "id", ids, "ids");
    return new Map(ids.map((id) => [id, found.get(id)?.ids[0] ?? id]));
  }

  /** All ids of an organisation that was learnt; the id itself where it was not. */
  of(id: string): readonly string[] {
    return this.known.get(id.toLowerCase()) ?? [id];
  }
}
