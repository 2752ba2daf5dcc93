import { countStatements, schemaDrift, stableId } from "@gongjian/database";
import fc from "fast-check";
import type { Viewer } from "@gongjian/subgraph";
import { ask, someone } from "@gongjian/testing";
import { AROUND } from "../src/facility/facility.lists";
import { communitiesStory, type Story } from "./story";

const xianghe = stableId("community", "CN_STATS:510116001001");
const weijia = stableId("community", "CN_STATS:510112001001");
let story: Story;
beforeAll(async () => {
  story = await communitiesStory();
  const { errors } = await ask(
    story.endpoint,
    someone.admin,
    `mutation { updateCommunity(input: { id: "${xianghe}", expectedVersion: 1, longitude: 104, latitude: 30 }) { ... on Community { id } } }`,
  );
  expect(errors).toEqual([]);
}, 60_000);
afterAll(() => story.test.close());

const yard = {
  key: "yard",
  name: "文化小院",
  category: "CULTURE_ROOM",
  state: "BUILDING",
  communityId: xianghe,
  formerly: "自行车棚",
  asOf: "2015-01-01",
};
const enter = async (who: Viewer, rows: object[], more: object = {}) => {
  const { data, errors } = await ask(
    story.endpoint,
    who,
    `mutation ($input: ImportFacilitiesInput!) { importFacilities(input: $input) { ... on BulkOutcome { written rows { status problems { field code } } } } }`,
    { input: { rows, ...more } },
  );
  if (errors[0]) return errors[0].extensions.code;
  return data.importFacilities.rows.map((r: any) => [r.status, ...r.problems.map((p: any) => `${p.field} ${p.code}`)].join(" "));
};
const circle = async () => {
  const { data, errors } = await ask(
    story.endpoint,
    someone.public,
    `{ community(id: "${xianghe}") { serviceCircle { category minutes nearest { key } } facilities { totalCount nodes { key formerly history { version state asOf } } } } }`,
  );
  expect(errors).toEqual([]);
  return data.community;
};

test("the migrated schema is what the entities say", async () => {
  expect(await schemaDrift(story.database.dataSource)).toEqual([]);
});

test("a shed becomes a yard, and what it was stays on record", async () => {
  expect(await enter(someone.worker(xianghe), [yard], { dryRun: true })).toEqual(["CREATED"]);
  expect((await circle()).facilities.totalCount).toBe(0);
  expect(await enter(someone.worker(xianghe), [yard])).toEqual(["CREATED"]);
  // 0.008 degrees of latitude are 890 m in a straight line, 14.5 minutes on foot; 0.0084 are out of reach
  const open = { ...yard, state: "OPEN", asOf: "2016-04-22", longitude: 104, latitude: 30.008 };
  const far = { ...yard, key: "far", category: "CLINIC", state: "OPEN", longitude: 104, latitude: 30.0084 };
  expect(await enter(someone.officer("510116"), [open, far])).toEqual(["UPDATED", "CREATED"]);
  expect(await enter(someone.admin, [open])).toEqual(["UNCHANGED"]);
  const { serviceCircle, facilities } = await circle();
  expect(facilities.nodes.find(({ key }: any) => key === "yard")).toEqual({
    key: "yard",
    formerly: "自行车棚",
    history: [
      { version: 1, state: "BUILDING", asOf: "2015-01-01" },
      { version: 2, state: "OPEN", asOf: "2016-04-22" },
    ],
  });
  expect(serviceCircle).toHaveLength(29);
  expect(serviceCircle.filter(({ nearest }: any) => nearest)).toEqual([
    { category: "CULTURE_ROOM", minutes: 15, nearest: { key: "yard" } },
  ]);
  const parts = await read(
    `{ community(id: "${xianghe}") { reached: serviceCircle(reached: true) { category minutes nearest { key } } missing: serviceCircle(reached: false) { category minutes nearest { key } } } }`,
  );
  expect(parts.community.reached).toEqual(serviceCircle.filter(({ nearest }: any) => nearest));
  expect(parts.community.missing).toEqual(serviceCircle.filter(({ nearest }: any) => !nearest));
  // a state is known as of a day that has come
  expect(await enter(someone.admin, [{ ...open, asOf: "2999-01-01" }])).toEqual(["REFUSED asOf IN_FUTURE"]);
  // what the community has at a place that is not known is neither reached nor missing
  const near = { ...yard, key: "somewhere", category: "LIBRARY", state: "OPEN" };
  expect(await enter(someone.admin, [near, { ...near, key: "closed", category: "PARK", state: "CLOSED" }])).toEqual(["CREATED", "CREATED"]);
  const unknown = await read(
    `{ community(id: "${xianghe}") { all: serviceCircle { category nearest { key } unplaced { key } } missing: serviceCircle(reached: false) { category } }
      region(code: "510116001") { serviceCoverage { categories { category communities unplaced } } } }`,
  );
  expect(unknown.community.all.filter(({ unplaced }: any) => unplaced)).toEqual([
    { category: "LIBRARY", nearest: null, unplaced: { key: "somewhere" } },
  ]);
  expect(unknown.community.missing).toHaveLength(29 - 2);
  expect(unknown.region.serviceCoverage.categories.filter((entry: any) => entry.unplaced > 0)).toEqual([
    { category: "LIBRARY", communities: 0, unplaced: 1 },
  ]);
  await expect(story.database.dataSource.query("DELETE FROM communities.facility_event")).rejects.toMatchObject({
    driverError: { constraint: "facility_event_kept" },
  });
});

test("by whom, and what is refused", async () => {
  expect(await enter(someone.public, [yard])).toBe("UNAUTHENTICATED");
  expect(await enter(someone.worker(weijia), [{ ...yard, communityId: weijia }])).toEqual(["REFUSED key FORBIDDEN"]);
  expect(await enter(someone.admin, [{ ...yard, key: "x", longitude: 1 }])).toEqual(["REFUSED latitude INCOMPLETE"]);
  expect(await enter(someone.admin, [{ ...yard, key: "x", wantsOperator: true }])).toEqual(["REFUSED wantsOperator NOT_ALLOWED"]);
  expect(await enter(someone.admin, [{ ...yard, key: "x", communityId: "nowhere", operatorId: weijia }])).toEqual([
    "REFUSED communityId UNKNOWN_REFERENCE operatorId UNKNOWN_REFERENCE",
  ]);
});

const FIELDS = "id key name state category shared wantsOperator capacity location { longitude latitude } operator { id } version";
const run = async (who: Viewer, name: "createFacility" | "updateFacility", input: object) => {
  const other = name === "createFacility" ? "... on AlreadyExists { field }" : "... on VersionConflict { currentVersion }";
  const { data, errors } = await ask(
    story.endpoint,
    who,
    `mutation ($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { __typename ... on Facility { ${FIELDS} history { version name state asOf } } ${other} } }`,
    { input },
  );
  return errors[0]
    ? [errors[0].extensions.code, ...(errors[0].extensions.problems ?? []).map((p: any) => `${p.field} ${p.code}`)].join(" ")
    : data[name];
};
const create = (who: Viewer, facility: object) =>
  run(who, "createFacility", { facility: { ...yard, communityId: weijia, formerly: null, ...facility } });
const read = async (query: string, variables: Record<string, unknown> = {}) => {
  const { data, errors } = await ask(story.endpoint, someone.public, query, variables);
  expect(errors).toEqual([]);
  return data;
};
const refused = async (query: string) => {
  const { errors } = await ask(story.endpoint, someone.public, query);
  return [errors[0]?.extensions.code, ...(errors[0]?.extensions.problems ?? []).map((p: any) => `${p.field} ${p.code}`)].join(" ");
};

test("one is entered and changed, what it was stays, and an earlier day does not follow a later one", async () => {
  const worker = someone.worker(weijia);
  const made = await create(worker, { key: "room", name: "会客厅", shared: true, wantsOperator: true });
  expect(made).toMatchObject({ __typename: "Facility", version: 1, wantsOperator: true, location: null });
  expect(await create(worker, { key: "room" })).toEqual({ __typename: "AlreadyExists", field: "key" });
  const change = { id: made.id, expectedVersion: 1, asOf: "2020-05-01", state: "OPEN", name: "邻里会客厅", capacity: 40 };
  const after = await run(worker, "updateFacility", change);
  expect(after).toMatchObject({ name: "邻里会客厅", state: "OPEN", capacity: 40, shared: true, version: 2 });
  expect(after.history).toEqual([
    { version: 1, name: "会客厅", state: "BUILDING", asOf: "2015-01-01" },
    { version: 2, name: "邻里会客厅", state: "OPEN", asOf: "2020-05-01" },
  ]);
  expect(await run(worker, "updateFacility", change)).toEqual({ __typename: "VersionConflict", currentVersion: 2 });
  const again = { id: made.id, expectedVersion: 2, asOf: "2020-05-02" };
  expect(await run(worker, "updateFacility", { ...again, asOf: "2020-04-30" })).toBe("BAD_USER_INPUT asOf OUT_OF_ORDER");
  expect(await run(worker, "updateFacility", { ...again, shared: false })).toBe("BAD_USER_INPUT wantsOperator NOT_ALLOWED");
  expect(await run(worker, "updateFacility", { ...again, longitude: 104 })).toBe("BAD_USER_INPUT latitude INCOMPLETE");
  expect(await run(worker, "updateFacility", { ...again, operatorId: weijia })).toBe("BAD_USER_INPUT operatorId UNKNOWN_REFERENCE");
  expect(await run(worker, "updateFacility", { ...again, capacity: null })).toMatchObject({ capacity: null, version: 3 });
  for (const who of [someone.worker(xianghe), someone.resident(weijia), someone.officer("510116"), someone.auditor]) {
    expect(await create(who, { key: "no" })).toBe("FORBIDDEN");
    expect(await run(who, "updateFacility", { ...again, expectedVersion: 3 })).toBe("FORBIDDEN");
  }
});

test("of many who change one at once, one does", async () => {
  const { id } = await create(someone.admin, { key: "raced" });
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, capacity) =>
      run(someone.admin, "updateFacility", { id, expectedVersion: 1, asOf: "2020-01-01", capacity: capacity + 1 }),
    ),
  );
  expect(answers.filter(({ __typename }: any) => __typename === "Facility")).toHaveLength(1);
  expect(answers.filter(({ __typename }: any) => __typename === "VersionConflict")).toHaveLength(9);
});

test("found by id, by what they are, and from region, zone and operator; the lists agree", async () => {
  const { data } = await ask(
    story.endpoint,
    someone.admin,
    `mutation { createOrganisation(input: { name: "示例运营", kind: SOCIAL_ORGANISATION, regionCode: "510112" }) { ... on Organisation { id } } }`,
  );
  const operatorId = data.createOrganisation.id;
  const { id } = await create(someone.admin, { key: "run", name: "乙馆", category: "MUSEUM", state: "OPEN", shared: true, operatorId });
  const found = await read(`{ facility(id: "${id}") { key operator { id } } none: facility(id: "${weijia}") { key }
    _entities(representations: [{ __typename: "Facility", id: "${id}" }, { __typename: "Facility", id: "nonsense" }]) { ... on Facility { key } }
    organisation(id: "${operatorId}") { facilities { totalCount nodes { key } } } }`);
  expect(found).toEqual({
    facility: { key: "run", operator: { id: operatorId } },
    none: null,
    _entities: [{ key: "run" }, null],
    organisation: { facilities: { totalCount: 1, nodes: [{ key: "run" }] } },
  });
  const keys = async (args: string) =>
    (await read(`{ facilities${args} { totalCount nodes { key } } }`)).facilities.nodes.map((node: any) => node.key).sort();
  expect(await keys("(filter: { category: MUSEUM, shared: true })")).toEqual(["run"]);
  expect(await keys('(filter: { wantsOperator: true, within: "5101" })')).toEqual(["room"]);
  expect(await keys('(filter: { state: OPEN, within: "510112001" })')).toEqual(["room", "run"]);
  expect(await keys('(filter: { within: "zone-tianfu" })')).toEqual(["closed", "far", "somewhere", "yard"]);
  const all = await keys("");
  const paged: string[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const page: any = await read(
      "query ($after: String) { facilities(first: 2, after: $after, orderBy: NAME_DESC) { nodes { key } pageInfo { hasNextPage endCursor } } }",
      { after },
    );
    paged.push(...page.facilities.nodes.map((node: any) => node.key));
    ({ hasNextPage: more, endCursor: after } = page.facilities.pageInfo);
  }
  expect(paged.sort()).toEqual(all);
  const zone = `{ region(code: "zone-tianfu") { facilities { totalCount nodes { key } } statistics { facilities } } }`;
  const { region } = await read(zone);
  expect(region.facilities.nodes.map((node: any) => node.key).sort()).toEqual(["closed", "far", "somewhere", "yard"]);
  expect(region.statistics.facilities).toBe(region.facilities.totalCount);
});

test("the nearest first, within the walk or farther, and nothing around who knows where", async () => {
  const near = async (args: string) =>
    (await read(`{ nearestFacilities(${args}) { metres minutes facility { key } } }`)).nearestFacilities?.map(
      ({ metres, minutes, facility }: any) => `${facility.key} ${metres} ${minutes}`,
    ) ?? null;
  // a degree of latitude is 111,195 m on this sphere
  expect(await near(`from: { communityId: "${xianghe}" }`)).toEqual(["yard 890 15"]);
  expect(await near("from: { longitude: 104, latitude: 30 }, within: 2000")).toEqual(["yard 890 15", "far 934 16"]);
  expect(await near("from: { longitude: 104, latitude: 30 }, within: 2000, first: 1")).toEqual(["yard 890 15"]);
  expect(await near("from: { longitude: 104, latitude: 30 }, within: 2000, categories: [CLINIC]")).toEqual(["far 934 16"]);
  expect(await near(`from: { communityId: "${weijia}" }`)).toBeNull();
  const asked = (args: string) => refused(`{ nearestFacilities(${args}) { metres } }`);
  expect(await asked(`from: { communityId: "${xianghe}", longitude: 1, latitude: 1 }`)).toBe("BAD_USER_INPUT from EXACTLY_ONE");
  expect(await asked("from: {}")).toBe("BAD_USER_INPUT from EXACTLY_ONE");
  expect(await asked("from: { longitude: 1 }")).toBe("BAD_USER_INPUT latitude INCOMPLETE");
  expect(await asked("from: { longitude: 1, latitude: 91 }, within: 50001")).toBe(
    "BAD_USER_INPUT latitude OUT_OF_RANGE within OUT_OF_RANGE",
  );
  expect(await asked("from: { longitude: 1, latitude: 1 }, first: 101")).toBe("PAGE_SIZE_INVALID");
  expect(await asked(`from: { communityId: "${stableId("x", "y")}" }`)).toBe("NOT_FOUND");
});

test("a region's coverage is what its communities reach, for street, district, zone and what lies at the edge of the map", async () => {
  const wuxing = stableId("community", "CN_STATS:510112001002");
  // on the date line: the clinic lies 334 m to the west, on the other side; the bus stop is 1,668 m off
  const at = (key: string, category: string, longitude: number, latitude: number, state = "OPEN") => ({
    key,
    name: key,
    category,
    state,
    communityId: wuxing,
    longitude,
    latitude,
    asOf: "2024-01-01",
  });
  const rows = [
    at("line-clinic", "CLINIC", 179.9985, 0),
    at("line-stop", "BUS_STOP", 179.9865, 0),
    at("line-park", "PARK", -179.9985, 0, "CLOSED"),
    at("pole-market", "MARKET", 0, 89.996),
  ];
  expect(await enter(someone.admin, rows)).toEqual(rows.map(() => "CREATED"));
  const moved = async (id: string, longitude: number, latitude: number) => {
    const { data } = await ask(story.endpoint, someone.admin, `query { community(id: "${id}") { version } }`);
    const change = `id: "${id}", expectedVersion: ${data.community.version}, longitude: ${longitude}, latitude: ${latitude}`;
    const { errors } = await ask(story.endpoint, someone.admin, `mutation { updateCommunity(input: { ${change} }) { __typename } }`);
    expect(errors).toEqual([]);
  };
  const coverage = async () => {
    const codes = ["51", "510112", "510112001", "510116", "zone-tianfu"];
    const aliases = codes.map(
      (code, index) =>
        `r${index}: region(code: "${code}") { serviceCoverage { communities located categories { category communities share } } }`,
    );
    const data = await read(
      `{ ${aliases.join(" ")} communities(first: 10) { nodes { region { code } serviceCircle { category nearest { key } } } } }`,
    );
    return { of: (code: string) => data[`r${codes.indexOf(code)}`].serviceCoverage, communities: data.communities.nodes };
  };
  const reached = (of: any) =>
    of.categories.filter((entry: any) => entry.communities > 0).map((entry: any) => [entry.category, entry.communities, entry.share]);
  await moved(wuxing, -179.9985, 0);
  const line = await coverage();
  expect(line.of("510112")).toMatchObject({ communities: 2, located: 1 });
  expect(reached(line.of("510112"))).toEqual([["CLINIC", 1, 1]]);
  // its circle and the coverage are found by two statements: they agree
  expect(reached(line.of("51"))).toEqual([
    ["CLINIC", 1, 0.5],
    ["CULTURE_ROOM", 1, 0.5],
  ]);
  expect(reached(line.of("zone-tianfu"))).toEqual([["CULTURE_ROOM", 1, 1]]);
  expect(line.of("zone-tianfu")).toMatchObject({ communities: 2, located: 1 });
  const circles = line.communities.flatMap(({ serviceCircle }: any) => (serviceCircle ?? []).filter(({ nearest }: any) => nearest));
  for (const { category, communities } of line.of("51").categories)
    expect([category, communities]).toEqual([category, circles.filter((entry: any) => entry.category === category).length]);
  await moved(wuxing, 180, 89.996);
  expect(reached((await coverage()).of("510112001"))).toEqual([["MARKET", 1, 1]]);
  await moved(wuxing, 10, -45);
  const nothing = (await coverage()).of("510112001");
  expect([nothing.located, reached(nothing), nothing.categories.length, nothing.categories[0].share]).toEqual([1, [], 29, 0]);
});

test("two points hardly apart have a distance", async () => {
  expect(await story.test.sql("SELECT communities.metres_between(0, 0, 1e-200, 5e-324) AS metres")).toEqual([{ metres: 0 }]);
});

test("the distance is the length of the chord's arc", async () => {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const point = ([longitude, latitude]: readonly [number, number]) => {
    const [east, north] = [radians(longitude), radians(latitude)];
    return [Math.cos(north) * Math.cos(east), Math.cos(north) * Math.sin(east), Math.sin(north)] as const;
  };
  const at = fc.tuple(fc.double({ min: -180, max: 180, noNaN: true }), fc.double({ min: -90, max: 90, noNaN: true }));
  const pairs = fc.sample(fc.tuple(at, at), 300);
  const rows = await story.test.sql(
    "SELECT communities.metres_between(a, b, c, d) AS metres FROM unnest($1::float8[], $2::float8[], $3::float8[], $4::float8[]) AS p(a, b, c, d)",
    [pairs.map(([a]) => a[0]), pairs.map(([a]) => a[1]), pairs.map(([, b]) => b[0]), pairs.map(([, b]) => b[1])],
  );
  expect(rows).toHaveLength(pairs.length);
  pairs.forEach(([a, b], index) => {
    const [p, q] = [point(a), point(b)];
    const chord = Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
    // an arc of nearly half the turn is where the chord is least exact
    expect(Math.abs((rows[index] as any).metres - 2 * 6_371_008.8 * Math.asin(Math.min(1, chord / 2)))).toBeLessThan(1);
  });
});

test("a page costs the same whatever its length", async () => {
  const counter = countStatements(story.database);
  const cost = async (first: number) => {
    counter.reset();
    const query = `{ communities(first: ${first}) { nodes { serviceCircle { minutes } facilities { nodes { history { version } } } } } }`;
    expect((await ask(story.endpoint, someone.public, query)).errors).toEqual([]);
    return counter.count();
  };
  const whole = await cost(10);
  expect(await cost(1)).toBeLessThanOrEqual(whole);
  expect(whole).toBeLessThanOrEqual(5);
  const below = async (first: number) => {
    counter.reset();
    await read(
      `{ regions(first: ${first}) { nodes { serviceCoverage { located } facilities { nodes { community { id } operator { id } } } } } }`,
    );
    return counter.count();
  };
  const few = await below(2);
  expect(await below(7)).toBe(few);
});

test("the nearest of very many are found through the index on positions", async () => {
  await story.test.sql(
    `INSERT INTO communities.facility (id, key, name, name_key, search_vector, category, state, community_id, longitude, latitude, as_of)
     SELECT gen_random_uuid(), 'many-' || n, '站', '站', '', 'BUS_STOP', 'OPEN', $1, -100 + n % 200 * 0.1, 10 + n / 200 * 0.1, '2024-01-01' FROM generate_series(1, 20000) AS n`,
    [weijia],
  );
  await story.test.sql("ANALYZE communities.facility");
  const text = AROUND.text.replace(
    /\$(\d+)(::[a-z0-9[\]]+)?/gu,
    (_, at) =>
      ["-90::float8", "15::float8", "-90.01", "-89.99", "14.99", "15.01", "923", "NULL::text[]", "20", "NULL::integer"][Number(at) - 1]!,
  );
  const plan = await story.test.sql(
    `EXPLAIN ${text.replaceAll("metres_between", "communities.metres_between").replace("FROM facility", "FROM communities.facility")}`,
  );
  expect(plan.map((line: any) => line["QUERY PLAN"]).join("\n")).toContain("facility_by_position");
}, 60_000);

test("opening hours are entered as people write them, kept as OpenStreetMap does, and say whether a place is open", async () => {
  const hall = { ...yard, key: "hall", name: "议事厅", formerly: null, state: "OPEN", communityId: weijia, asOf: "2024-01-01" };
  const keeper = someone.worker(weijia);
  expect(await enter(keeper, [{ ...hall, openingHours: ["周一至周五 9:00-17:00", "Sa 22:00-02:00"] }])).toEqual(["CREATED"]);
  expect(await enter(keeper, [{ ...hall, openingHours: ["Mo-Fr 09:00-17:00", "星期六 22:00-2:00"] }])).toEqual(["UNCHANGED"]);
  expect(await enter(keeper, [{ ...hall, openingHours: ["随时"] }])).toEqual(["REFUSED openingHours.0 MALFORMED"]);
  expect(await enter(keeper, [{ ...hall, openingHours: ["Mo 09:00-12:00", "Mo 11:00-13:00"] }])).toEqual([
    "REFUSED openingHours.1 OVERLAPS",
  ]);
  const id = stableId("facility", "hall");
  const seen = async () =>
    (
      await ask(
        story.endpoint,
        someone.public,
        `{ facility(id: "${id}") { version openingHours openingPeriods { days opens closes }
          at9: openAt(at: "2026-11-20T09:00:00+08:00") at17: openAt(at: "2026-11-20T17:00:00+08:00") night: openAt(at: "2026-11-21T17:59:00Z") over: openAt(at: "2026-11-21T18:00:00Z") } }`,
      )
    ).data.facility;
  expect(await seen()).toEqual({
    version: 1,
    openingHours: ["Mo-Fr 09:00-17:00", "Sa 22:00-02:00"],
    openingPeriods: [
      { days: ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"], opens: "09:00", closes: "17:00" },
      { days: ["SATURDAY"], opens: "22:00", closes: "02:00" },
    ],
    at9: true,
    at17: false,
    night: true,
    over: false,
  });
  const { errors } = await ask(
    story.endpoint,
    keeper,
    `mutation { updateFacility(input: { id: "${id}", expectedVersion: 1, openingHours: null, asOf: "2024-02-01" }) { __typename } }`,
  );
  expect(errors).toEqual([]);
  expect(await seen()).toMatchObject({ version: 2, openingHours: [], at9: null });
});
