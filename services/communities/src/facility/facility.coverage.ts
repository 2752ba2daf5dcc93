import { statement } from "@gongjian/database";
import type { FacilityCategory } from "@gongjian/entities-communities";
import { defineLoader, groupsInOrder } from "@gongjian/subgraph";
import type { Context } from "../context";
import { CIRCLE } from "./facility.lists";
import { CIRCLE_MINUTES, EARTH_RADIUS, reachOf } from "./facility.rules";
import type { ServiceCoverage } from "./facility.type";

/**
 * For many regions at once: how many communities there are, how many have a position, and how many of those reach each category. Each
 * located community is looked around once, whatever number of the regions it lies in; its box goes through the index on positions, and
 * takes the whole turn of the earth where a pole or the date line is near, as `boxAround` does. $2 is the reach in metres, $3 in radians.
 */
const OF_REGIONS = statement(
  "facility_coverage",
  `WITH below AS MATERIALIZED (
     SELECT asked.code AS asked, r.code FROM unnest($1::text[]) AS asked(code) JOIN region r ON r.scope_codes @> ARRAY[asked.code]
   ), located AS MATERIALIZED (
     SELECT c.id, c.region_code, c.longitude, c.latitude, degrees($3::float8) + 1e-9 AS up,
       CASE WHEN abs(c.latitude) + degrees($3::float8) + 1e-9 >= 90 THEN 360
         ELSE degrees(asin(sin($3::float8) / cos(radians(c.latitude)))) + 1e-9 END AS across
     FROM community c WHERE c.longitude IS NOT NULL AND c.region_code IN (SELECT code FROM below)
   ), reached AS MATERIALIZED (
     SELECT l.id, l.region_code, near.category FROM located l CROSS JOIN LATERAL (SELECT DISTINCT f.category FROM facility f
       WHERE f.state = 'OPEN' AND f.latitude BETWEEN l.latitude - l.up AND l.latitude + l.up
         AND (abs(l.longitude) + l.across > 180 OR f.longitude BETWEEN l.longitude - l.across AND l.longitude + l.across)
         AND metres_between(l.longitude, l.latitude, f.longitude, f.latitude) <= $2::float8) near
   )
   SELECT b.asked, NULL AS category, count(*)::integer AS communities, count(c.longitude)::integer AS located
   FROM below b JOIN community c ON c.region_code = b.code GROUP BY b.asked
   UNION ALL SELECT b.asked, r.category, count(*)::integer, NULL FROM below b JOIN reached r ON r.region_code = b.code GROUP BY b.asked, r.category
   UNION ALL SELECT b.asked, f.category, NULL, count(DISTINCT l.id)::integer FROM below b JOIN located l ON l.region_code = b.code
     JOIN facility f ON f.community_id = l.id AND f.state = 'OPEN' AND f.longitude IS NULL
     WHERE NOT EXISTS (SELECT 1 FROM reached r WHERE r.id = l.id AND r.category = f.category) GROUP BY b.asked, f.category`,
);

interface Row {
  asked: string;
  category: FacilityCategory | null;
  /** Of a category: how many reach it; null in the row that says how many have it at a place that is not known. */
  communities: number | null;
  /** Of all: how many have a position. Of a category: how many have it at a place that is not known. */
  located: number | null;
}

function coverageOf(rows: readonly Row[]): ServiceCoverage {
  const whole = rows.find(({ category }) => category === null);
  const located = whole?.located ?? 0;
  return {
    communities: whole?.communities ?? 0,
    located,
    categories: CIRCLE.map((category) => {
      const communities = rows.find((row) => row.category === category && row.communities !== null)?.communities ?? 0;
      const unplaced = rows.find((row) => row.category === category && row.communities === null)?.located ?? 0;
      return { category, communities, share: located === 0 ? null : communities / located, unplaced };
    }),
  };
}

export const coverageOfRegion = defineLoader<Context, string, ServiceCoverage>(async (context, codes) => {
  const reach = reachOf(CIRCLE_MINUTES);
  const rows = await context.rows<Row>(OF_REGIONS, [codes, reach, reach / EARTH_RADIUS]);
  return groupsInOrder(codes, rows, ({ asked }) => asked).map(coverageOf);
});
