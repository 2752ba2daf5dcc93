import fc from "fast-check";
import { ImportFileError } from "../errors";
import { readTable } from "../read";
import { facilities } from "../tables";

const feature = (geometry: unknown, properties: object = {}) => ({
  type: "Feature",
  geometry,
  properties: {
    key: "yard",
    name: "文化小院",
    category: "文化小院",
    state: "开放",
    community: "阜四社区",
    asOf: "2016-04-22",
    ...properties,
  },
});
const read = (features: unknown[], name = "facilities.geojson") =>
  readTable(facilities, Buffer.from(JSON.stringify({ type: "FeatureCollection", features })), name);
const point = (...coordinates: unknown[]) => ({ type: "Point", coordinates });

test("points become positions, whatever else the file is called, and a place without one has none", async () => {
  const { rows, problems } = await read([feature(point(104.03, 30.64, 500), { longitude: 1 }), feature(null, { key: "room" })], "a.json");
  expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(rows.map(({ values }) => [values.key, values.category, values.longitude, values.latitude])).toEqual([
    ["yard", "CULTURE_ROOM", 104.03, 30.64],
    ["room", "CULTURE_ROOM", null, null],
  ]);
});

test.each([
  ["a line", { type: "LineString", coordinates: [[1, 2]] }],
  ["a point without a latitude", point(1)],
  ["a point of words", point("1", "2")],
  ["no geometry at all but a word", "Point"],
])("%s is a problem of its row, and the others are read", async (_, geometry) => {
  const { rows, problems } = await read([feature(point(1, 2)), feature(geometry, { key: "odd" })]);
  expect(rows.map(({ values }) => values.key)).toEqual(["yard"]);
  expect(problems.filter(({ severity }) => severity === "error").map(({ row, column }) => [row, column])).toEqual([[2, "longitude"]]);
});

test("what is no feature, and another coordinate system, stop the file", async () => {
  const error = await read([feature(point(1, 2)), point(1, 2)]).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ImportFileError);
  expect(error).toMatchObject({ code: "NOT_A_FEATURE", detail: { item: 2 } });
  const inSystem = (crs: unknown) =>
    readTable(facilities, Buffer.from(JSON.stringify({ type: "FeatureCollection", crs, features: [feature(point(1, 2))] })), "a.geojson");
  for (const name of ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4490"])
    expect((await inSystem({ type: "name", properties: { name } })).rows).toHaveLength(1);
  for (const crs of [{ type: "name", properties: { name: "GCJ02" } }, "BD-09"])
    await expect(inSystem(crs)).rejects.toMatchObject({ code: "UNKNOWN_CRS" });
});

test("a position off the globe is a problem of its row, and no features are no rows", async () => {
  const { problems } = await read([feature(point(181, 91))]);
  expect(problems.filter(({ severity }) => severity === "error").map(({ column }) => column)).toEqual(["longitude", "latitude"]);
  await expect(read([])).rejects.toMatchObject({ code: "EMPTY_FILE" });
});

test("what is written as features is read as the same rows", async () => {
  const text = fc.stringMatching(/^[一-龥A-Za-z0-9]{1,20}$/u);
  const degrees = (most: number) => fc.integer({ min: -most * 1e7, max: most * 1e7 }).map((units) => units / 1e7);
  const row = fc.record({
    name: text,
    category: fc.constantFrom("CULTURE_ROOM", "MUSEUM", "PARK", "OTHER"),
    state: fc.constantFrom("OPEN", "PLANNED", "BUILDING", "CLOSED"),
    community: text,
    shared: fc.boolean(),
    exhibitions: fc.uniqueArray(text, { minLength: 1, maxLength: 4 }),
    position: fc.option(fc.tuple(degrees(180), degrees(90))),
    capacity: fc.integer({ min: 1, max: 1_000_000 }),
    asOf: fc.constantFrom("2016-04-22", "2022-01-06"),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 5 }), async (rows) => {
      const written = rows.map(({ position, ...values }, index) => ({
        ...values,
        key: `f${index}`,
        longitude: position?.[0] ?? null,
        latitude: position?.[1] ?? null,
      }));
      const { rows: found, problems } = await read(
        written.map(({ longitude, latitude, ...values }) => ({
          type: "Feature",
          geometry: longitude === null ? null : point(longitude, latitude),
          properties: values,
        })),
      );
      expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
      // a file without any position has no such column; minus nought is nought
      const plain = (degrees: unknown) => (typeof degrees === "number" ? degrees + 0 : null);
      const placed = <T extends { longitude?: unknown; latitude?: unknown }>(values: T) => ({
        ...values,
        longitude: plain(values.longitude),
        latitude: plain(values.latitude),
      });
      expect(found.map(({ values }) => placed(values as Record<string, unknown>))).toEqual(
        written.map((values) => expect.objectContaining(placed(values))),
      );
    }),
    { numRuns: 60 },
  );
});
