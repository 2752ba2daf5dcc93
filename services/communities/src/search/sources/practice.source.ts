import { labelsOf } from "../../practice/practice.store";
import type { Practice } from "../../practice/practice.type";
import type { SearchSource } from "./source";

/** Practices are public. One lies where its holder does. */
export const practiceSource: SearchSource = {
  kind: "PRACTICE",
  typename: "Practice",
  from: "practice p",
  id: "p.id",
  nameKey: "p.name_key",
  vector: "p.search_vector",
  visible: () => [],
  within: (_viewer, code) => ({
    sql: `EXISTS (SELECT 1 FROM region v WHERE v.scope_codes @> ARRAY[?::text] AND v.code = coalesce(p.region_code,
      (SELECT c.region_code FROM community c WHERE c.id = p.community_id), (SELECT o.region_code FROM organisation o WHERE o.id = p.organisation_id)))`,
    params: [code],
  }),
  read: (context, id) => context.practices.byId(id),
  texts: ({ name, parts }: Practice) => [name, ...labelsOf(parts)],
};
