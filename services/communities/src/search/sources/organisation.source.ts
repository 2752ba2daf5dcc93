import type { Organisation } from "../../organisation/organisation.type";
import { lyingWithin, type SearchSource } from "./source";

/** Public: the register of organisations is public. One that absorbed another is found by either name. */
export const organisationSource: SearchSource = {
  kind: "ORGANISATION",
  typename: "Organisation",
  from: "organisation a JOIN organisation o ON o.id = coalesce(a.merged_into, a.id)",
  id: "o.id",
  nameKey: "a.name_key",
  vector: "a.search_vector",
  visible: () => [],
  within: (_viewer, code) => lyingWithin("o.region_code", code),
  read: (context, id) => context.organisations.byId(id),
  texts: ({ name }: Organisation) => [name],
};
