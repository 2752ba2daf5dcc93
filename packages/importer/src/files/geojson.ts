import { ImportFileError } from "../errors";

/** Seven decimals of a degree are a centimetre: what the tables keep. */
const rounded = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;
const isObject = (item: unknown): item is Record<string, unknown> => typeof item === "object" && item !== null && !Array.isArray(item);

/**
 * The features of a GeoJSON feature collection (RFC 7946) as rows: their properties, with `longitude` and `latitude` in degrees of WGS 84,
 * rounded to seven decimals. Null for what is no feature collection.
 * @throws ImportFileError NOT_A_POINT, with the feature's number from 1, for any geometry but a point or none
 */
export function featuresOf(file: unknown): Record<string, unknown>[] | null {
  if (!isObject(file) || file["type"] !== "FeatureCollection" || !Array.isArray(file["features"])) return null;
  return (file["features"] as unknown[]).map((feature, index) => {
    const refused = new ImportFileError("NOT_A_POINT", { feature: index + 1 });
    if (!isObject(feature) || feature["type"] !== "Feature") throw refused;
    const properties = isObject(feature["properties"]) ? feature["properties"] : {};
    const geometry = feature["geometry"] ?? null;
    if (geometry === null) return properties;
    const position = isObject(geometry) && geometry["type"] === "Point" ? geometry["coordinates"] : null;
    if (!Array.isArray(position) || position.length < 2 || !position.slice(0, 2).every((degrees) => Number.isFinite(degrees)))
      throw refused;
    const [longitude, latitude] = position as [number, number];
    return { ...properties, longitude: rounded(longitude), latitude: rounded(latitude) };
  });
}
