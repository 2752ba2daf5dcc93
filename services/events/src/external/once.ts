import { PublicError } from "@gongjian/subgraph";
import type { Context } from "../context";
import type { PartyColumns } from "./party";

/** A party in a role, as a list names it. */
type Placed = PartyColumns & { role: string };

/** The organisations that stand beside another one in the same role of a list: only they can be there twice. */
const besideOthers = (list: readonly Placed[]): string[] => {
  const byRole = new Map<string, string[]>();
  for (const { role, organisationId } of list) if (organisationId !== null) byRole.set(role, [...(byRole.get(role) ?? []), organisationId]);
  return [...byRole.values()].flatMap((ids) => (ids.length > 1 ? ids : []));
};

/**
 * Lists in which every organisation stands once in a role, at its first place: two that were merged since are one. What is stored stays as it
 * was entered. Communities knows which were merged, and is asked once for all lists, if at all; where it does not answer, the lists are
 * shown as they are stored.
 */
export async function eachOnce<T extends Placed>(context: Context, lists: readonly T[][]): Promise<T[][]> {
  const ids = [...new Set(lists.flatMap(besideOthers))];
  if (ids.length === 0) return [...lists];
  const survivors = await context.sameOrganisations.survivors(ids).catch((error: unknown) => {
    if (error instanceof PublicError && error.code === "PEER_UNAVAILABLE") return null;
    throw error;
  });
  if (survivors === null) return [...lists];
  return lists.map((list) => {
    const seen = new Set<string>();
    return list.filter(({ role, organisationId }) => {
      if (organisationId === null) return true;
      const place = `${role} ${survivors.get(organisationId) ?? organisationId}`;
      return !seen.has(place) && seen.add(place);
    });
  });
}
