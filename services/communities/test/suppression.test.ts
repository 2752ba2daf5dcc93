import { constraintOf, schemaDrift, stableId } from "@gongjian/database";
import type { Viewer } from "@gongjian/subgraph";
import { ask, someone } from "@gongjian/testing";
import { leftOut } from "../src/population/population.suppression";
import { communitiesStory, type Story } from "./story";

const xianghe = stableId("community", "CN_STATS:510116001001");
const wuxing = stableId("community", "CN_STATS:510116001002");
const weijia = stableId("community", "CN_STATS:510112001001");
let story: Story;

beforeAll(async () => {
  story = await communitiesStory();
}, 60_000);
afterAll(() => story.test.close());

const groups = (counts: Record<string, number | null>) => Object.entries(counts).map(([group, count]) => ({ group, count }));
async function enter(rows: object[]): Promise<string[]> {
  const { data, errors } = await ask(
    story.endpoint,
    someone.admin,
    "mutation ($input: ImportPopulationsInput!) { importPopulations(input: $input) { ... on BulkOutcome { rows { status problems { field code } } } } }",
    { input: { rows } },
  );
  expect(errors).toEqual([]);
  return data.importPopulations.rows.map((row: any) => [row.status, ...row.problems.map((p: any) => `${p.field} ${p.code}`)].join(" "));
}
const snapshot = (communityId: string, asOf: string, residents: number | null, counts: Record<string, number | null>) => ({
  communityId,
  asOf,
  residents,
  ethnicGroups: groups(counts),
});

const FIGURES = "asOf residents ethnicGroupCount ethnicGroupsWithheld ethnicGroups { letters count suppressed }";
const SUM = "{ sum communities earliestAsOf latestAsOf }";
/** All that is said of people anywhere: of communities on any day, side by side, and of every region and the zone. */
async function said(who: Viewer): Promise<any> {
  const id = stableId("population-snapshot", `${xianghe}:2024-01-01`);
  const { data, errors } = await ask(
    story.endpoint,
    who,
    `{ communities(first: 50) { nodes { population { ${FIGURES} } then: population(asOf: "2023-06-01") { ${FIGURES} } populationSnapshots { totalCount nodes { ${FIGURES} } } } }
      one: populationSnapshot(id: "${id}") { ${FIGURES} } _entities(representations: [{ __typename: "PopulationSnapshot", id: "${id}" }]) { ... on PopulationSnapshot { ${FIGURES} } }
      compareCommunities(ids: ["${xianghe}", "${wuxing}"]) { rows { aspect values { known number text asOf } } }
      search(text: "祥鹤") { nodes { node { ... on Community { population { ${FIGURES} } } } } }
      regions(first: 50) { nodes { code statistics { residents ${SUM} households ${SUM} ethnicGroups { atLeast communities named { letters } } } } } }`,
  );
  expect(errors).toEqual([]);
  return data;
}
const shown = async (communityId: string, asOf: string): Promise<Record<string, number | string | null>> => {
  const { data } = await ask(
    story.endpoint,
    someone.public,
    `{ community(id: "${communityId}") { population(asOf: "${asOf}") { ethnicGroups { letters count suppressed } } } }`,
  );
  return Object.fromEntries(
    data.community.population.ethnicGroups.map(({ letters, count, suppressed }: any) => [letters, suppressed ? "left out" : count]),
  );
};

test("the migrated schema is what the entities say", async () => {
  expect(await schemaDrift(story.database.dataSource)).toEqual([]);
});

test("whatever a small count is, from 1 to 9, nobody is told anything else anywhere", async () => {
  const told: string[] = [];
  for (let small = 1; small <= 9; small++) {
    const counts = { HA: 20_000, HU: 300, QI: 50 - small, ZA: small, MA: 0, YI: null };
    const [status] = await enter([snapshot(xianghe, "2024-01-01", 20_400, counts)]);
    expect(status).toMatch(/CREATED|UPDATED/u);
    const [stranger, auditor, worker] = await Promise.all([someone.public, someone.auditor, someone.worker(xianghe)].map(said));
    expect([auditor, worker]).toEqual([stranger, stranger]);
    told.push(JSON.stringify(stranger));
  }
  expect(new Set(told).size).toBe(1);
  expect(await shown(xianghe, "2024-01-01")).toEqual({ HA: 20_000, HU: 300, QI: "left out", ZA: "left out", MA: 0, YI: null });
  expect(told[0]).not.toMatch(/"count":[1-9]\b/u);
});

test("what was left out once stays out: when it grows, on other days, and when the day is entered anew", async () => {
  const more = { HA: 20_000, HU: 300, QI: 45, ZA: 12 };
  expect(await enter([snapshot(xianghe, "2023-01-01", 20_400, more), snapshot(xianghe, "2025-01-01", 20_400, more)])).toEqual([
    "CREATED",
    "CREATED",
  ]);
  expect(await enter([snapshot(xianghe, "2024-01-01", 20_400, more)])).toEqual(["UPDATED"]);
  for (const day of ["2023-01-01", "2024-01-01", "2025-01-01"])
    expect(await shown(xianghe, day)).toEqual({ HA: 20_000, HU: 300, QI: "left out", ZA: "left out" });
  expect(await enter([snapshot(xianghe, "2024-01-01", 20_400, more)])).toEqual(["UNCHANGED"]);
  // others' communities are others' figures
  expect(await enter([snapshot(wuxing, "2024-01-01", 20_400, more)])).toEqual(["CREATED"]);
  expect(await shown(wuxing, "2024-01-01")).toEqual(more);
});

test("one list knows what its earlier rows leave out, whatever their order", async () => {
  expect(
    await enter([
      snapshot(weijia, "2022-01-01", 1000, { HA: 700, HU: 200, QI: 45, ZA: 30 }),
      snapshot(weijia, "2021-01-01", 1000, { HA: 700, HU: 200, QI: 45, ZA: 3 }),
    ]),
  ).toEqual(["CREATED", "CREATED"]);
  expect(await shown(weijia, "2022-01-01")).toEqual({ HA: 700, HU: 200, QI: "left out", ZA: "left out" });
});

test("of fewer than a hundred residents nothing is said of groups, here or in the region", async () => {
  const other = stableId("community", "CN_STATS:510112001002");
  expect(
    await enter([snapshot(other, "2024-01-01", 99, { HA: 90, JN: 9 }), snapshot(other, "2024-02-01", null, { HA: 60, JN: 20 })]),
  ).toEqual(["CREATED", "CREATED"]);
  const of = async () => {
    const { data } = await ask(
      story.endpoint,
      someone.public,
      `{ community(id: "${other}") { populationSnapshots { nodes { ${FIGURES} } } }
        region(code: "51") { statistics { ethnicGroups { communities named { letters } } } }
        compareCommunities(ids: ["${other}", "${weijia}"]) { rows { aspect values { known } } } }`,
    );
    return {
      snapshots: data.community.populationSnapshots.nodes.map((each: any) => [
        each.residents,
        each.ethnicGroupCount,
        each.ethnicGroupsWithheld,
        each.ethnicGroups.length,
      ]),
      named: data.region.statistics.ethnicGroups.named.some(({ letters }: any) => letters === "JN"),
      compared: data.compareCommunities.rows.find(({ aspect }: any) => aspect === "ETHNIC_GROUPS").values[0].known,
    };
  };
  expect(await of()).toEqual({
    snapshots: [
      [null, null, true, 0],
      [99, null, true, 0],
    ],
    named: false,
    compared: false,
  });
  expect(await enter([snapshot(other, "2024-01-01", 100, { HA: 90, JN: 10 })])).toEqual(["UPDATED"]);
  expect(await of()).toEqual({
    snapshots: [
      [null, 2, false, 2],
      [100, 2, false, 2],
    ],
    named: true,
    compared: true,
  });
});

test("the database shows no small count, whoever writes it", async () => {
  const [row] = await story.test.sql<{ id: string }>("SELECT id FROM communities.population_snapshot LIMIT 1");
  const write = story.test.sql(
    "INSERT INTO communities.population_ethnic_group (snapshot_id, code, count, withheld) VALUES ($1, 56, 9, false)",
    [row!.id],
  );
  await expect(write.catch((error) => constraintOf(error)?.constraint)).resolves.toBe("population_ethnic_group_small_withheld");
});

test("of many who enter snapshots of one community at once, each knows what those before it left out", async () => {
  const place = stableId("community", "CN_STATS:510116001001");
  await story.test.sql("DELETE FROM communities.population_snapshot WHERE community_id = $1", [place]);
  const letters = ["MG", "HU", "ZA", "UG", "MH", "YI"];
  await Promise.all(
    letters.map((small, at) =>
      enter([
        snapshot(place, `2020-01-0${at + 1}`, 30_000, {
          HA: 20_000,
          MA: 45,
          ...Object.fromEntries(letters.map((other, index) => [other, other === small ? 3 : 400 + 100 * index])),
        }),
      ]),
    ),
  );
  const rows = await story.test.sql<{ asOf: string; code: number; count: number; withheld: boolean }>(
    `SELECT p.as_of::text AS "asOf", g.code, g.count, g.withheld FROM communities.population_snapshot p
     JOIN communities.population_ethnic_group g ON g.snapshot_id = p.id WHERE p.community_id = $1 ORDER BY g.code`,
    [place],
  );
  const days = [...new Set(rows.map(({ asOf }) => asOf))].map((day) => rows.filter(({ asOf }) => asOf === day));
  expect(days).toHaveLength(letters.length);
  const codes = (of: typeof rows) => of.filter(({ withheld }) => withheld).map(({ code }) => code);
  // there is an order in which each of them decided after the ones before it: each knew more
  const before = new Set<number>();
  for (const day of [...days].sort((a, b) => codes(a).length - codes(b).length)) {
    expect(codes(day)).toEqual([...leftOut(day, before)].sort((a, b) => a - b));
    for (const code of codes(day)) before.add(code);
  }
});
