import { FACILITY_FIELDS, type FacilityCategory } from "@gongjian/entities-communities";
import type { Facility } from "../../facility/facility.type";
import type { SearchSource } from "./source";

/** Facilities are public. One lies where its community does, or in the region that it serves. */
export const facilitySource: SearchSource = {
  kind: "FACILITY",
  typename: "Facility",
  from: "facility f",
  id: "f.id",
  nameKey: "f.name_key",
  vector: "f.search_vector",
  visible: () => [],
  within: (_viewer, code) => ({
    sql: "EXISTS (SELECT 1 FROM region v WHERE v.code = coalesce(f.region_code, (SELECT c.region_code FROM community c WHERE c.id = f.community_id)) AND v.scope_codes @> ARRAY[?::text])",
    params: [code],
  }),
  topic: (topic) => ({
    sql: "f.category = ANY(?::text[])",
    params: [(Object.keys(FACILITY_FIELDS) as FacilityCategory[]).filter((category) => FACILITY_FIELDS[category] === topic)],
  }),
  read: (context, id) => context.facilities.byId(id),
  texts: ({ name, formerly }: Facility) => [name, ...(formerly === null ? [] : [formerly])],
};
