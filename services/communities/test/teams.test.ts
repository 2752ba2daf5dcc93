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
