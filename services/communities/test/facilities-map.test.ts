import { countStatements, stableId } from "@gongjian/database";
import { ask, someone } from "@gongjian/testing";
import fc from "fast-check";
import { communitiesStory, type Story } from "./story";

const xianghe = stableId("community", "CN_STATS:510116001001");
const weijia = stableId("community", "CN_STATS:510112001001");
let story: Story;
/** Around the globe, on both sides of the date line; the last one is nowhere. */
const PLACES: Record<string, [number, number] | null> = {
  chengdu: [104.06, 30.67],
  edge: [104, 30],
  fiji: [179.9, -17.8],
  samoa: [-171.8, -13.8],
  pole: [0, 90],
  unknown: null,
};
let operatorId: string;

beforeAll(async () => {
  story = await communitiesStory();
  const made = await read(
    `mutation { createOrganisation(input: { name: "示例运营", kind: SOCIAL_ORGANISATION, regionCode: "510112" }) { ... on Organisation { id } } }`,
  );
  operatorId = made.createOrganisation.id;
  const rows = Object.entries(PLACES).map(([key, at]) => ({
    key,
    name: `${key}文化小院`,
    category: key === "pole" ? "PARK" : "CULTURE_ROOM",
    state: "OPEN",
    communityId: key === "samoa" ? xianghe : weijia,
    longitude: at?.[0],
    latitude: at?.[1],
    exhibitions: ["画像砖"],
    openingHours: ["Mo-Fr 09:00-17:00"],
    asOf: "2024-01-01",
    ...(key === "chengdu" && {
      operatorId,
      formerly: "自行车棚",
      address: "示例路 1 号",
      capacity: 40,
      shared: true,
      source: "report-002",
    }),
  }));
  const { importFacilities } = await read(
    `mutation ($input: ImportFacilitiesInput!) { importFacilities(input: $input) { ... on BulkOutcome { written } } }`,
    { input: { rows } },
  );
  expect(importFacilities.written).toBe(true);
}, 60_000);
afterAll(() => story.test.close());

async function read(query: string, variables: Record<string, unknown> = {}, script: "zh-Hant" | null = null): Promise<any> {
  const { data, errors } = await ask(story.endpoint, someone.admin, query, variables, script);
  expect(errors).toEqual([]);
  return data;
}

test("a page of facilities is a GeoJSON feature collection, of what the records say", async () => {
  const { facilities } = await read("{ facilities { type features nodes { id key name location { longitude latitude } } } }");
  expect(facilities.type).toBe("FeatureCollection");
  expect(
    facilities.features.map(({ type, id, geometry, properties }: any) => ({
      type,
      id,
      key: properties.key,
      name: properties.name,
      location: geometry && { longitude: geometry.coordinates[0], latitude: geometry.coordinates[1] },
    })),
  ).toEqual(facilities.nodes.map((node: any) => ({ type: "Feature", ...node })));
  expect(facilities.features).toHaveLength(6);
  const whole = facilities.features.find(({ properties }: any) => properties.key === "chengdu");
  expect(whole).toEqual({
    type: "Feature",
    id: stableId("facility", "chengdu"),
    geometry: { type: "Point", coordinates: [104.06, 30.67] },
    properties: {
      key: "chengdu",
      name: "chengdu文化小院",
      category: "CULTURE_ROOM",
      state: "OPEN",
      shared: true,
      wantsOperator: false,
      formerly: "自行车棚",
      exhibitions: ["画像砖"],
      openingHours: ["Mo-Fr 09:00-17:00"],
      address: "示例路 1 号",
      capacity: 40,
      asOf: "2024-01-01",
      source: "report-002",
      community: "510112001001",
      operator: "示例运营",
    },
  });
  const nowhere = facilities.features.find(({ properties }: any) => properties.key === "unknown");
  expect([nowhere.geometry, "address" in nowhere.properties, "operator" in nowhere.properties]).toEqual([null, false, false]);
});

test("a map is written in the script asked for", async () => {
  const { facilities } = await read("{ facilities(first: 1) { features nodes { name formerly } } }", {}, "zh-Hant");
  const [{ properties }] = facilities.features;
  expect(properties).toMatchObject({ ...facilities.nodes[0], exhibitions: ["畫像磚"], community: "510112001001" });
});

test("below a community, a region and an operator the same features, filtered and by page", async () => {
  const FILTER = "(filter: { category: CULTURE_ROOM }, first: 2, orderBy: NAME_DESC)";
  const keys = (page: any) => page.features.map(({ properties }: any) => properties.key);
  const data = await read(`{
    community(id: "${weijia}") { facilities${FILTER} { features totalCount pageInfo { endCursor } } }
    region(code: "5101") { facilities(filter: { category: PARK }) { features } }
    organisation(id: "${operatorId}") { facilities { features } none: facilities(filter: { state: CLOSED }) { features totalCount } }
  }`);
  expect([keys(data.community.facilities), data.community.facilities.totalCount]).toEqual([["unknown", "fiji"], 4]);
  expect([keys(data.region.facilities), keys(data.organisation.facilities)]).toEqual([["pole"], ["chengdu"]]);
  expect(data.organisation.none).toEqual({ features: [], totalCount: 0 });
  const { endCursor } = data.community.facilities.pageInfo;
  const next = await read(
    `{ community(id: "${weijia}") { facilities${FILTER.replace(")", `, after: "${endCursor}")`)} { features pageInfo { hasNextPage } } } }`,
  );
  expect(keys(next.community.facilities)).toEqual(["edge", "chengdu"]);
  expect(next.community.facilities.pageInfo.hasNextPage).toBe(false);
  // a cursor goes on in its own list only
  const { errors } = await ask(
    story.endpoint,
    someone.public,
    `{ community(id: "${weijia}") { facilities(after: "${endCursor}") { features } } }`,
  );
  expect(errors[0]?.extensions.code).toBe("CURSOR_INVALID");
});

test("a window of the map holds what lies in it, also across the date line", async () => {
  const degrees = (most: number) => fc.integer({ min: -most, max: most });
  const windows = fc.sample(
    fc.record({ west: degrees(180), south: degrees(90), east: degrees(180), north: degrees(90) }).map((window) => ({
      ...window,
      south: Math.min(window.south, window.north),
      north: Math.max(window.south, window.north),
    })),
    60,
  );
  windows.push({ west: 170, south: -20, east: -170, north: 0 }, { west: 104, south: 30, east: 104, north: 30 });
  /** Eastwards from the western edge: as far as the point, and as far as the eastern edge. */
  const turn = (from: number, to: number) => (to - from + 720) % 360;
  for (const window of windows) {
    const { facilities } = await read(
      "query ($bounds: MapBounds) { facilities(filter: { bounds: $bounds }) { nodes { key } totalCount } }",
      { bounds: window },
    );
    // 180 and -180 are one meridian, and a window of no or of the whole turn cannot be told by turning: none of the places lies on it
    const whole = window.west === -180 && window.east === 180;
    const inside = Object.entries(PLACES).flatMap(([key, at]) =>
      at &&
      at[1] >= window.south &&
      at[1] <= window.north &&
      (whole || turn(window.west, at[0]) <= turn(window.west, window.east === -180 ? 180 : window.east))
        ? [key]
        : [],
    );
    expect([window, facilities.nodes.map(({ key }: any) => key).sort()]).toEqual([window, inside.sort()]);
    expect(facilities.totalCount).toBe(inside.length);
  }
});

test.each([
  ["{ west: -181, south: 0, east: 0, north: 0 }", "filter.bounds.west OUT_OF_RANGE"],
  ["{ west: 0, south: 1, east: 0, north: 0 }", "filter.bounds.north OUT_OF_ORDER"],
  ["{ west: 0, south: -91, east: 181, north: 91 }", "filter.bounds.east OUT_OF_RANGE"],
])("no window: %s", async (bounds, problem) => {
  const list = `facilities(filter: { bounds: ${bounds} }) { totalCount }`;
  for (const query of [`{ ${list} }`, `{ region(code: "51") { ${list} } }`]) {
    const { errors } = await ask(story.endpoint, someone.public, query);
    expect(errors[0]?.extensions.problems.map((p: any) => `${p.field} ${p.code}`)).toContain(problem);
  }
});

test("features cost no more statements the more there are", async () => {
  const counter = countStatements(story.database);
  const cost = async (first: number) => {
    counter.reset();
    await read(`{ regions(first: 7) { nodes { facilities(first: ${first}) { features } } } }`);
    return counter.count();
  };
  const few = await cost(1);
  expect(few).toBeLessThanOrEqual(5);
  expect(await cost(100)).toBeLessThanOrEqual(few + 1);
});
