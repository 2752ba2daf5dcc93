import { ImportFileError } from "../errors";

/** Seven decimals of a degree are a centimetre: what the tables keep. */
const rounded = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;
const isObject = (item: unknown): item is Record<string, unknown> => typeof item === "object" && item !== null && !Array.isArray(item);

/**
 * The features of a GeoJSON feature collection (RFC 7946) as rows: their properties, with `longitude` and `latitude` in degrees of WGS 84,
 * rounded to seven decimals. Null for what is no feature collection.
 * A geometry that is no point stands in `longitude` by its name: a problem of its row, as any other cell that is no number.
 * @throws ImportFileError NOT_A_FEATURE, with the item's number from 1; UNKNOWN_CRS for a file of before RFC 7946 in another system
 */
export function featuresOf(file: unknown): Record<string, unknown>[] | null {
  if (!isObject(file) || file["type"] !== "FeatureCollection" || !Array.isArray(file["features"])) return null;
  checkSystem(file["crs"] ?? null);
  return (file["features"] as unknown[]).map((feature, index) => {
    if (!isObject(feature) || feature["type"] !== "Feature") throw new ImportFileError("NOT_A_FEATURE", { item: index + 1 });
    const properties = isObject(feature["properties"]) ? feature["properties"] : {};
    const geometry = feature["geometry"] ?? null;
    if (geometry === null) return properties;
    const position = isObject(geometry) && geometry["type"] === "Point" ? geometry["coordinates"] : null;
    if (!Array.isArray(position) || position.length < 2 || !position.slice(0, 2).every((degrees) => Number.isFinite(degrees)))
      return { ...properties, longitude: nameOf(geometry), latitude: null };
    const [longitude, latitude] = position as [number, number];
    return { ...properties, longitude: rounded(longitude), latitude: rounded(latitude) };
  });
}

const nameOf = (geometry: unknown): string =>
  isObject(geometry) && typeof geometry["type"] === "string" && geometry["type"] !== "Point"
    ? geometry["type"]
    : JSON.stringify(geometry).slice(0, 60);

/** Names of WGS 84, and of CGCS2000, which lies within a metre of it. What maps in China call GCJ-02 or BD-09 lies hundreds of metres off. */
const GOOD_SYSTEM = /CRS:?84|EPSG:+4326|EPSG:+4490|WGS ?84|CGCS ?2000/iu;

function checkSystem(crs: unknown): void {
  if (crs === null) return;
  const properties = isObject(crs) && isObject(crs["properties"]) ? crs["properties"] : {};
  const name = typeof properties["name"] === "string" ? properties["name"] : JSON.stringify(crs).slice(0, 60);
  if (!GOOD_SYSTEM.test(name)) throw new ImportFileError("UNKNOWN_CRS", { name });
}
