import type { Organisation } from "../../organisation/organisation.type";
import { lyingWithin, type SearchSource } from "./source";

/** Public: the register of organisations is public. */
export const organisationSource: SearchSource = {
  kind: "ORGANISATION",
  typename: "Organisation",
  from: "organisation o",
  id: "o.id",
  nameKey: "o.name_key",
  vector: "o.search_vector",
  visible: () => [{ sql: "o.merged_into IS NULL", params: [] }],
  within: (_viewer, code) => lyingWithin("o.region_code", code),
  read: (context, id) => context.organisations.byId(id),
  texts: ({ name }: Organisation) => [name],
};
