import { checkNumber, checkText, checkTexts, type InputProblem } from "@gongjian/subgraph";
import type { Facility } from "./facility.type";
import { checkHours } from "./opening-hours";

/**
 * The walking model: the straight line times 1.3 for the detour of streets, at 80 m a minute. Fifteen minutes reach 923 m in a straight
 * line, within the 800 to 1,000 m of the fifteen-minute living circle of GB 50180-2018.
 */
export const DETOUR = 1.3;
export const METRES_A_MINUTE = 80;
export const CIRCLE_MINUTES = 15;
/** The mean radius of the earth in metres (IUGG). */
export const EARTH_RADIUS = 6_371_008.8;

/** How far a walk of so many minutes reaches in a straight line, in metres. */
export const reachOf = (minutes: number): number => (minutes * METRES_A_MINUTE) / DETOUR;

/** The whole minutes, rounded up, of the walk to what lies so many metres off in a straight line. */
export const minutesTo = (metres: number): number => Math.ceil((metres * DETOUR) / METRES_A_MINUTE);

export interface Box {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** A box of degrees that holds every point within so many metres; the whole turn of the earth where a pole or the date line is near. */
export function boxAround(longitude: number, latitude: number, metres: number): Box {
  const angle = metres / EARTH_RADIUS;
  const degrees = (radians: number) => (radians * 180) / Math.PI + 1e-9;
  const south = latitude - degrees(angle);
  const north = latitude + degrees(angle);
  const sine = Math.sin(angle) / Math.cos((latitude * Math.PI) / 180);
  const across = south <= -90 || north >= 90 || sine >= 1 ? 360 : degrees(Math.asin(sine));
  const turns = longitude - across < -180 || longitude + across > 180;
  return turns ? { west: -180, east: 180, south, north } : { west: longitude - across, east: longitude + across, south, north };
}

/** A point of WGS 84, in degrees. */
export interface Position {
  longitude: number;
  latitude: number;
}

export const checkPosition = ({ longitude, latitude }: { longitude?: number | null; latitude?: number | null }): InputProblem[] => [
  ...checkNumber("longitude", longitude, { least: -180, most: 180 }),
  ...checkNumber("latitude", latitude, { least: -90, most: 90 }),
  ...(((longitude ?? null) === null) !== ((latitude ?? null) === null)
    ? [{ field: "latitude", code: "INCOMPLETE", message: "Longitude and latitude are given together or not at all." }]
    : []),
];

/** What is wrong with a window of the map. */
export const checkBounds = (bounds: Box | null | undefined): InputProblem[] =>
  bounds
    ? [
        ...(["west", "east"] as const).flatMap((side) => checkNumber(`filter.bounds.${side}`, bounds[side], { least: -180, most: 180 })),
        ...(["south", "north"] as const).flatMap((side) => checkNumber(`filter.bounds.${side}`, bounds[side], { least: -90, most: 90 })),
        ...(bounds.south > bounds.north
          ? [{ field: "filter.bounds.north", code: "OUT_OF_ORDER", message: "The northern edge lies south of the southern." }]
          : []),
      ]
    : [];

type Draft = Pick<Facility, "key" | "name"> & { [Field in keyof Facility]?: Facility[Field] | null };

/** What is wrong with a facility as given, apart from what is stored. A state is known as of a day that has come. @param today `YYYY-MM-DD` */
export function checkFacility(row: Draft, today: string): InputProblem[] {
  const problems = [
    ...checkText("key", row.key, { least: 1, most: 100 }),
    ...checkText("name", row.name, { least: 1, most: 100 }),
    ...checkText("address", row.address, { most: 200 }),
    ...checkText("formerly", row.formerly, { most: 200 }),
    ...checkText("source", row.source, { most: 200 }),
    ...checkHours(row.openingHours),
    ...checkTexts("exhibitions", row.exhibitions, { most: 100, mostItems: 20 }),
    ...checkNumber("capacity", row.capacity, { least: 1, most: 1_000_000 }),
    ...checkPosition(row),
  ];
  if (row.asOf && row.asOf > today) problems.push({ field: "asOf", code: "IN_FUTURE", message: "The day has not come yet." });
  if (row.wantsOperator && (!row.shared || row.operatorId))
    problems.push({ field: "wantsOperator", code: "NOT_ALLOWED", message: "Only a shared space without an operator wants one." });
  return problems;
}

/** Whether a category is missing from a circle: none is within the walk, and the community has none at a place that is not known. */
export const isMissing = ({ nearest, unplaced }: { nearest: unknown; unplaced: unknown }): boolean => nearest === null && unplaced === null;
