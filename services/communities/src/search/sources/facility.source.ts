import { FACILITY_FIELDS, type FacilityCategory } from "@gongjian/entities-communities";
import type { Facility } from "../../facility/facility.type";
import type { SearchSource } from "./source";

/** Facilities are public. One lies where its community does. */
export const facilitySource: SearchSource = {
  kind: "FACILITY",
  typename: "Facility",
  from: "facility f",
  id: "f.id",
  nameKey: "f.name_key",
  vector: "f.search_vector",
  visible: () => [],
  within: (_viewer, code) => ({
    sql: "EXISTS (SELECT 1 FROM community c JOIN region v ON v.code = c.region_code WHERE c.id = f.community_id AND v.scope_codes @> ARRAY[?::text])",
    params: [code],
  }),
  topic: (topic) => ({
    sql: "f.category = ANY(?::text[])",
    params: [(Object.keys(FACILITY_FIELDS) as FacilityCategory[]).filter((category) => FACILITY_FIELDS[category] === topic)],
  }),
  read: (context, id) => context.facilities.byId(id),
  texts: ({ name, formerly }: Facility) => [name, ...(formerly === null ? [] : [formerly])],
};
