import type { Community } from "../../community/community.type";
import { lyingWithin, type SearchSource } from "./source";

/** Public: the register of communities is public. */
export const communitySource: SearchSource = {
  kind: "COMMUNITY",
  typename: "Community",
  from: "community c",
  id: "c.id",
  nameKey: "c.name_key",
  vector: "c.search_vector",
  visible: () => [],
  within: (_viewer, code) => lyingWithin("c.region_code", code),
  read: (context, id) => context.communities.byId(id),
  texts: ({ name }: Community) => [name],
};
