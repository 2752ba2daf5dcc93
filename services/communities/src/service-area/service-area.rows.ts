import { statement } from "@gongjian/database";
import { isStorable, type InputProblem } from "@gongjian/subgraph";
import type { Context } from "../context";
import type { StoredArea } from "./service-area.type";

/** More than any organisation needs to name: a district is one. */
const MOST = 100;

export const AREAS = statement(
  "service_areas",
  `SELECT s.organisation_id AS "organisationId", s.region_code AS "regionCode", s.community_id AS "communityId"
   FROM service_area s WHERE s.organisation_id = ANY($1::uuid[]) ORDER BY s.organisation_id, s.place`,
);

const unknown = (field: string): InputProblem => ({ field, code: "UNKNOWN_REFERENCE", message: "There is no such place." });

/** What is wrong with the places that an organisation is said to serve. */
export async function areaProblems(
  context: Context,
  regionCodes: readonly string[],
  communityIds: readonly string[],
): Promise<InputProblem[]> {
  if (regionCodes.length + communityIds.length > MOST)
    return [{ field: "regionCodes", code: "TOO_MANY", message: `At most ${MOST} places are named.` }];
  const [regions, communities] = await Promise.all([
    Promise.all(regionCodes.map(async (code) => (isStorable(code) ? context.regions.byCode(code) : null))),
    Promise.all(communityIds.map((id) => context.communities.byId(id))),
  ]);
  return [
    ...regions.flatMap((found, index) => (found ? [] : [unknown(`regionCodes.${index}`)])),
    ...communities.flatMap((found, index) => (found ? [] : [unknown(`communityIds.${index}`)])),
  ];
}

/** The rows that say where an organisation serves, each place once. */
export const areaRows = (
  organisationId: string,
  regionCodes: readonly string[],
  communityIds: readonly string[],
): (StoredArea & { place: string })[] => [
  ...[...new Set(regionCodes)].map((regionCode) => ({ organisationId, place: `region:${regionCode}`, regionCode, communityId: null })),
  ...[...new Set(communityIds.map((id) => id.toLowerCase()))].map((communityId) => ({
    organisationId,
    place: `community:${communityId}`,
    regionCode: null,
    communityId,
  })),
];
