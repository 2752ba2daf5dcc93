import { constraintOf, countStatements, schemaDrift, stableId } from "@gongjian/database";
import type { Viewer } from "@gongjian/subgraph";
import { ask, someone } from "@gongjian/testing";
import { communitiesStory, type Story } from "./story";

const xianghe = stableId("community", "CN_STATS:510116001001");
let story: Story;
let troupe: string;
let bureau: string;

beforeAll(async () => {
  story = await communitiesStory();
  const created = async (name: string, kind: string): Promise<string> => {
    const { data } = await ask(
      story.endpoint,
      someone.admin,
      `mutation { createOrganisation(input: { name: "${name}", kind: ${kind}, regionCode: "510116001" }) { ... on Organisation { id } } }`,
    );
    return data.createOrganisation.id;
  };
  troupe = await created("示例歌舞队", "RESIDENT_TEAM");
  bureau = await created("示例画艺中心", "SOCIAL_ORGANISATION");
}, 60_000);
afterAll(() => story.test.close());

async function load(who: Viewer, what: "Teams" | "TeamActivities", rows: object[], more: object = {}) {
  const { data, errors } = await ask(
    story.endpoint,
    who,
    `mutation ($input: Import${what}Input!) { import${what}(input: $input) { ... on BulkOutcome { written created updated unchanged refused rows { problems { field code } } } } }`,
    { input: { rows, ...more } },
  );
  if (errors.length > 0) return errors[0]!.extensions.code as string;
  const outcome = data[`import${what}`];
  return { ...outcome, rows: outcome.rows.map(({ problems }: any) => problems.map((p: any) => `${p.field} ${p.code}`).join()) };
}
const team = (more: object = {}) => ({
  organisationId: troupe,
  communityId: xianghe,
  members: 30,
  membersPrecision: "ABOUT",
  composition: ["退休教师"],
  services: ["歌舞演出"],
  foundedOn: "2015",
  ...more,
});
const show = (key: string, more: object = {}) => ({
  key,
  organisationId: troupe,
  kind: "SHOW",
  title: "演出",
  asOf: "2022-01-06",
  ...more,
});
const representative = () => someone.representative(troupe);

test("a team is at home where its organisation belongs, or where those say so who keep that community", async () => {
  const weijia = stableId("community", "CN_STATS:510112001001");
  const far = { communityId: weijia, members: 5_000 };
  expect(await load(representative(), "Teams", [team(far)], { dryRun: true })).toMatchObject({ refused: 1, rows: ["key FORBIDDEN"] });
  expect(await load(someone.officer("510116"), "Teams", [team(far)], { dryRun: true })).toMatchObject({ refused: 1 });
  expect(await load(someone.officer("5101"), "Teams", [team(far)], { dryRun: true })).toMatchObject({ created: 1 });
  expect(await load(representative(), "Teams", [team()], { dryRun: true })).toMatchObject({ created: 1 });
});

test("the migrated schema is what the entities say", async () => {
  expect(await schemaDrift(story.database.dataSource)).toEqual([]);
});

test("a team is described, shown at home, and keeps a record that is summed up", async () => {
  expect(await load(representative(), "Teams", [team()], { dryRun: true })).toMatchObject({ written: false, created: 1 });
  expect(await load(representative(), "Teams", [team()])).toMatchObject({ written: true, created: 1 });
  expect(await load(representative(), "Teams", [team()])).toMatchObject({ written: false, unchanged: 1 });
  expect(await load(representative(), "Teams", [team({ members: 32 })])).toMatchObject({ written: true, updated: 1 });
  const shows = [
    show("s1", { times: 50, timesPrecision: "OVER" }),
    show("s2", { heldOn: "2022-05-01", asOf: "2022-05-01", participants: 300 }),
    show("s3", { kind: "TRAINING", participants: 22, certified: 22, asOf: "2022-06-11" }),
  ];
  expect(await load(representative(), "TeamActivities", shows)).toMatchObject({ written: true, created: 3 });
  expect(await load(representative(), "TeamActivities", shows)).toMatchObject({ written: false, unchanged: 3 });
  const { data, errors } = await ask(
    story.endpoint,
    someone.public,
    `query ($id: ID!, $home: ID!) {
      organisation(id: $id) { team { members membersPrecision composition services foundedOn version home { id } }
        activities(kind: SHOW) { totalCount nodes { times timesPrecision heldOn asOf } } activityTotals { kind times orMore participants certified } }
      community(id: $home) { teams { totalCount nodes { id name } } } }`,
    { id: troupe, home: xianghe },
  );
  expect(errors).toEqual([]);
  expect(data.organisation.team).toEqual({
    members: 32,
    membersPrecision: "ABOUT",
    composition: ["退休教师"],
    services: ["歌舞演出"],
    foundedOn: "2015",
    version: 2,
    home: { id: xianghe },
  });
  expect(data.organisation.activities).toEqual({
    totalCount: 2,
    nodes: [
      { times: 1, timesPrecision: "EXACT", heldOn: "2022-05-01", asOf: "2022-05-01" },
      { times: 50, timesPrecision: "OVER", heldOn: null, asOf: "2022-01-06" },
    ],
  });
  expect(data.organisation.activityTotals).toEqual([
    { kind: "SHOW", times: 51, orMore: true, participants: 300, certified: null },
    { kind: "TRAINING", times: 1, orMore: false, participants: 22, certified: 22 },
  ]);
  expect(data.community.teams).toEqual({ totalCount: 1, nodes: [{ id: troupe, name: "示例歌舞队" }] });
});

test("row by row what is wrong is told, and who may not write does not", async () => {
  expect(await load(someone.public, "Teams", [team()])).toBe("UNAUTHENTICATED");
  expect(await load(someone.worker(xianghe), "Teams", [team()])).toBe("FORBIDDEN");
  for (const who of [someone.representative(bureau), someone.officer("510112")]) {
    expect(await load(who, "Teams", [team()])).toMatchObject({ written: false, rows: ["key FORBIDDEN"] });
    expect(await load(who, "TeamActivities", [show("x")])).toMatchObject({ written: false, rows: ["key FORBIDDEN"] });
  }
  // an entry cannot be taken over from another's record
  const taken = show("s1", { organisationId: bureau });
  expect(await load(someone.representative(bureau), "TeamActivities", [taken])).toMatchObject({ written: false, rows: ["key FORBIDDEN"] });
  expect(
    await load(someone.admin, "Teams", [
      team({ organisationId: bureau }),
      team({ organisationId: xianghe }),
      team({ communityId: troupe, members: -1 }),
    ]),
  ).toMatchObject({
    written: false,
    rows: ["organisationId NOT_ALLOWED", "organisationId UNKNOWN_REFERENCE", "members OUT_OF_RANGE,communityId UNKNOWN_REFERENCE"],
  });
  expect(
    await load(someone.admin, "TeamActivities", [
      show("a", { times: 0 }),
      show("b", { participants: 10, certified: 11 }),
      show("c", { participants: 10, certified: 11, certifiedPrecision: "ABOUT" }),
      show("d", { heldOn: "2023", asOf: "2022-12-31" }),
      show("e", { title: " " }),
    ]),
  ).toMatchObject({
    written: false,
    rows: ["times OUT_OF_RANGE", "certified OUT_OF_RANGE", "", "asOf PERIOD_REVERSED", "title REQUIRED"],
  });
});

test("the database keeps a team a team, whichever is written second", async () => {
  const refusal = async (sql: string) => {
    try {
      await story.database.dataSource.query(sql);
    } catch (error) {
      return constraintOf(error)?.constraint;
    }
    return undefined;
  };
  expect(await refusal(`UPDATE communities.organisation SET kind = 'OTHER' WHERE id = '${troupe}'`)).toBe("team_of_residents");
  expect(await refusal(`INSERT INTO communities.team (organisation_id) VALUES ('${bureau}')`)).toBe("team_of_residents");
  expect(await refusal(`UPDATE communities.organisation SET kind = 'SCHOOL' WHERE id = '${bureau}'`)).toBeUndefined();
});

test("a page costs the same number of statements whatever its length", async () => {
  const query = `query ($first: Int!) { organisations(first: $first) { nodes { team { members home { teams { nodes { id } } } } activities { totalCount nodes { title } } activityTotals { times } } } }`;
  const counter = countStatements(story.database);
  const cost = async (first: number) => {
    counter.reset();
    const { errors } = await ask(story.endpoint, someone.public, query, { first });
    expect(errors).toEqual([]);
    return counter.count();
  };
  const whole = await cost(10);
  expect(await cost(1)).toBeLessThanOrEqual(whole);
  expect(whole).toBeLessThanOrEqual(8);
});

test("teams are found by place, by what they offer, by their record, and as entities", async () => {
  const made: string[] = [];
  for (const [name, service, times] of [
    ["甲讲解队", "讲解", 3],
    ["乙讲解队", "讲解", 60],
    ["丙合唱队", "合唱", 0],
  ] as const) {
    const { data } = await ask(
      story.endpoint,
      someone.admin,
      `mutation { createOrganisation(input: { name: "${name}", kind: RESIDENT_TEAM, regionCode: "510112001" }) { ... on Organisation { id } } }`,
    );
    const organisationId: string = data.createOrganisation.id;
    made.push(organisationId);
    await load(someone.admin, "Teams", [{ organisationId, services: [service] }]);
    if (times > 0) await load(someone.admin, "TeamActivities", [show(`tour-${name}`, { organisationId, kind: "GUIDED_TOUR", times })]);
  }
  const listed = async (filter: string, first = 50): Promise<string[]> => {
    const { data, errors } = await ask(
      story.endpoint,
      someone.public,
      `{ teams(first: ${first}, filter: { ${filter} }) { totalCount nodes { id organisation { name } } pageInfo { hasNextPage endCursor } } }`,
    );
    expect(errors).toEqual([]);
    if (first > 10) expect(data.teams.totalCount).toBe(data.teams.nodes.length);
    return data.teams.nodes.map(({ organisation }: any) => organisation.name);
  };
  const tours = ["乙讲解队", "甲讲解队"];
  expect(await listed('within: "510112"')).toEqual(["丙合唱队", ...tours]);
  expect(await listed('within: "510112", service: "讲解"')).toEqual(tours);
  expect(await listed('within: "510112", activity: GUIDED_TOUR')).toEqual(tours);
  expect(await listed('within: "510112", activity: GUIDED_TOUR, timesAtLeast: 50')).toEqual(["乙讲解队"]);
  expect(await listed('within: "510112", activity: SHOW')).toEqual([]);
  expect(await listed('within: "510112", timesAtLeast: 3')).toEqual(tours);
  expect(await listed('search: "hechangdui"')).toEqual(["丙合唱队"]);
  // at home in a community of another district than its organisation's
  await load(someone.admin, "Teams", [{ organisationId: made[2], communityId: xianghe, services: ["合唱"] }]);
  expect(await listed('service: "合唱", within: "510112"')).toEqual([]);
  expect(await listed('service: "合唱", within: "zone-tianfu"')).toEqual(["丙合唱队"]);
  const page = await ask(story.endpoint, someone.public, `{ teams(first: 1, filter: { service: "讲解" }) { pageInfo { endCursor } } }`);
  const next = await ask(
    story.endpoint,
    someone.public,
    `{ teams(first: 1, after: "${page.data.teams.pageInfo.endCursor}", filter: { service: "讲解" }) { nodes { organisation { name } } pageInfo { hasNextPage } } }`,
  );
  expect(next.data.teams).toEqual({ nodes: [{ organisation: { name: "甲讲解队" } }], pageInfo: { hasNextPage: false } });
  const entities = await ask(
    story.endpoint,
    someone.public,
    `query ($r: [_Any!]!) { team(id: "${made[0]}") { services } missing: team(id: "${bureau}") { id } _entities(representations: $r) { ... on Team { id services } } }`,
    { r: [made[0], bureau, "nonsense"].map((id) => ({ __typename: "Team", id })) },
  );
  expect(entities.data).toEqual({
    team: { services: ["讲解"] },
    missing: null,
    _entities: [{ id: made[0], services: ["讲解"] }, null, null],
  });
});

test("the statements do not grow with the teams", async () => {
  const query = `query ($first: Int!) { teams(first: $first) { totalCount nodes { home { name } organisation { name activityTotals { times } activities { nodes { title } } } } } }`;
  const counter = countStatements(story.database);
  const cost = async (first: number) => {
    counter.reset();
    const { errors } = await ask(story.endpoint, someone.public, query, { first });
    expect(errors).toEqual([]);
    return counter.count();
  };
  await cost(1);
  expect(await cost(4)).toBe(await cost(2));
});
