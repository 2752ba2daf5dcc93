import { countStatements, schemaDrift, stableId } from "@gongjian/database";
import type { Viewer } from "@gongjian/subgraph";
import { ask, someone } from "@gongjian/testing";
import fc from "fast-check";
import { communitiesStory, type Story } from "./story";

const weijia = stableId("community", "CN_STATS:510112001001");
const xianghe = stableId("community", "CN_STATS:510116001001");
const facilityId = stableId("facility", "yard");
const other = stableId("facility", "room");
const keeper = someone.worker(weijia);
let story: Story;

beforeAll(async () => {
  story = await communitiesStory();
  const rows = ["yard", "room", "race", "any"].map((key) => ({
    key,
    name: "文化小院",
    category: "CULTURE_ROOM",
    state: "OPEN",
    communityId: weijia,
    asOf: "2016-04-22",
  }));
  const { errors } = await ask(
    story.endpoint,
    someone.admin,
    "mutation ($input: ImportFacilitiesInput!) { importFacilities(input: $input) { __typename } }",
    { input: { rows } },
  );
  expect(errors).toEqual([]);
}, 60_000);
afterAll(() => story.test.close());

const ENTRY = "id was category since until note source superseded withdrawn correctionReason corrects { id } facility { key }";
const run = async (who: Viewer, name: "recordFacilityChange" | "correctFacilityChange", input: object): Promise<any> => {
  const already = name === "correctFacilityChange" ? "... on AlreadyExists { field }" : "";
  const { data, errors } = await ask(
    story.endpoint,
    who,
    `mutation ($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { __typename ... on FacilityChange { ${ENTRY} } ... on FacilityChangesOverlap { change { was } } ... on IdempotencyConflict { message } ${already} } }`,
    { input },
  );
  return errors[0]
    ? [errors[0].extensions.code, ...(errors[0].extensions.problems ?? []).map((p: any) => `${p.field} ${p.code}`)].join(" ")
    : data[name];
};
const record = (input: object, who = keeper) =>
  run(who, "recordFacilityChange", { facilityId, was: "自行车棚", until: "2016-04-22", ...input });
const correct = (id: string, input: object, who = keeper) => run(who, "correctFacilityChange", { id, reason: "记错", ...input });
const changes = async (id: string, args = "") => {
  const { data, errors } = await ask(
    story.endpoint,
    someone.public,
    `{ facility(id: "${id}") { changes${args} { totalCount nodes { ${ENTRY} } } } }`,
  );
  expect(errors).toEqual([]);
  return data.facility.changes;
};

test("the migrated schema is what the entities say", async () => {
  expect(await schemaDrift(story.database.dataSource)).toEqual([]);
});

test("a shed became a yard; what is wrong is corrected, and stays on record", async () => {
  const shed = await record({ source: "report-002", note: "年久失修", idempotencyKey: "shed" });
  expect(shed).toMatchObject({ __typename: "FacilityChange", was: "自行车棚", category: null, since: null, facility: { key: "yard" } });
  expect(await record({ source: "report-002", note: "年久失修", idempotencyKey: "shed" })).toEqual(shed);
  expect(await record({ until: "2001-01-01", idempotencyKey: "shed" })).toMatchObject({ __typename: "IdempotencyConflict" });
  // that it was a shed is known from no day on: nothing is on record before
  expect(await record({ was: "空地", until: "1990-01-01" })).toEqual({ __typename: "FacilityChangesOverlap", change: { was: "自行车棚" } });
  const dated = await correct(shed.id, { since: "1990-01-01", until: "2010-06-01" });
  expect(dated).toMatchObject({
    was: "自行车棚",
    since: "1990-01-01",
    until: "2010-06-01",
    note: "年久失修",
    source: "report-002",
    corrects: { id: shed.id },
    correctionReason: "记错",
    withdrawn: false,
  });
  expect(await correct(shed.id, { until: "2011-01-01" })).toEqual({ __typename: "AlreadyExists", field: "id" });
  const lot = await record({ was: "空地", until: "1990-01-01" });
  expect(lot).toMatchObject({ __typename: "FacilityChange", was: "空地" });
  expect(await correct(dated.id, { since: "1989-12-31" })).toEqual({ __typename: "FacilityChangesOverlap", change: { was: "空地" } });
  const room = await record({ was: "棋牌室", category: "CULTURE_ROOM", since: "2010-06-01" });
  expect((await changes(facilityId)).nodes.map(({ was }: any) => was)).toEqual(["空地", "自行车棚", "棋牌室"]);
  const gone = await correct(room.id, { withdrawn: true, category: null, reason: "说的是别处" });
  expect(gone).toMatchObject({ withdrawn: true, category: null, correctionReason: "说的是别处" });
  expect(await changes(facilityId)).toMatchObject({ totalCount: 2, nodes: [{ was: "空地" }, { was: "自行车棚", superseded: false }] });
  // the time is free again
  expect(await record({ was: "门房", since: "2012-01-01" })).toMatchObject({ was: "门房" });
  expect((await changes(facilityId, "(wholeLog: true, first: 100)")).nodes.map(({ was, superseded }: any) => [was, superseded])).toEqual([
    ["空地", false],
    ["自行车棚", false],
    ["自行车棚", true],
    ["棋牌室", true],
    ["棋牌室", false],
    ["门房", false],
  ]);
  expect((await changes(other)).totalCount).toBe(0);
});

test("by whom, and what is refused", async () => {
  expect(await record({}, someone.public)).toBe("UNAUTHENTICATED");
  const [{ id }] = (await changes(facilityId)).nodes;
  for (const who of [someone.worker(xianghe), someone.resident(weijia), someone.officer("510116"), someone.auditor]) {
    expect(await record({}, who)).toBe("FORBIDDEN");
    expect(await correct(id, {}, who)).toBe("FORBIDDEN");
  }
  expect(await record({ facilityId: weijia })).toBe("NOT_FOUND");
  expect(await correct(facilityId, {})).toBe("NOT_FOUND");
  expect(await record({ was: " " })).toBe("BAD_USER_INPUT was REQUIRED");
  expect(await record({ since: "2016-04-22" })).toBe("BAD_USER_INPUT until PERIOD_REVERSED");
  expect(await record({ until: "2999-01-01", note: "长".repeat(1001), source: "x".repeat(201) })).toBe(
    "BAD_USER_INPUT note TOO_LONG source TOO_LONG until IN_THE_FUTURE",
  );
  expect(await correct(id, { reason: "", was: "" })).toBe("BAD_USER_INPUT was REQUIRED reason REQUIRED");
  expect(await record({ facilityId: other, category: "PARK" }, someone.officer("510112"))).toMatchObject({ category: "PARK" });
});

test("of many who say at once what a place was, one does; and one corrects it", async () => {
  const raced = stableId("facility", "race");
  const said = await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      record({ facilityId: raced, was: `第${n}种`, since: `20${10 + (n % 3)}-01-01`, until: "2015-01-01" }),
    ),
  );
  const kinds = (answers: any[]) => answers.map(({ __typename }) => __typename).sort();
  expect(kinds(said)).toEqual(["FacilityChange", ...Array.from({ length: 11 }, () => "FacilityChangesOverlap")]);
  const { id } = said.find(({ __typename }) => __typename === "FacilityChange");
  const corrected = await Promise.all(Array.from({ length: 10 }, (_, n) => correct(id, { was: `改${n}` })));
  expect(kinds(corrected)).toEqual([...Array.from({ length: 9 }, () => "AlreadyExists"), "FacilityChange"]);
  expect((await changes(raced)).nodes).toEqual(
    [corrected.find(({ __typename }) => __typename === "FacilityChange")].map(({ __typename: _, ...entry }) => entry),
  );
});

test("periods of one facility never overlap, whatever is recorded and corrected in whatever order", async () => {
  const any = stableId("facility", "any");
  const day = (n: number) => new Date(Date.UTC(2000, 0, 1 + n)).toISOString().slice(0, 10);
  const periods = fc.record({ since: fc.option(fc.integer({ min: 0, max: 40 })), long: fc.integer({ min: 1, max: 12 }), at: fc.nat(20) });
  /** What counts, as this test knows it: days from one to before another. */
  let known: { id: string; since: number; until: number }[] = [];
  for (const { since, long, at } of fc.sample(periods, 60)) {
    const until = (since ?? 0) + long;
    const overlaps = (one: { id: string }) =>
      known.some((two) => two.id !== one.id && two.since < until && (since ?? Number.NEGATIVE_INFINITY) < two.until);
    const target = at < known.length ? known[at] : undefined;
    const when = { since: since === null ? null : day(since), until: day(until) };
    const answer = target ? await correct(target.id, when) : await record({ facilityId: any, ...when });
    expect(answer.__typename).toBe(overlaps(target ?? { id: "" }) ? "FacilityChangesOverlap" : "FacilityChange");
    if (answer.__typename === "FacilityChange")
      known = [...known.filter((one) => one !== target), { id: answer.id, since: since ?? Number.NEGATIVE_INFINITY, until }];
  }
  expect(known.length).toBeGreaterThan(1);
  expect((await changes(any, "(first: 100)")).nodes.map(({ id }: any) => id).sort()).toEqual(known.map(({ id }) => id).sort());
});

test("the database keeps the log, whoever writes", async () => {
  const query = (sql: string) => story.database.dataSource.query(sql);
  const kept = (constraint: string) => ({ driverError: { constraint } });
  await expect(query("UPDATE communities.facility_change SET was = '别的'")).rejects.toMatchObject(kept("facility_change_kept"));
  await expect(query("UPDATE communities.facility_change SET superseded = true")).rejects.toMatchObject(kept("facility_change_kept"));
  await expect(query("DELETE FROM communities.facility_change")).rejects.toMatchObject(kept("facility_change_kept"));
  const insert = (values: string) =>
    query(
      `INSERT INTO communities.facility_change (id, facility_id, was, since, until, corrects_id, correction_reason, superseded) VALUES (gen_random_uuid(), ${values})`,
    );
  const [{ id }] = (await changes(other)).nodes;
  await expect(insert(`'${other}', '棚', NULL, '2000-01-01', NULL, NULL, true`)).rejects.toMatchObject(kept("facility_change_kept"));
  await expect(insert(`'${other}', '棚', NULL, '2000-01-01', NULL, NULL, false`)).rejects.toMatchObject(kept("facility_change_apart"));
  await expect(insert(`'${facilityId}', '棚', '2013-01-01', '2014-01-01', '${id}', '错', false`)).rejects.toMatchObject(
    kept("facility_change_corrected_once"),
  );
});

test("a page of facilities costs no more statements the more past they have", async () => {
  const counter = countStatements(story.database);
  const cost = async (first: number) => {
    counter.reset();
    const { errors } = await ask(
      story.endpoint,
      someone.public,
      `{ facilities(first: ${first}) { nodes { changes(wholeLog: true) { nodes { corrects { was } facility { name } } } } } }`,
    );
    expect(errors).toEqual([]);
    return counter.count();
  };
  expect(await cost(100)).toBeLessThanOrEqual(4);
  expect(await cost(1)).toBeLessThanOrEqual(4);
});
