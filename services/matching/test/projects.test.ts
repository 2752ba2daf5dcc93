import { countStatements, stableId } from "@gongjian/database";
import { someone } from "@gongjian/testing";
import { asking, codeOf, problemsOf } from "./answers";
import {
  aRound,
  aStory,
  brought,
  guangfu,
  HUAYANG,
  imported,
  need,
  offer,
  roundId,
  street,
  versionOf,
  xianghe,
  yuelin,
  type Who,
} from "./story";

const story = aStory();
const as = asking(story);
const worker = someone.worker(xianghe);
const rep = someone.representative(yuelin);

const told = stableId("suggestion", "garden");
const yard = stableId("facility", "garden");
beforeAll(async () => {
  const words = { title: "杂草丛生的小游园", body: "希望能改造成能休闲锻炼的地方。", topic: "ENVIRONMENT", channel: "ONLINE" };
  await imported(story.peers.communities!, "Suggestions", [
    { key: "garden", communityId: xianghe, raisedOn: "2022-01-05", published: true, ...words },
  ]);
  await imported(story.peers.communities!, "Facilities", [
    { key: "garden", name: "小游园", category: "PARK", state: "OPEN", communityId: xianghe, asOf: "2022-06-10" },
  ]);
});

const FIELDS = `id version state startedOn completedOn endedOn reason averageRating need { key } match { id state } organisation { id } community { id } facility { id }`;
const written = (name: string, result: string, more = "") =>
  `mutation ($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) { answer: ${name}(input: $input) { __typename ${result} ... on VersionConflict { currentVersion }
  ... on AlreadyExists { field } ${more} } }`.replace(
    name.startsWith("create") || name.startsWith("evaluate")
      ? "... on VersionConflict { currentVersion }"
      : "... on AlreadyExists { field }",
    "",
  );
const CREATE = written(
  "createProject",
  `... on Project { ${FIELDS} title }`,
  "... on MatchNotSigned { matchState: state } ... on UnitsExhausted { side }",
);
const UPDATE = written("updateProject", "... on Project { title description version facility { id } }", "... on ProjectRefuses { state }");
const ADVANCE = written(
  "advanceProject",
  `... on Project { ${FIELDS} }`,
  "... on ProjectStepOutOfOrder { from: state next } ... on ProjectGuardFailed { reasons { code } } ... on RoundClosed { roundState: state allowedIn }",
);
const STONE = "id version phase title dueOn side responsible status doneOn acceptedOn acceptanceNote";
const REFUSED = "... on ProjectRefuses { state } ... on MilestoneRefuses { done accepted }";
const ADD = written("addMilestone", `... on Milestone { ${STONE} }`, "... on ProjectRefuses { state }").replace(
  "... on VersionConflict { currentVersion }",
  "",
);
const CHANGE = written("updateMilestone", `... on Milestone { ${STONE} }`, REFUSED);
const COMPLETE = written("completeMilestone", `... on Milestone { ${STONE} }`, REFUSED);
const ACCEPT = written("acceptMilestone", `... on Milestone { ${STONE} }`, REFUSED);
const JUDGE = written("evaluateProject", "... on Evaluation { evaluator rating comment before after }", "... on ProjectRefuses { state }");
const MOVE = `mutation ($input: MoveMatchInput!) { answer: moveMatch(input: $input) { __typename ... on Match { state version } ... on UnitsExhausted { side } ... on MatchStepOutOfOrder { next } } }`;

const wrote = async (who: Who, document: string, input: object) => {
  const { data, errors } = await as(who, document, { input });
  expect(errors).toEqual([]);
  return data.answer;
};
const matchOf = async (key: string): Promise<string> =>
  (await story.test.sql<{ id: string }>("SELECT id FROM matching.match WHERE round_id = $1", [roundId(key)]))[0]!.id;
const SIGN = `UPDATE matching.match SET state = $2, community_accepted = $2 <> 'PROPOSED', organisation_accepted = $2 <> 'PROPOSED', version = version + 1 WHERE id = $1`;

/** A round with a need and an offer whose match is signed; the round is taken to EXECUTING when told to. */
async function signed(key: string, executing = true): Promise<string> {
  const round = await aRound(story, key, [need(key, "N1", { originSuggestionId: told })], [offer(key, "O1")]);
  await brought(story, round, "NEGOTIATING");
  const match = await matchOf(key);
  for (const state of ["PROPOSED", "ACCEPTED", "SIGNED"]) await story.test.sql(SIGN, [match, state]);
  if (executing) await brought(story, round, "EXECUTING");
  return match;
}

/** A need without any offer, in a published list. */
async function alone(key: string, state: "PUBLISHED" | "COLLECTING" | "DRAFT" = "PUBLISHED"): Promise<string> {
  const round = await aRound(
    story,
    key,
    [need(key, "N1", { originSuggestionId: told }), need(key, "N2", { communityId: guangfu })],
    [offer(key, "O1")],
  );
  await brought(story, round, state);
  return stableId("need", `${round}:N1`);
}

const begun = async (origin: object, more: object = {}) => {
  const project = await wrote(worker, CREATE, { ...origin, ...more });
  expect(project.__typename).toBe("Project");
  return project;
};
const stone = (projectId: string, more: object = {}) => ({ projectId, phase: "BUILD", title: "绿化施工", dueOn: "2022-05-31", ...more });
const added = (projectId: string, more: object = {}) => wrote(worker, ADD, stone(projectId, more));
const accepted = async (milestone: { id: string; version: number }) => {
  const done = await wrote(worker, COMPLETE, { id: milestone.id, expectedVersion: milestone.version, doneOn: "2022-05-20" });
  return wrote(worker, ACCEPT, { id: milestone.id, expectedVersion: done.version, acceptedOn: "2022-05-25" });
};
const step = (project: { id: string; version: number }, to: string, more: object = {}) =>
  wrote(worker, ADVANCE, { id: project.id, expectedVersion: project.version, to, ...more });
/** Completed, with one milestone built. */
async function completed(origin: object) {
  const project = await begun(origin, { facilityId: yard });
  await accepted(await added(project.id));
  return step(await step(project, "BUILDING", { on: "2022-02-01" }), "COMPLETED", { on: "2022-06-01" });
}
/** Writes past all code of the service: the broken constraint, or nothing. */
const broken = (text: string, ...params: unknown[]) =>
  story.test.sql(text, params).then(
    () => undefined,
    (error: { constraint?: string }) => error.constraint,
  );

describe("a project of a match", () => {
  test("is carried out, accepted, handed over with its match fulfilled, kept up and closed", async () => {
    const matchId = await signed("whole");
    const project = await begun({ matchId }, { facilityId: yard.toUpperCase(), title: " 小游园改造 " });
    expect(project).toMatchObject({
      title: "小游园改造",
      state: "PLANNED",
      need: { key: "N1" },
      match: { id: matchId, state: "SIGNED" },
      organisation: { id: yuelin },
      community: { id: xianghe },
      facility: { id: yard },
    });
    const building = await step(project, "BUILDING", { on: "2022-02-01" });
    expect(building).toMatchObject({ state: "BUILDING", startedOn: "2022-02-01" });
    expect(await step(building, "COMPLETED")).toEqual({ __typename: "ProjectGuardFailed", reasons: [{ code: "NO_BUILD_MILESTONE" }] });
    const built = await added(project.id, { side: "ORGANISATION", responsible: "工程组" });
    expect(built).toMatchObject({ status: "OVERDUE", side: "ORGANISATION", responsible: "工程组" });
    await added(project.id, { phase: "MAINTAIN", title: "长期养护", dueOn: "2999-12-31" });
    expect(await step(building, "COMPLETED")).toEqual({
      __typename: "ProjectGuardFailed",
      reasons: [{ code: "BUILD_MILESTONES_UNACCEPTED" }],
    });
    expect(await wrote(worker, ACCEPT, { id: built.id, expectedVersion: 1 })).toEqual({
      __typename: "MilestoneRefuses",
      done: false,
      accepted: false,
    });
    const done = await wrote(rep, COMPLETE, { id: built.id, expectedVersion: 1, doneOn: "2022-05-20" });
    expect(done).toMatchObject({ status: "DONE", doneOn: "2022-05-20", version: 2 });
    expect(codeOf(await as(rep, ACCEPT, { input: { id: built.id, expectedVersion: 2 } }))).toBe("FORBIDDEN");
    expect(problemsOf(await as(worker, ACCEPT, { input: { id: built.id, expectedVersion: 2, acceptedOn: "2022-05-19" } }))).toEqual([
      "acceptedOn PERIOD_REVERSED",
    ]);
    expect(await wrote(worker, ACCEPT, { id: built.id, expectedVersion: 2, acceptedOn: "2022-05-25", note: "合格" })).toMatchObject({
      status: "ACCEPTED",
      acceptedOn: "2022-05-25",
      acceptanceNote: "合格",
    });
    for (const document of [CHANGE, COMPLETE, ACCEPT])
      expect(await wrote(street, document, { id: built.id, expectedVersion: 3 })).toEqual({
        __typename: "MilestoneRefuses",
        done: true,
        accepted: true,
      });
    expect(
      problemsOf(await as(worker, ADVANCE, { input: { id: project.id, expectedVersion: 2, to: "COMPLETED", on: "2022-01-31" } })),
    ).toEqual(["on PERIOD_REVERSED"]);
    const over = await step(building, "COMPLETED", { on: "2022-06-01" });
    expect(over).toMatchObject({ state: "COMPLETED", completedOn: "2022-06-01", match: { state: "FULFILLED" } });
    expect(await wrote(worker, ADD, stone(project.id))).toEqual({ __typename: "ProjectRefuses", state: "COMPLETED" });
    const kept = await step(over, "MAINTAINED");
    const closed = await step(kept, "CLOSED", { reason: "移交" });
    expect(closed).toMatchObject({ state: "CLOSED", reason: "移交" });
    expect(await step(closed, "CANCELLED", { reason: "不" })).toEqual({ __typename: "ProjectStepOutOfOrder", from: "CLOSED", next: [] });
    expect(await wrote(worker, UPDATE, { id: project.id, expectedVersion: closed.version, title: "另" })).toEqual({
      __typename: "ProjectRefuses",
      state: "CLOSED",
    });
    const audit = await story.test.sql(
      `SELECT concept, action, role FROM matching.audit_entry WHERE entity_id = ANY($1) AND request_id IS NOT NULL ORDER BY id`,
      [[project.id, built.id, matchId]],
    );
    expect(audit).toEqual(
      [
        ["project", "create", "COMMUNITY_WORKER"],
        ["project", "building", "COMMUNITY_WORKER"],
        ["milestone", "create", "COMMUNITY_WORKER"],
        ["milestone", "complete", "ORGANISATION_REP"],
        ["milestone", "accept", "COMMUNITY_WORKER"],
        ["project", "completed", "COMMUNITY_WORKER"],
        ["match", "fulfilled", "COMMUNITY_WORKER"],
        ["project", "maintained", "COMMUNITY_WORKER"],
        ["project", "closed", "COMMUNITY_WORKER"],
      ].map(([concept, action, role]) => ({ concept, action, role })),
    );
  });

  test("needs one that is signed, and a round that is carried out before it is completed", async () => {
    const round = await aRound(story, "early", [need("early", "N1")], [offer("early", "O1")]);
    await brought(story, round, "NEGOTIATING");
    expect(await wrote(worker, CREATE, { matchId: await matchOf("early") })).toEqual({
      __typename: "MatchNotSigned",
      matchState: "SUGGESTED",
    });
    const matchId = await signed("waiting", false);
    const project = await begun({ matchId });
    await accepted(await added(project.id));
    const building = await step(project, "BUILDING", { on: "2022-02-01" });
    expect(await step(building, "COMPLETED")).toEqual({ __typename: "RoundClosed", roundState: "NEGOTIATING", allowedIn: ["EXECUTING"] });
    await brought(story, roundId("waiting"), "EXECUTING");
    const [match] = await story.test.sql<{ version: number }>("SELECT version FROM matching.match WHERE id = $1", [matchId]);
    const move = { id: matchId, to: "FULFILLED", expectedVersion: match!.version };
    expect(await wrote(worker, MOVE, move)).toEqual({ __typename: "ProjectUnfinished" });
    expect(await step(building, "COMPLETED")).toMatchObject({ state: "COMPLETED", match: { state: "FULFILLED" } });
    expect((await versionOf(story, roundId("waiting"))).state).toBe("EXECUTING");
  });

  test("is begun once by ten racers, and again by none", async () => {
    const matchId = await signed("race");
    const answers = await Promise.all(Array.from({ length: 10 }, () => wrote(worker, CREATE, { matchId })));
    expect(answers.filter(({ __typename }) => __typename === "Project")).toHaveLength(1);
    expect(answers.filter(({ __typename, field }) => __typename === "AlreadyExists" && field === "matchId")).toHaveLength(9);
    const [{ id, version }] = answers.filter(({ __typename }) => __typename === "Project");
    expect(await step({ id, version }, "CANCELLED", { reason: "场地不可用" })).toMatchObject({ state: "CANCELLED", reason: "场地不可用" });
    expect(await wrote(worker, CREATE, { matchId })).toEqual({ __typename: "AlreadyExists", field: "matchId" });
  });
});

describe("a project of a community's own", () => {
  test("comes from a need that nothing else serves, and keeps it so", async () => {
    const needId = await alone("own");
    const project = await begun({ needId }, { key: "own-garden" });
    expect(project).toMatchObject({ title: "需求N1", match: null, organisation: null, community: { id: xianghe } });
    expect(await wrote(worker, CREATE, { needId })).toEqual({ __typename: "AlreadyExists", field: "needId" });
    const other = await alone("own-other");
    expect(await wrote(worker, CREATE, { needId: other, key: "own-garden" })).toEqual({ __typename: "AlreadyExists", field: "key" });
    expect(problemsOf(await as(worker, ADD, { input: stone(project.id, { side: "ORGANISATION" }) }))).toEqual(["side NO_ORGANISATION"]);
    const withdraw = `mutation ($input: WithdrawNeedInput!) { answer: withdrawNeed(input: $input) { __typename } }`;
    expect(problemsOf(await as(worker, withdraw, { input: { id: needId, expectedVersion: 1 } }))).toEqual(["quantity UNITS_PROMISED"]);
    await brought(story, roundId("own"), "NEGOTIATING");
    expect(await story.test.sql("SELECT id FROM matching.match WHERE need_id = $1", [needId])).toEqual([]);
    // a suggestion as it would stand had it been made before the project
    const [match] = await story.test.sql<{ id: string }>(
      `INSERT INTO matching.match (id, round_id, need_id, offer_id, units, score, factors)
       SELECT gen_random_uuid(), o.round_id, $1, o.id, 1, 0, '[]' FROM matching.offer o WHERE o.round_id = $2 RETURNING id`,
      [needId, roundId("own")],
    );
    expect(await wrote(street, MOVE, { id: match!.id, to: "PROPOSED", expectedVersion: 1 })).toEqual({
      __typename: "UnitsExhausted",
      side: "NEED",
    });
    await step(project, "CANCELLED", { reason: "改由机构承办" });
    expect(await wrote(street, MOVE, { id: match!.id, to: "PROPOSED", expectedVersion: 1 })).toMatchObject({ __typename: "Match" });
    expect(await wrote(worker, CREATE, { needId })).toEqual({ __typename: "UnitsExhausted", side: "NEED" });
  });

  test("is refused what is no origin, no facility, or somebody else's", async () => {
    const needId = await alone("refused");
    expect(problemsOf(await as(worker, CREATE, { input: {} }))).toEqual(["matchId ONE_OF"]);
    expect(problemsOf(await as(worker, CREATE, { input: { needId, matchId: needId } }))).toEqual(["matchId ONE_OF"]);
    expect(problemsOf(await as(worker, CREATE, { input: { needId, facilityId: needId } }))).toEqual(["facilityId UNKNOWN_REFERENCE"]);
    expect(codeOf(await as(someone.worker(guangfu), CREATE, { input: { needId } }))).toBe("FORBIDDEN");
    expect(codeOf(await as(someone.public, CREATE, { input: { needId } }))).toBe("UNAUTHENTICATED");
    for (const id of ["x", "\u0000", roundId("x")]) expect(codeOf(await as(worker, CREATE, { input: { needId: id } }))).toBe("NOT_FOUND");
    await story.test.sql("UPDATE matching.need SET state = 'WITHDRAWN' WHERE id = $1", [needId]);
    expect(problemsOf(await as(worker, CREATE, { input: { needId } }))).toEqual(["needId WITHDRAWN"]);
  });

  test("is hidden with its need, as one that does not exist", async () => {
    const needId = await alone("hidden", "COLLECTING");
    const project = await begun({ needId });
    const read = `query ($id: ID!) { project(id: $id) { id } projects(filter: { roundId: "${roundId("hidden")}" }) { totalCount } }`;
    for (const who of [worker, street])
      expect((await as(who, read, { id: project.id })).data).toEqual({ project: { id: project.id }, projects: { totalCount: 1 } });
    for (const who of [someone.public, someone.worker(guangfu), rep])
      expect((await as(who, read, { id: project.id })).data).toEqual({ project: null, projects: { totalCount: 0 } });
    const add = await as(someone.worker(guangfu), ADD, { input: stone(project.id) });
    expect(codeOf(add)).toBe("NOT_FOUND");
  });
});

test("a project is completed against a milestone that comes meanwhile: one waits for the other, and nothing unaccepted is completed", async () => {
  for (let turn = 0; turn < 5; turn++) {
    const project = await begun({ needId: await alone(`meanwhile-${turn}`) });
    await accepted(await added(project.id));
    const building = await step(project, "BUILDING", { on: "2022-02-01" });
    const [stepped, ...stones] = await Promise.all([step(building, "COMPLETED"), ...Array.from({ length: 4 }, () => added(project.id))]);
    const came = stones.filter(({ __typename }: { __typename: string }) => __typename === "Milestone").length;
    expect(stepped.__typename).toBe(came === 0 ? "Project" : "ProjectGuardFailed");
  }
});

test("what must not break is kept whoever writes", async () => {
  const matchId = await signed("kept");
  const project = await begun({ matchId });
  const [fields] = await story.test.sql<{ need_id: string }>("SELECT need_id FROM matching.project WHERE id = $1", [project.id]);
  const other = await alone("kept-other");
  const insert = "INSERT INTO matching.project (id, need_id, match_id, title, state) VALUES (gen_random_uuid(), $1, $2, 'x', $3)";
  expect(await broken(insert, other, await signed("kept-second"), "PLANNED")).toBe("project_match_fk");
  expect(await broken(insert, fields!.need_id, matchId, "PLANNED")).toBe("project_match_once");
  expect(await broken(insert, fields!.need_id, null, "PLANNED")).toBe("project_need_unpromised");
  expect(await broken(insert, other, null, "BUILDING")).toBe("project_step_order");
  const own = await begun({ needId: other });
  expect(await broken(insert, other, null, "PLANNED")).toBe("project_own_once");
  expect(await broken("UPDATE matching.project SET match_id = NULL WHERE id = $1", project.id)).toBe("project_origin_fixed");
  expect(await broken("DELETE FROM matching.project WHERE id = $1", project.id)).toBe("project_kept");
  expect(
    await broken(
      "UPDATE matching.project SET state = 'COMPLETED', started_on = '2022-01-01', completed_on = '2022-01-01' WHERE id = $1",
      project.id,
    ),
  ).toBe("project_step_order");
  expect(await broken("UPDATE matching.project SET state = 'CANCELLED', ended_on = '2022-01-01' WHERE id = $1", project.id)).toBe(
    "project_cancelled_reason",
  );
  expect(
    await broken("UPDATE matching.project SET state = 'BUILDING', started_on = '2022-01-01' WHERE id = $1", project.id),
  ).toBeUndefined();
  const complete = "UPDATE matching.project SET state = 'COMPLETED', completed_on = '2022-06-01' WHERE id = $1";
  expect(await broken(complete, project.id)).toBe("project_built");
  const milestone = await added(project.id);
  expect(await broken(complete, project.id)).toBe("project_built");
  expect(await broken("UPDATE matching.milestone SET accepted_on = '2022-05-01' WHERE id = $1", milestone.id)).toBe(
    "milestone_accepted_when_done",
  );
  await accepted(milestone);
  expect(await broken("UPDATE matching.milestone SET accepted_on = NULL WHERE id = $1", milestone.id)).toBe("milestone_kept");
  expect(await broken("DELETE FROM matching.milestone WHERE id = $1", milestone.id)).toBe("milestone_kept");
  expect(await broken("UPDATE matching.match SET state = 'FULFILLED' WHERE id = $1", matchId)).toBe("match_project_unfinished");
  expect(await broken("UPDATE matching.need SET state = 'WITHDRAWN' WHERE id = $1", other)).toBe("need_project_kept");
  const side =
    "INSERT INTO matching.milestone (id, project_id, phase, title, due_on, side) VALUES (gen_random_uuid(), $1, 'BUILD', 'x', '2022-01-01', $2)";
  expect(await broken(side, own.id, "ORGANISATION")).toBe("milestone_side_there");
  const judge = "INSERT INTO matching.evaluation (id, project_id, evaluator, rating) VALUES (gen_random_uuid(), $1, $2, 5)";
  expect(await broken(judge, project.id, "COMMUNITY")).toBe("evaluation_completed");
  expect(await broken(complete, project.id)).toBeUndefined();
  expect(await broken(side, project.id, "COMMUNITY")).toBe("milestone_project_state");
  expect(await broken(judge, project.id, "COMMUNITY")).toBeUndefined();
  expect(await broken(judge, project.id, "COMMUNITY")).toBe("evaluation_by_once");
});

test("a completed project is judged once by each side, and by nobody for another", async () => {
  const project = await completed({ matchId: await signed("judged") });
  const judge = (who: Who, evaluator: string, rating: number, more: object = {}) =>
    as(who, JUDGE, { input: { projectId: project.id, evaluator, rating, ...more } });
  const texts = { before: "杂草丛生", after: "有体育设施和休闲座椅" };
  expect((await judge(worker, "RESIDENTS", 5, { comment: "满意", ...texts })).data.answer).toEqual({
    __typename: "Evaluation",
    evaluator: "RESIDENTS",
    rating: 5,
    comment: "满意",
    ...texts,
  });
  expect((await judge(worker, "RESIDENTS", 1)).data.answer).toEqual({ __typename: "AlreadyExists", field: "evaluator" });
  expect((await judge(rep, "ORGANISATION", 4)).data.answer.rating).toBe(4);
  expect((await judge(street, "OFFICE", 4)).data.answer.rating).toBe(4);
  for (const [who, evaluator] of [
    [rep, "COMMUNITY"],
    [worker, "ORGANISATION"],
    [worker, "OFFICE"],
    [street, "RESIDENTS"],
  ] as const)
    expect(codeOf(await judge(who, evaluator, 5))).toBe("FORBIDDEN");
  expect(problemsOf(await judge(worker, "COMMUNITY", 6))).toEqual(["rating OUT_OF_RANGE"]);
  const read = "query ($id: ID!) { project(id: $id) { averageRating evaluations { evaluator rating } } }";
  expect((await as(someone.public, read, { id: project.id })).data.project).toEqual({
    averageRating: 4.33,
    evaluations: [
      { evaluator: "OFFICE", rating: 4 },
      { evaluator: "ORGANISATION", rating: 4 },
      { evaluator: "RESIDENTS", rating: 5 },
    ],
  });
  const early = await begun({ needId: await alone("judged-early") });
  expect((await as(worker, JUDGE, { input: { projectId: early.id, evaluator: "COMMUNITY", rating: 5 } })).data.answer).toEqual({
    __typename: "ProjectRefuses",
    state: "PLANNED",
  });
  expect(problemsOf(await as(someone.admin, JUDGE, { input: { projectId: early.id, evaluator: "ORGANISATION", rating: 5 } }))).toEqual([
    "evaluator NO_ORGANISATION",
  ]);
});

test("changes are taken against a version, once a key, and projects are found by what they are", async () => {
  const project = await begun({ needId: await alone("changes") });
  const input = { id: project.id, expectedVersion: 1, title: "另题", facilityId: yard, idempotencyKey: "change-project" };
  const change = await wrote(worker, UPDATE, input);
  expect(change).toMatchObject({ title: "另题", version: 2, facility: { id: yard } });
  expect(await wrote(worker, UPDATE, input)).toEqual(change);
  expect(await wrote(worker, UPDATE, { ...input, idempotencyKey: null })).toEqual({ __typename: "VersionConflict", currentVersion: 2 });
  const milestone = await added(project.id);
  expect(await wrote(worker, CHANGE, { id: milestone.id, expectedVersion: 1, title: "种植", dueOn: "2999-01-01" })).toMatchObject({
    title: "种植",
    status: "OPEN",
    version: 2,
  });
  const LIST = `query ($filter: ProjectFilter) { projects(filter: $filter) { totalCount nodes { title milestones(statuses: [OVERDUE]) { totalCount } } } }`;
  const found = async (filter: object) =>
    (await as(someone.public, LIST, { filter: { roundId: roundId("changes"), ...filter } })).data.projects;
  expect(await found({ overdueMilestones: true })).toEqual({ totalCount: 0, nodes: [] });
  await added(project.id);
  expect(await found({ overdueMilestones: true })).toEqual({ totalCount: 1, nodes: [{ title: "另题", milestones: { totalCount: 1 } }] });
  for (const [filter, count] of [
    [{ overdueMilestones: false }, 0],
    [{ states: ["PLANNED"] }, 1],
    [{ states: ["BUILDING"] }, 0],
    [{ communityId: xianghe }, 1],
    [{ communityId: guangfu }, 0],
    [{ organisationId: yuelin }, 0],
    [{ within: HUAYANG }, 1],
    [{ within: "5101" }, 1],
    [{ within: "510112" }, 0],
    [{ within: "zone-tianfu" }, 1],
  ] as const)
    expect([filter, (await found(filter)).totalCount]).toEqual([filter, count]);
});

describe("the way back", () => {
  const PART =
    "projects { totalCount nodes { title state need { title } match { state } milestones { nodes { title } } evaluations { rating } } }";
  const sides: [string, string, string][] = [
    ["Suggestion", told, PART],
    ["Suggestion", told, "projects { totalCount } needs { nodes { projects { nodes { title } } matches { project { title } } } }"],
    ["Facility", yard, PART],
    ["Community", xianghe, PART],
    ["Organisation", yuelin, PART],
  ];
  const asked = async (type: string, id: string, part: string): Promise<{ count: number; projects: number }> => {
    const counter = countStatements(story.database);
    const way = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${part} } } }`;
    const { data, errors } = await as(someone.public, way, { of: [{ __typename: type, id }] });
    expect(errors).toEqual([]);
    return { count: counter.count(), projects: data._entities[0].projects.totalCount };
  };

  test("leads from every side, in as many statements for one as for many", async () => {
    const all = async () => {
      const answers = [];
      for (const side of sides) answers.push(await asked(...side));
      return answers;
    };
    await completed({ matchId: await signed("way-1") });
    const before = await all();
    for (const { projects } of before) expect(projects).toBeGreaterThan(0);
    for (const key of ["way-2", "way-3", "way-4"]) await completed({ matchId: await signed(key) });
    const after = await all();
    expect(after.map(({ projects }) => projects)).toEqual(before.map(({ projects }) => projects + 3));
    expect(after.map(({ count }) => count)).toEqual(before.map(({ count }) => count));
  });

  test.each(["no id", "\u0000"])("leads nowhere from %j", async (id) => {
    const way = "query ($of: [_Any!]!) { _entities(representations: $of) { ... on Suggestion { projects { totalCount } } } }";
    const { data } = await as(someone.public, way, { of: [{ __typename: "Suggestion", id }] });
    expect(data._entities[0]?.projects ?? null).toBeNull();
  });
});
