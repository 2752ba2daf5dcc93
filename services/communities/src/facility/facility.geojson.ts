import { GraphQLError, GraphQLScalarType } from "graphql";
import type { Community } from "../community/community.type";
import type { Organisation } from "../organisation/organisation.type";
import type { Facility } from "./facility.type";

/** A facility as RFC 7946 has it. `geometry` is null where the position is not known ("unlocated"). */
export interface FacilityFeature {
  type: "Feature";
  id: string;
  geometry: { type: "Point"; coordinates: [number, number] } | null;
  properties: Record<string, unknown>;
}

const refuse = (): never => {
  throw new GraphQLError("GeoJsonFeature is only answered", { extensions: { code: "BAD_USER_INPUT" } });
};

export const GeoJsonFeatureScalar = new GraphQLScalarType<never, unknown>({
  name: "GeoJsonFeature",
  description:
    "A GeoJSON feature (RFC 7946, section 3.2) as a JSON object: `type`, `id`, `geometry` (a point of WGS 84, longitude first, or null where the position is not known) and `properties`. Only answered, never taken.",
  specifiedByURL: "https://datatracker.ietf.org/doc/html/rfc7946#section-3.2",
  serialize: (feature) => feature,
  parseValue: refuse,
  parseLiteral: refuse,
});

/** Seven decimals of a degree are a centimetre: what the tables of the importer keep. */
const rounded = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;

/**
 * The facility as a feature. Its properties are the columns of the importer's table, so that a file of features comes in again unchanged;
 * what is not known is left out. `inScript` answers with Chinese text in the script asked for.
 */
export function featureOf(
  facility: Facility,
  community: Pick<Community, "identifier"> | null,
  operator: Pick<Organisation, "key" | "name"> | null,
  inScript: (text: string) => string,
): FacilityFeature {
  const { id, longitude, latitude, key, name, category, state, address, formerly, exhibitions, shared, wantsOperator } = facility;
  const { openingHours, capacity, asOf, source, regionCode } = facility;
  const han = (text: string | null): string | null => text && inScript(text);
  const properties = {
    key,
    name: han(name),
    category,
    state,
    shared,
    wantsOperator,
    formerly: han(formerly),
    exhibitions: exhibitions.map(inScript),
    openingHours,
    address: han(address),
    capacity,
    asOf,
    source,
    community: community?.identifier ?? null,
    region: regionCode,
    operator: operator?.key ?? operator?.name ?? null,
  };
  return {
    type: "Feature",
    id,
    geometry: longitude === null || latitude === null ? null : { type: "Point", coordinates: [rounded(longitude), rounded(latitude)] },
    properties: Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null)),
  };
}
