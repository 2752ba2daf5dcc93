import { countStatements, schemaDrift, stableId } from "@gongjian/database";
import type { Viewer } from "@gongjian/subgraph";
import { ask, someone } from "@gongjian/testing";
import { communitiesStory, type Story } from "./story";

const xianghe = stableId("community", "CN_STATS:510116001001");
let story: Story;
beforeAll(async () => {
  story = await communitiesStory();
  const { errors } = await ask(
    story.endpoint,
    someone.admin,
    `mutation { updateCommunity(input: { id: "${xianghe}", expectedVersion: 1, longitude: 104, latitude: 30 }) { __typename } }`,
  );
  expect(errors).toEqual([]);
}, 60_000);
afterAll(() => story.test.close());

const row = (key: string, more: object) => ({ key, name: key, category: "LIBRARY", state: "OPEN", asOf: "2024-01-01", ...more });
/** 334 m from the community. */
const hall = row("hall", { regionCode: "510116001", category: "CLINIC", longitude: 104, latitude: 30.003 });
const codes = (errors: readonly any[]) =>
  [errors[0].extensions.code, ...(errors[0].extensions.problems ?? []).map((p: any) => `${p.field} ${p.code}`)].join(" ");
const enter = async (who: Viewer, ...rows: object[]) => {
  const { data, errors } = await ask(
    story.endpoint,
    who,
    "mutation ($input: ImportFacilitiesInput!) { importFacilities(input: $input) { ... on BulkOutcome { rows { status problems { field code } } } } }",
    { input: { rows } },
  );
  if (errors[0]) return codes(errors);
  return data.importFacilities.rows.map((r: any) => [r.status, ...r.problems.map((p: any) => `${p.field} ${p.code}`)].join(" "));
};
const run = async (who: Viewer, name: string, input: object) => {
  const { data, errors } = await ask(
    story.endpoint,
    who,
    `mutation ($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { __typename ${name.endsWith("Facility") ? "... on Facility { key region { code } community { id } }" : ""} } }`,
    { input },
  );
  return errors[0] ? codes(errors) : data[name];
};
const read = async (query: string): Promise<any> => {
  const { data, errors } = await ask(story.endpoint, someone.public, query);
  expect(errors).toEqual([]);
  return data;
};

test("the migrated schema is what the entities say", async () => {
  expect(await schemaDrift(story.database.dataSource)).toEqual([]);
});

test("a facility of a street is entered by its officers, and not by a community's workers", async () => {
  expect(await enter(someone.worker(xianghe), hall)).toEqual(["REFUSED key FORBIDDEN"]);
  expect(await enter(someone.officer("510112"), hall)).toEqual(["REFUSED key FORBIDDEN"]);
  // the zone that runs the street, though its district contains it
  expect(await enter(someone.officer("zone-tianfu"), hall)).toEqual(["CREATED"]);
  expect(await enter(someone.officer("510116"), hall)).toEqual(["UNCHANGED"]);
  const museum = { facility: row("museum", { regionCode: "510116", category: "MUSEUM" }) };
  expect(await run(someone.officer("510116001"), "createFacility", museum)).toBe("FORBIDDEN");
  expect(await run(someone.officer("510116"), "createFacility", museum)).toEqual({
    __typename: "Facility",
    key: "museum",
    region: { code: "510116" },
    community: null,
  });
  const change = { id: stableId("facility", "hall"), expectedVersion: 1, asOf: "2024-01-02", capacity: 20 };
  expect(await run(someone.worker(xianghe), "updateFacility", change)).toBe("FORBIDDEN");
  expect(await run(someone.officer("510116001"), "updateFacility", change)).toMatchObject({ key: "hall" });
  const past = { facilityId: change.id, was: "粮站", until: "2010-01-01" };
  expect(await run(someone.worker(xianghe), "recordFacilityChange", past)).toBe("FORBIDDEN");
  expect(await run(someone.officer("510116001"), "recordFacilityChange", past)).toEqual({ __typename: "FacilityChange" });
  // from a community to its street takes who may keep both
  const room = row("room", { communityId: xianghe });
  const moved = row("room", { regionCode: "510116001" });
  expect(await enter(someone.worker(xianghe), room)).toEqual(["CREATED"]);
  expect(await enter(someone.worker(xianghe), moved)).toEqual(["REFUSED key FORBIDDEN"]);
  expect(await enter(someone.officer("510116001"), moved)).toEqual(["UPDATED"]);
});

test("in a community or on a region, one of the two, and one that there is", async () => {
  const both = row("x", { regionCode: "510116001", communityId: xianghe });
  expect(await enter(someone.admin, both, row("y", {}), row("z", { regionCode: "nowhere" }))).toEqual([
    "REFUSED communityId EXACTLY_ONE",
    "REFUSED communityId EXACTLY_ONE",
    "REFUSED regionCode UNKNOWN_REFERENCE",
  ]);
  expect(await run(someone.admin, "createFacility", { facility: both })).toBe("BAD_USER_INPUT facility EXACTLY_ONE");
  expect(await run(someone.admin, "createFacility", { facility: row("y", {}) })).toBe("BAD_USER_INPUT facility EXACTLY_ONE");
  expect(await run(someone.admin, "createFacility", { facility: row("z", { regionCode: "nowhere" }) })).toBe("NOT_FOUND");
  for (const place of [`region_code = NULL`, `community_id = '${xianghe}'`])
    await expect(story.database.dataSource.query(`UPDATE communities.facility SET ${place} WHERE key = 'hall'`)).rejects.toMatchObject({
      driverError: { constraint: "facility_place_one" },
    });
});

test("it is in lists, counts, search, circles and coverage of what contains or runs its region, and in no other", async () => {
  const list = "facilities { totalCount nodes { key } } statistics { facilities facilitiesByCategory { category count } }";
  const data = await read(`{
    street: region(code: "510116001") { ${list} serviceCoverage { categories { category communities } } }
    district: region(code: "510116") { ${list} }
    zone: region(code: "zone-tianfu") { ${list} }
    elsewhere: region(code: "510112") { ${list} }
    root: facilities(filter: { within: "5101", category: CLINIC }) { nodes { key region { code } } }
    community(id: "${xianghe}") { facilities { totalCount } serviceCircle { category nearest { key } } }
    near: nearestFacilities(from: { communityId: "${xianghe}" }) { facility { key } metres }
    inside: search(text: "hall", filter: { within: "zone-tianfu" }) { nodes { node { ... on Facility { key } } } }
    outside: search(text: "hall", filter: { within: "510112" }) { nodes { node { ... on Facility { key } } } }
  }`);
  const keys = (of: any) => of.facilities.nodes.map(({ key }: any) => key).sort();
  expect(keys(data.street)).toEqual(["hall", "room"]);
  expect(keys(data.zone)).toEqual(["hall", "room"]);
  expect(keys(data.district)).toEqual(["hall", "museum", "room"]);
  expect(keys(data.elsewhere)).toEqual([]);
  for (const region of [data.street, data.district, data.zone, data.elsewhere]) {
    expect(region.facilities.totalCount).toBe(keys(region).length);
    expect(region.statistics.facilities).toBe(keys(region).length);
  }
  expect(data.district.statistics.facilitiesByCategory).toHaveLength(3);
  expect(data.root.nodes).toEqual([{ key: "hall", region: { code: "510116001" } }]);
  expect(data.community.facilities.totalCount).toBe(0);
  expect(data.community.serviceCircle.filter(({ nearest }: any) => nearest)).toEqual([{ category: "CLINIC", nearest: { key: "hall" } }]);
  expect(data.street.serviceCoverage.categories.find(({ category }: any) => category === "CLINIC").communities).toBe(1);
  expect(data.near).toEqual([{ facility: { key: "hall" }, metres: 334 }]);
  expect(data.inside.nodes).toEqual([{ node: { key: "hall" } }]);
  expect(data.outside.nodes).toEqual([]);
});

test("as a feature it says which region it serves, and a page costs no more statements with them", async () => {
  const { facilities } = await read(`{ facilities(filter: { within: "510116", category: MUSEUM }) { features } }`);
  expect(facilities.features[0].properties).toMatchObject({ key: "museum", region: "510116" });
  expect("community" in facilities.features[0].properties).toBe(false);
  const counter = countStatements(story.database);
  const cost = async (first: number) => {
    counter.reset();
    await read(`{ facilities(first: ${first}) { features nodes { region { code } community { id } } } }`);
    return counter.count();
  };
  expect(await cost(100)).toBeLessThanOrEqual(4);
  expect(await cost(1)).toBeLessThanOrEqual(4);
});
