import { countStatements, schemaDrift, stableId } from "@gongjian/database";
import type { Viewer } from "@gongjian/subgraph";
import { ask, someone } from "@gongjian/testing";
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
  expect(serviceCircle).toHaveLength(12);
  expect(serviceCircle.filter(({ nearest }: any) => nearest)).toEqual([
    { category: "CULTURE_ROOM", minutes: 15, nearest: { key: "yard" } },
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
});
