import { constraintOf, countStatements, schemaDrift, stableId } from "@gongjian/database";
import { plusDays } from "../src/calendar/calendar.rules";
import { ask, someone, type Answer } from "@gongjian/testing";
import type { Viewer } from "@gongjian/subgraph";
import { communitiesStory, type Story } from "./story";

const xianghe = stableId("community", "CN_STATS:510116001001");
const weijia = stableId("community", "CN_STATS:510112001001");
let story: Story;
let bureau: string;

beforeAll(async () => {
  story = await communitiesStory();
  const { data } = await ask(
    story.endpoint,
    someone.admin,
    `mutation { createOrganisation(input: { name: "示例市政服务中心", kind: GOVERNMENT, regionCode: "510116" }) { ... on Organisation { id } } }`,
  );
  bureau = data.createOrganisation.id;
}, 60_000);
afterAll(() => story.test.close());

/** Two months from now: what is promised lies ahead. */
const SOON = plusDays(new Date().toISOString().slice(0, 10), 60);

const FIELDS = `id state published overdue raisedOn dueOn answerDueOn decision answer firstAnsweredOn doneOn rating reopened version
  assignee { __typename ... on Region { code } ... on Community { id } ... on Organisation { id } } survivor { id }`;
const code = ({ errors }: Answer) => errors[0]?.extensions.code;
const problems = ({ errors }: Answer) =>
  errors[0]?.extensions.problems?.map((p: { field: string; code: string }) => `${p.field} ${p.code}`);

/** Runs one of the mutations and gives its answer. */
async function run(who: Viewer, name: string, input: object) {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`.replace(
    /^(Escalate|Separate|Withdraw)SuggestionInput$/u,
    "SuggestionNoteInput",
  );
  const answer = await ask(
    story.endpoint,
    who,
    `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ... on Suggestion { ${FIELDS} } ${name === "raiseSuggestion" ? "" : "... on SuggestionStepNotAllowed { state possible } ... on VersionConflict { currentVersion }"} } }`,
    { input },
  );
  return { ...answer, result: answer.data?.[name] };
}

let raised = 0;
const raise = async (who: Viewer = someone.resident(xianghe), input: object = {}) => {
  raised += 1;
  const { result, errors } = await run(who, "raiseSuggestion", {
    communityId: xianghe,
    title: `第${raised}条建议`,
    body: `希望在小区增设第${raised}处非机动车停车棚`,
    topic: "TRANSPORT",
    ...input,
  });
  expect(errors).toEqual([]);
  return result;
};
const officer = someone.officer("510116");
const worker = someone.worker(xianghe);
const resident = someone.resident(xianghe);

/** Takes the next steps of a suggestion, each on the version that the last one left. */
async function steps(suggestion: { id: string; version: number }, ...way: [Viewer, string, object][]) {
  let now: Record<string, any> = suggestion;
  for (const [who, name, input] of way) {
    const { result, errors } = await run(who, name, { id: now.id, expectedVersion: now.version, ...input });
    expect([name, errors]).toEqual([name, []]);
    now = result;
  }
  return now;
}
const assigned: [Viewer, string, object] = [officer, "assignSuggestion", { to: { communityId: xianghe } }];
const promised: [Viewer, string, object] = [worker, "answerSuggestion", { decision: "WILL_DO", text: "将于下月建成", promisedOn: SOON }];
const completed: [Viewer, string, object] = [worker, "completeSuggestion", { outcome: "已建成" }];

test("the migrated schema is what the entities say", async () => {
  expect(await schemaDrift(story.database.dataSource)).toEqual([]);
});

test("the whole way: raised, passed on, answered, done, sent back, done again, accepted, with each step on record", async () => {
  const suggestion = await raise();
  expect(suggestion).toMatchObject({ state: "RAISED", published: false, overdue: false, assignee: null, version: 1 });
  const end = await steps(
    suggestion,
    [worker, "assignSuggestion", { to: { regionCode: "510116001" }, publish: true, note: "请街道答复" }],
    [officer, "assignSuggestion", { to: { organisationId: bureau }, urgency: "URGENT" }],
    [someone.representative(bureau), "answerSuggestion", { decision: "WILL_DO", text: "八月底前建成", promisedOn: SOON }],
    [someone.representative(bureau), "completeSuggestion", { outcome: "已建成" }],
    [resident, "reopenSuggestion", { reason: "漏雨" }],
    [someone.representative(bureau), "answerSuggestion", { decision: "EXPLAINED", text: "当日已修好" }],
    [resident, "acceptSuggestion", { rating: 5, comment: "很好" }],
  );
  expect(end).toMatchObject({ state: "ACCEPTED", rating: 5, reopened: 1, dueOn: null, version: 8, published: true });
  const { data } = await ask(
    story.endpoint,
    someone.public,
    `query ($id: ID!) { suggestion(id: $id) { history { totalCount edges { node { number action state role note assignee { __typename } } } } } }`,
    { id: suggestion.id },
  );
  expect(data.suggestion.history.edges.map(({ node }: any) => [node.number, node.action, node.state, node.role])).toEqual([
    [1, "RAISE", "RAISED", "RESIDENT"],
    [2, "ASSIGN", "ASSIGNED", "COMMUNITY_WORKER"],
    [3, "ASSIGN", "ASSIGNED", "OFFICER"],
    [4, "ANSWER", "ANSWERED", "ORGANISATION_REP"],
    [5, "COMPLETE", "DONE", "ORGANISATION_REP"],
    [6, "REOPEN", "ASSIGNED", "RESIDENT"],
    [7, "ANSWER", "DONE", "ORGANISATION_REP"],
    [8, "ACCEPT", "ACCEPTED", "RESIDENT"],
  ]);
  const trail = await story.test.sql<{ action: string }>(
    `SELECT action FROM communities.audit_entry WHERE concept = 'suggestion' AND entity_id = $1 ORDER BY id`,
    [suggestion.id],
  );
  expect(trail.map(({ action }) => action)).toEqual(["raise", "assign", "assign", "answer", "complete", "reopen", "answer", "accept"]);
});

test("terms are counted by the official calendar, holidays and make-up days included", async () => {
  const { data: before } = await ask(story.endpoint, someone.public, `{ endOfTerm(from: "2024-09-27", workingDays: 7) }`);
  expect(before.endOfTerm).toBe("2024-10-08");
  const off = ["01", "02", "03", "04", "05", "06", "07"].map((day) => ({
    calendar: "CN",
    day: `2024-10-${day}`,
    working: false,
    name: "国庆节",
  }));
  const on = ["2024-09-29", "2024-10-12"].map((day) => ({ calendar: "CN", day, working: true, name: "国庆节" }));
  const load = (who: Viewer, rows: object[]) =>
    ask(
      story.endpoint,
      who,
      `mutation ($input: ImportCalendarDaysInput!) { importCalendarDays(input: $input) { ... on BulkOutcome { written created unchanged } } }`,
      { input: { rows } },
    );
  expect(code(await load(officer, off))).toBe("FORBIDDEN");
  expect((await load(someone.admin, [...off, ...on])).data.importCalendarDays).toEqual({ written: true, created: 9, unchanged: 0 });
  expect((await load(someone.admin, off)).data.importCalendarDays).toMatchObject({ written: false, unchanged: 7 });
  const { data } = await ask(
    story.endpoint,
    someone.public,
    `{ endOfTerm(from: "2024-09-27", workingDays: 7) workingCalendar(year: 2024) { workingDays days { day working name } } }`,
  );
  expect(data.endOfTerm).toBe("2024-10-12");
  // 262 weekdays, five of the seven days off on weekdays, two weekend days worked
  expect(data.workingCalendar).toMatchObject({ workingDays: 262 - 5 + 2 });
  expect(data.workingCalendar.days).toHaveLength(9);
  const bad = await ask(story.endpoint, someone.public, `{ endOfTerm(from: "2024-09-27", workingDays: 0) }`);
  expect(problems(bad)).toEqual(["workingDays OUT_OF_RANGE"]);
});

test("what is due is a working day, and what is late shows in the list of overdue ones and may be escalated by whoever raised it", async () => {
  const late = await raise();
  const { errors } = await run(resident, "escalateSuggestion", { id: late.id, expectedVersion: 1 });
  expect(code({ data: null, errors })).toBe("FORBIDDEN");
  await backdate(late.id, 30);
  const { data } = await ask(
    story.endpoint,
    officer,
    `{ suggestions(filter: { within: "510116", overdue: true }, orderBy: DUE_ASC) { totalCount edges { node { id overdue } } } }`,
  );
  expect(data.suggestions.edges.map(({ node }: any) => node)).toEqual([{ id: late.id, overdue: true }]);
  const up = await run(resident, "escalateSuggestion", { id: late.id, expectedVersion: 1 });
  expect(up.result).toMatchObject({ state: "ASSIGNED", assignee: { __typename: "Region", code: "510116001" } });
  // the street is run by a zone: that comes before the district that contains it
  const zone = await run(officer, "escalateSuggestion", { id: late.id, expectedVersion: 2 });
  expect(zone.result.assignee).toEqual({ __typename: "Region", code: "zone-tianfu" });
  const top = await steps(zone.result, [officer, "escalateSuggestion", {}], [officer, "escalateSuggestion", {}]);
  expect(top["assignee"]).toEqual({ __typename: "Region", code: "51" });
  expect((await run(officer, "escalateSuggestion", { id: late.id, expectedVersion: 5 })).result.__typename).toBe("NothingAbove");
});

/** Makes a suggestion older than it is, as the owner of the schema may in a test. */
const backdate = (id: string, days: number) =>
  story.test.sql(
    `SET session_replication_role = replica; UPDATE communities.suggestion SET raised_on = raised_on - ${days}, due_on = due_on - ${days}, answer_due_on = answer_due_on - ${days} WHERE id = '${id}'; SET session_replication_role = DEFAULT`,
  );

test("who may take which step: everybody else is told that they may not, and whoever may not see it that it is not there", async () => {
  const suggestion = await raise();
  const { version } = suggestion;
  const stranger = someone.worker(weijia);
  const at = (who: Viewer, name: string, input: object = {}) => run(who, name, { id: suggestion.id, expectedVersion: version, ...input });
  const assign = { to: { communityId: xianghe } };
  expect(code(await at(someone.public, "assignSuggestion", assign))).toBe("NOT_FOUND");
  expect(code(await at(stranger, "assignSuggestion", assign))).toBe("NOT_FOUND");
  expect(code(await at(someone.auditor, "assignSuggestion", assign))).toBe("FORBIDDEN");
  expect(code(await at(resident, "assignSuggestion", assign))).toBe("FORBIDDEN");
  // another resident of the same community does not see it before it is published
  expect(code(await at({ subject: "neighbour", memberships: resident.memberships }, "withdrawSuggestion"))).toBe("NOT_FOUND");
  // it goes up or down the line of its place, or to an organisation anywhere, whoever passes it on
  for (const who of [worker, officer, someone.admin])
    for (const to of [{ communityId: weijia }, { regionCode: "510112" }])
      expect(problems(await at(who, "assignSuggestion", { to }))).toEqual(["to NOT_ALLOWED"]);
  const now = await steps(suggestion, assigned, promised, completed);
  for (const [who, expected] of [
    [officer, "FORBIDDEN"],
    [worker, "FORBIDDEN"],
    [stranger, "NOT_FOUND"],
  ] as const)
    expect(code(await run(who, "acceptSuggestion", { id: now["id"], expectedVersion: now["version"], rating: 5 }))).toBe(expected);
});

test("who holds it decides: nobody below answers it, moves it or merges it away; of what an organisation holds those of the place do", async () => {
  const street = someone.officer("510116001");
  const suggestion = await raise();
  const other = await raise();
  const held = await steps(suggestion, [street, "assignSuggestion", { to: { regionCode: "5101" } }]);
  const at = (who: Viewer, name: string, input: object = {}) =>
    run(who, name, { id: held["id"], expectedVersion: held["version"], ...input });
  for (const who of [street, officer, worker]) {
    expect(code(await at(who, "answerSuggestion", { decision: "EXPLAINED", text: "不予办理" }))).toBe("FORBIDDEN");
    expect(code(await at(who, "assignSuggestion", { to: { communityId: xianghe } }))).toBe("FORBIDDEN");
    expect(code(await at(who, "escalateSuggestion"))).toBe("FORBIDDEN");
    expect(code(await at(who, "mergeSuggestion", { into: other.id }))).toBe("FORBIDDEN");
  }
  // once it is late, whoever waits for it passes it up: from the city to the province
  await story.test.sql(
    `SET session_replication_role = replica; UPDATE communities.suggestion SET due_on = '2020-01-02' WHERE id = '${held["id"]}'; SET session_replication_role = origin`,
  );
  expect((await at(worker, "escalateSuggestion")).result).toMatchObject({ assignee: { code: "51" } });
  // down again, to a bureau: those of the place take it back from there
  const back = await steps({ id: held["id"], version: held["version"] + 1 }, [
    someone.officer("51"),
    "assignSuggestion",
    { to: { organisationId: bureau } },
  ]);
  expect(await steps(back as never, [worker, "assignSuggestion", { to: { communityId: xianghe } }])).toMatchObject({
    assignee: { id: xianghe },
  });
});

test("what is about a region goes down to a place in it, and what an organisation holds goes up from the place, not from the organisation", async () => {
  const suggestion = await raise(officer, { communityId: null, regionCode: "510116" });
  const far = await ask(
    story.endpoint,
    someone.admin,
    `mutation { createOrganisation(input: { name: "外区示例公司", kind: ENTERPRISE, regionCode: "510112" }) { ... on Organisation { id } } }`,
  );
  const end = await steps(
    suggestion,
    [officer, "assignSuggestion", { to: { communityId: xianghe } }],
    [officer, "assignSuggestion", { to: { organisationId: far.data.createOrganisation.id } }],
  );
  // whoever oversees the organisation elsewhere neither sees it nor has a say in it
  const elsewhere = someone.officer("510112");
  for (const [name, input] of [
    ["publishSuggestion", { published: true }],
    ["answerSuggestion", { decision: "EXPLAINED", text: "不予办理" }],
    ["escalateSuggestion", {}],
  ] as const)
    expect(code(await run(elsewhere, name, { id: end["id"], expectedVersion: end["version"], ...input }))).toBe("NOT_FOUND");
  const up = await steps(end as never, [officer, "escalateSuggestion", {}]);
  expect(up["assignee"]).toMatchObject({ code: "5101" });
});

test("none is merged into what is closed, by the service or past it", async () => {
  const closed = await steps(await raise(), assigned, promised, completed);
  const open = await raise();
  const refused = await run(worker, "mergeSuggestion", { id: open.id, expectedVersion: 1, into: closed["id"] });
  expect(refused.result).toMatchObject({ __typename: "SuggestionStepNotAllowed", state: "DONE" });
  await expect(
    story.test.sql(
      `UPDATE communities.suggestion SET state = 'MERGED', merged_into = $2, due_on = NULL, version = version + 1 WHERE id = $1`,
      [open.id, closed["id"]],
    ),
  ).rejects.toThrow("a suggestion is carried on by one that is open");
});

test("a merge that was wrong is undone: the voice is raised again with a term of its own, and goes on alone", async () => {
  const [one, two] = [await raise(), await raise()];
  const merged = await steps(two, [worker, "mergeSuggestion", { into: one.id }]);
  expect(code(await run(resident, "separateSuggestion", { id: two.id, expectedVersion: 2 }))).toBe("FORBIDDEN");
  const apart = await steps(merged as never, [worker, "separateSuggestion", { note: "不是一回事" }]);
  expect(apart).toMatchObject({ state: "RAISED", survivor: null, assignee: null, version: 3 });
  expect(apart["dueOn"]).toBe(one.dueOn);
  expect(await steps(apart as never, assigned, promised, completed, [resident, "acceptSuggestion", { rating: 4 }])).toMatchObject({
    state: "ACCEPTED",
  });
  const { result } = await run(worker, "separateSuggestion", { id: one.id, expectedVersion: one.version });
  expect(result).toMatchObject({ __typename: "SuggestionStepNotAllowed", state: "RAISED" });
});

test("whoever takes a suggestion back takes nobody else's with it", async () => {
  const [mine, yours] = [await raise(), await raise(worker)];
  await steps(mine, [worker, "mergeSuggestion", { into: yours.id }]);
  await steps(yours, [worker, "withdrawSuggestion", {}]);
  const { data } = await ask(
    story.endpoint,
    resident,
    `query ($id: ID!) { suggestion(id: $id) { ${FIELDS} history { nodes { action } } } }`,
    {
      id: mine.id,
    },
  );
  expect(data.suggestion).toMatchObject({ state: "RAISED", dueOn: mine.dueOn, survivor: null, version: 3 });
  expect(data.suggestion.history.nodes.map(({ action }: any) => action)).toEqual(["RAISE", "MERGE", "SEPARATE"]);
  // past the service as well
  const [one, two] = [await raise(), await raise()];
  await steps(one, [worker, "mergeSuggestion", { into: two.id }]);
  await expect(
    story.test.sql(`WITH gone AS (UPDATE communities.suggestion SET state = 'WITHDRAWN', due_on = NULL, version = 2 WHERE id = '${two.id}')
      INSERT INTO communities.suggestion_step (suggestion_id, number, action, state, on_date, role) VALUES ('${two.id}', 2, 'WITHDRAW', 'WITHDRAWN', now(), 'ADMIN')`),
  ).rejects.toThrow("what was taken back carries none on");
});

test("who has to answer finds what they have to answer, the most urgent first", async () => {
  const mine = await steps(await raise(), [officer, "assignSuggestion", { to: { regionCode: "510116" } }]);
  const theirs = await steps(await raise(), assigned);
  const list = async (who: Viewer, assignee: object) => {
    const text = `query ($assignee: AssigneeInput) { suggestions(first: 100, orderBy: DUE_ASC, filter: { assignee: $assignee }) { nodes { id dueOn } } }`;
    const { data, errors } = await ask(story.endpoint, who, text, { assignee });
    expect(errors).toEqual([]);
    return data.suggestions.nodes as { id: string; dueOn: string }[];
  };
  const held = await list(officer, { regionCode: "510116" });
  expect(held.map(({ id }) => id)).toContain(mine["id"]);
  expect(held.map(({ id }) => id)).not.toContain(theirs["id"]);
  expect(held.map(({ dueOn }) => dueOn)).toEqual(held.map(({ dueOn }) => dueOn).sort());
  expect((await list(worker, { communityId: xianghe })).map(({ id }) => id)).toContain(theirs["id"]);
  expect(await list(someone.public, { communityId: xianghe })).toEqual([]);
  expect(await list(officer, { communityId: "nonsense" })).toEqual([]);
});

test("passing it on buys no time: a promise stands until whoever waits for it sends it back", async () => {
  const now = await steps(await raise(), assigned, promised, [worker, "assignSuggestion", { to: { regionCode: "510116" } }]);
  expect(now).toMatchObject({ state: "ASSIGNED", dueOn: SOON });
  const later = { id: now["id"], expectedVersion: now["version"], decision: "WILL_DO", text: "再等等", promisedOn: plusDays(SOON, 1) };
  expect(problems(await run(officer, "answerSuggestion", later))).toEqual(["promisedOn OUT_OF_RANGE"]);
  const kept = await steps(
    now as never,
    [officer, "answerSuggestion", { decision: "WILL_DO", text: "提前", promisedOn: plusDays(SOON, -1) }],
    [officer, "completeSuggestion", { outcome: "已建成" }],
    [resident, "reopenSuggestion", { reason: "漏雨" }],
    [officer, "answerSuggestion", { decision: "WILL_DO", text: "重修", promisedOn: plusDays(SOON, 90) }],
  );
  expect(kept).toMatchObject({ state: "ANSWERED", dueOn: plusDays(SOON, 90) });
});

test("terms that run over official days follow the calendar, each with its step; promises and what is closed stay", async () => {
  const [first, promise] = [await raise(), await steps(await raise(), assigned, promised)];
  const waits = await steps(await raise(), assigned);
  const day = first.dueOn;
  const load = (working: boolean) =>
    ask(
      story.endpoint,
      someone.admin,
      `mutation ($input: ImportCalendarDaysInput!) { importCalendarDays(input: $input) { ... on BulkOutcome { written } } }`,
      { input: { rows: [{ calendar: "CN", day, working, name: "示例调休" }] } },
    );
  const read = async (id: string) =>
    (
      await ask(
        story.endpoint,
        officer,
        `query ($id: ID!) { suggestion(id: $id) { ${FIELDS} history(first: 100) { nodes { action dueOn } } } }`,
        { id },
      )
    ).data.suggestion;
  expect((await load(false)).data.importCalendarDays).toEqual({ written: true });
  const moved = await read(first.id);
  expect(moved.dueOn > day).toBe(true);
  expect(moved.answerDueOn > first.answerDueOn).toBe(true);
  expect(moved.history.nodes.map(({ action }: any) => action)).toEqual(["RAISE", "RECKON"]);
  const due = await read(waits["id"]);
  expect([due.dueOn, due.answerDueOn]).toEqual([moved.answerDueOn, moved.answerDueOn]);
  expect((await read(promise["id"])).dueOn).toBe(SOON);
  await load(true);
  expect(await read(first.id)).toMatchObject({ dueOn: day, answerDueOn: first.answerDueOn, version: 3 });
});

test("what came up in a survey names the time that it was held, and stands in its list", async () => {
  const keep = async (mutation: string, input: object, type: string) =>
    (
      await ask(
        story.endpoint,
        officer,
        `mutation ($input: ${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!) { r: ${mutation}(input: $input) { ... on ${type} { id } } }`,
        { input },
      )
    ).data.r.id;
  const survey = await keep(
    "createSurvey",
    { communityId: xianghe, title: "示例调查", questions: [{ field: "HEALTH", text: "看病方便吗？" }] },
    "Survey",
  );
  const surveyPeriodId = await keep(
    "openSurveyPeriod",
    { surveyId: survey, name: "上半年", startsOn: "2024-01-01", endsOn: "2024-06-30" },
    "SurveyPeriod",
  );
  const suggestion = await raise(resident, { channel: "SURVEY", surveyPeriodId });
  expect(
    problems(await run(officer, "raiseSuggestion", { regionCode: "510116", title: "a", body: "b", topic: "OTHER", surveyPeriodId })),
  ).toEqual(["surveyPeriodId NOT_ALLOWED"]);
  expect(
    problems(
      await run(resident, "raiseSuggestion", { communityId: xianghe, title: "a", body: "b", topic: "OTHER", surveyPeriodId: xianghe }),
    ),
  ).toEqual(["surveyPeriodId UNKNOWN_REFERENCE"]);
  const text = `query ($id: ID!) { survey(id: $id) { periods { nodes { suggestions { nodes { id surveyPeriod { name } } } } } } }`;
  const seen = async (who: Viewer) => (await ask(story.endpoint, who, text, { id: survey })).data.survey.periods.nodes[0].suggestions.nodes;
  expect(await seen(worker)).toEqual([{ id: suggestion.id, surveyPeriod: { name: "上半年" } }]);
  expect(await seen(someone.public)).toEqual([]);
});

test.each<[string, Viewer, object, string | undefined]>([
  ["a resident elsewhere", someone.resident(weijia), { communityId: xianghe }, "FORBIDDEN"],
  ["a resident about the whole street", resident, { communityId: null, regionCode: "510116001" }, "FORBIDDEN"],
  ["the public", someone.public, {}, "UNAUTHENTICATED"],
  ["an auditor", someone.auditor, {}, "FORBIDDEN"],
  ["a worker in the name of another community", worker, { inNameOf: { communityId: weijia } }, "FORBIDDEN"],
  [
    "a worker in the name of their community to the district",
    worker,
    { communityId: null, regionCode: "510116", inNameOf: { communityId: xianghe } },
    undefined,
  ],
  ["an officer in their region", officer, {}, undefined],
])("raised by %s", async (_who, viewer, input, expected) => {
  const base = { communityId: xianghe, title: "建议", body: "内容", topic: "OTHER" };
  expect(code(await run(viewer, "raiseSuggestion", { ...base, ...input }))).toBe(expected);
});

test("bad input is named field by field, and nothing is written", async () => {
  const count = async () => (await story.test.sql<{ n: number }>("SELECT count(*)::integer AS n FROM communities.suggestion"))[0]!.n;
  const before = await count();
  const base = { communityId: xianghe, title: "建议", body: "内容", topic: "OTHER" };
  for (const [input, expected] of [
    [{ ...base, title: " " }, ["title REQUIRED"]],
    [{ ...base, body: `a\u0000b` }, ["body INVALID_CHARACTER"]],
    [{ ...base, body: "长".repeat(4_001) }, ["body TOO_LONG"]],
    [{ ...base, regionCode: "510116" }, [" EXACTLY_ONE"]],
    [{ ...base, communityId: "nonsense" }, ["communityId UNKNOWN_REFERENCE"]],
    [{ ...base, inNameOf: {} }, ["inNameOf EXACTLY_ONE"]],
  ] as const)
    expect(problems(await run(someone.admin, "raiseSuggestion", input))).toEqual(expected);
  expect(await count()).toBe(before);
});

test("a step that the state does not allow says which ones it does", async () => {
  const suggestion = await raise();
  const { result } = await run(officer, "answerSuggestion", { id: suggestion.id, expectedVersion: 1, decision: "EXPLAINED", text: "已有" });
  expect(result).toEqual({
    __typename: "SuggestionStepNotAllowed",
    state: "RAISED",
    possible: ["ASSIGN", "ESCALATE", "MERGE", "WITHDRAW", "PUBLISH", "HIDE"],
  });
});

test("two who answer at once: one does, the other is told that it has changed", async () => {
  const now = await steps(await raise(), assigned);
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, i) =>
      run(worker, "answerSuggestion", { id: now["id"], expectedVersion: now["version"], decision: "EXPLAINED", text: `答复${i}` }),
    ),
  );
  const kinds = answers.map(({ result }) => result.__typename).sort();
  expect(kinds).toEqual(["Suggestion", ...Array<string>(7).fill("VersionConflict")]);
  const [{ n }] = (await story.test.sql<{ n: number }>(
    "SELECT count(*)::integer AS n FROM communities.suggestion_step WHERE suggestion_id = $1",
    [now["id"]],
  )) as [{ n: number }];
  expect(n).toBe(3);
});

test("near duplicates are found in either script and merged; what was merged before moves on, and the survivor answers for all", async () => {
  const first = await raise(resident, { title: "增设路灯", body: "希望在花园小区北门外的小路上增设路灯,老人夜间出行不便" });
  const second = await raise(resident, { title: "增設路燈", body: "希望花園小區北門外小路上增設路燈,夜間老人出行不便" });
  const third = await raise(worker, { title: "北门外没有路灯", body: "花园小区北门外小路上没有路灯,老人夜间出行不便,希望增设" });
  const { data, errors } = await ask(
    story.endpoint,
    worker,
    `{ similarSuggestions(text: "花园小区北门外小路希望增设路灯", within: "510116") { likeness suggestion { id } } }`,
  );
  expect(errors).toEqual([]);
  const found = data.similarSuggestions.map(({ suggestion }: any) => suggestion.id);
  expect([...found].sort()).toEqual([first.id, second.id, third.id].sort());
  const likenesses = data.similarSuggestions.map(({ likeness }: any) => likeness);
  expect(likenesses).toEqual([...likenesses].sort((a: number, b: number) => b - a));
  // the public sees none of them before they are published
  const hidden = await ask(story.endpoint, someone.public, `{ similarSuggestions(text: "花园小区北门外小路希望增设路灯") { likeness } }`);
  expect(hidden.data.similarSuggestions).toEqual([]);
  await steps(first, [worker, "mergeSuggestion", { into: second.id }]);
  await steps(second, [worker, "mergeSuggestion", { into: third.id, note: "同一事项" }]);
  const { data: whole } = await ask(
    story.endpoint,
    worker,
    `query ($id: ID!) { suggestion(id: $id) { duplicates { edges { node { id state survivor { id } } } } } }`,
    { id: third.id },
  );
  expect(whole.suggestion.duplicates.edges.map(({ node }: any) => node)).toEqual(
    expect.arrayContaining([first, second].map(({ id }) => ({ id, state: "MERGED", survivor: { id: third.id } }))),
  );
  const self = await run(worker, "mergeSuggestion", { id: third.id, expectedVersion: 1, into: third.id });
  expect(problems(self)).toEqual(["into SAME_RECORD"]);
  const gone = await run(worker, "mergeSuggestion", { id: third.id, expectedVersion: 1, into: first.id });
  expect(gone.result).toMatchObject({ __typename: "SuggestionStepNotAllowed", state: "MERGED" });
});

test("whoever raised a merged one is told what became of it, also while the one that carries it on is hidden from them", async () => {
  const neighbour = { ...someone.resident(xianghe), subject: "neighbour" };
  const one = await raise(resident, { title: "修好长椅", body: "小游园长椅坏了，请修好" });
  const other = await raise(neighbour, { title: "長椅壞了", body: "小遊園長椅壞了" });
  await steps(other, [worker, "mergeSuggestion", { into: one.id }]);
  for (const title of ["长椅断了", "坏长椅"])
    await steps(await raise(neighbour, { title, body: "长椅坏了" }), [worker, "mergeSuggestion", { into: one.id }]);
  const fields = "state survivor { id } carriedOn { state decision answer answeredOn dueOn outcome doneOn }";
  const told = async (who: Viewer) =>
    (await ask(story.endpoint, who, `query ($id: ID!) { suggestion(id: $id) { ${fields} } }`, { id: other.id })).data.suggestion;
  expect(await told(neighbour)).toMatchObject({ state: "MERGED", survivor: null, carriedOn: { state: "RAISED", answer: null } });
  await steps(
    one,
    [worker, "assignSuggestion", { to: { communityId: xianghe } }],
    [worker, "answerSuggestion", { decision: "EXPLAINED", text: "下月统一维修" }],
  );
  const carried = { state: "DONE", decision: "EXPLAINED", answer: "下月统一维修", dueOn: null, outcome: null };
  expect(await told(neighbour)).toMatchObject({ survivor: null, carriedOn: carried });
  expect(await told(worker)).toMatchObject({ survivor: { id: one.id }, carriedOn: carried });
  // another's merged suggestion that is public tells the public nothing of a hidden one
  const shown = await run(worker, "publishSuggestion", { id: other.id, expectedVersion: 2, published: true });
  expect(shown.result.__typename).toBe("Suggestion");
  expect(await told(someone.public)).toEqual({ state: "MERGED", survivor: null, carriedOn: null });
  expect((await told({ ...neighbour, issuer: "https://elsewhere.example" })).carriedOn).toBeNull();
  // one answer for many merged ones
  const counter = countStatements(story.database);
  const cost = async (first: number) => {
    counter.reset();
    const text = `query ($first: Int!) { suggestions(first: $first, filter: { mine: true, states: [MERGED] }) { nodes { carriedOn { state } } } }`;
    const { data, errors } = await ask(story.endpoint, neighbour, text, { first });
    expect(errors).toEqual([]);
    expect(data.suggestions.nodes).toEqual(Array.from({ length: first }, () => ({ carriedOn: { state: "DONE" } })));
    return counter.count();
  };
  expect(await cost(3)).toBe(await cost(1));
  // and whoever raised one of them may send it back, as whoever raised the one that carries them on
  const { data } = await ask(story.endpoint, neighbour, `query ($id: ID!) { suggestion(id: $id) { carriedOn { suggestionId version } } }`, {
    id: other.id,
  });
  const { suggestionId, version } = data.suggestion.carriedOn;
  const back = { id: suggestionId, expectedVersion: version, reason: "还是坏的" };
  expect(code(await run({ ...neighbour, subject: "passer-by" }, "reopenSuggestion", back))).toBe("NOT_FOUND");
  expect((await run(neighbour, "reopenSuggestion", back)).result).toMatchObject({ state: "ASSIGNED", reopened: 1 });
});

test("a ring of merges at once leaves one that carries on", async () => {
  const ring = await Promise.all([raise(worker), raise(worker), raise(worker)]);
  const answers = await Promise.all(
    ring.map(({ id }, i) => run(worker, "mergeSuggestion", { id, expectedVersion: 1, into: ring[(i + 1) % 3]!.id })),
  );
  expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
  const rows = await story.test.sql<{ id: string; state: string; merged_into: string | null }>(
    "SELECT id, state, merged_into FROM communities.suggestion WHERE id = ANY($1::uuid[])",
    [ring.map(({ id }) => id)],
  );
  const open = rows.filter(({ state }) => state === "RAISED").map(({ id }) => id);
  expect(open.length).toBeGreaterThan(0);
  for (const { merged_into: into } of rows.filter(({ state }) => state === "MERGED")) expect(open).toContain(into);
});

describe("no voice is lost, whoever writes", () => {
  const refusal = async (sql: string): Promise<string | null | undefined> => {
    try {
      await story.database.dataSource.query(sql);
    } catch (error) {
      return constraintOf(error)?.constraint;
    }
    return undefined;
  };

  test("the service's own role cannot delete, rewrite or skip", async () => {
    const { id } = await raise();
    const where = `WHERE id = '${id}'`;
    expect(await refusal(`DELETE FROM communities.suggestion ${where}`)).toBe("suggestion_kept");
    expect(await refusal(`DELETE FROM communities.suggestion_step WHERE suggestion_id = '${id}'`)).toBe("suggestion_step_kept");
    expect(await refusal(`UPDATE communities.suggestion_step SET note = 'x' WHERE suggestion_id = '${id}'`)).toBe("suggestion_step_kept");
    expect(await refusal(`UPDATE communities.suggestion SET title = 'x' ${where}`)).toBe("suggestion_step_order");
    expect(await refusal(`UPDATE communities.suggestion SET title = 'x', version = version + 1 ${where}`)).toBe("suggestion_history_whole");
    expect(await refusal(`UPDATE communities.suggestion SET state = 'ACCEPTED', rating = 5, version = version + 1 ${where}`)).toBe(
      "suggestion_step_order",
    );
    expect(await refusal(`UPDATE communities.suggestion SET due_on = NULL, version = version + 1 ${where}`)).toBe("suggestion_open_is_due");
    await expect(story.database.dataSource.query("TRUNCATE communities.suggestion CASCADE")).rejects.toThrow(/permission denied/u);
  });
});

test("whose data is erased becomes a pseudonym; what they raised, and its way, stays", async () => {
  const me: Viewer = { ...resident, issuer: "https://id.example", subject: "somebody-erased" };
  const suggestion = await raise(me);
  const erased = await ask(story.endpoint, me, `mutation { erasePersonalData(input: {}) { ... on Erasure { pseudonym } } }`);
  expect(erased.errors).toEqual([]);
  const rows = await story.test.sql<{ raised_by_subject: string; version: number }>(
    "SELECT raised_by_subject, version FROM communities.suggestion WHERE id = $1",
    [suggestion.id],
  );
  expect(rows).toEqual([{ raised_by_subject: erased.data.erasePersonalData.pseudonym, version: 1 }]);
  expect(await steps(suggestion, assigned)).toMatchObject({ state: "ASSIGNED" });
});

test("figures: response, resolution and satisfaction, by field, place and month; the merged count with their survivor", async () => {
  const before = await figures();
  const one = await raise(someone.resident(weijia), { communityId: weijia, topic: "HEALTH" });
  const two = await raise(someone.resident(weijia), { communityId: weijia, topic: "HEALTH" });
  const three = await raise(someone.resident(weijia), { communityId: weijia, topic: "CULTURE" });
  const boss = someone.officer("510112");
  const mine = someone.resident(weijia);
  await steps(one, [boss, "mergeSuggestion", { into: two.id }]);
  await steps(
    two,
    [boss, "assignSuggestion", { to: { communityId: weijia } }],
    [boss, "answerSuggestion", { decision: "EXPLAINED", text: "已有" }],
    [mine, "acceptSuggestion", { rating: 3 }],
  );
  await steps(three, [mine, "withdrawSuggestion", {}]);
  const after = await figures();
  expect(before.total.raised + 2).toBe(after.total.raised);
  const place = after.byRegion.find(({ region }: any) => region.code === "510112").rates;
  expect(place).toMatchObject({ raised: 2, responded: 2, inTime: 2, resolved: 2, rated: 1, satisfied: 0 });
  expect(place).toMatchObject({ responseRate: 1, resolutionRate: 1, satisfactionRate: 0 });
  expect(after.byTopic.find(({ topic }: any) => topic === "HEALTH").rates.raised).toBe(2);
  const all = after.byMonth.reduce((sum: number, { rates }: any) => sum + rates.raised, 0);
  expect(all).toBe(after.total.raised);
  const { data } = await ask(
    story.endpoint,
    someone.public,
    `query ($id: ID!) { region(code: "5101") { suggestionRates { raised } } community(id: $id) { suggestionRates { raised resolved } } }`,
    { id: weijia },
  );
  expect(data.region.suggestionRates.raised).toBe(after.total.raised);
  expect(data.community.suggestionRates).toEqual({ raised: 2, resolved: 2 });
});

const RATES = "raised responded inTime resolved rated satisfied open overdue responseRate resolutionRate satisfactionRate";
async function figures() {
  const { data, errors } = await ask(
    story.endpoint,
    someone.public,
    `{ suggestionFigures(within: "5101") { total { ${RATES} } byTopic { topic rates { ${RATES} } } byRegion { region { code } rates { ${RATES} } } byMonth { month rates { ${RATES} } } } }`,
  );
  expect(errors).toEqual([]);
  return data.suggestionFigures;
}

describe("lists of earlier times", () => {
  const OUTCOME = "... on BulkOutcome { written created updated unchanged refused rows { status problems { field code } } }";
  const load = async (who: Viewer, rows: object[], more: object = {}) => {
    const answer = await ask(
      story.endpoint,
      who,
      `mutation ($input: ImportSuggestionsInput!) { importSuggestions(input: $input) { ${OUTCOME} } }`,
      {
        input: { rows, ...more },
      },
    );
    expect(answer.errors).toEqual([]);
    return answer.data.importSuggestions;
  };
  const row = (key: string, more: object = {}) => ({
    key,
    communityId: xianghe,
    title: `${key}:加强指导`,
    body: "希望加强对小区维修资金使用的具体指导",
    topic: "HOUSING",
    channel: "DIALOGUE",
    raisedOn: "2021-06-10",
    published: true,
    ...more,
  });
  const way = {
    assignee: { regionCode: "510116" },
    decision: "WILL_DO",
    answer: "将印发指引",
    answeredOn: "2021-06-16",
    promisedOn: "2021-09-30",
  };

  test("a list comes in with its way, a second time changes nothing, and a longer way carries it on", async () => {
    expect(await load(officer, [row("a"), row("b", way)], { dryRun: true })).toMatchObject({ written: false, created: 2 });
    expect(await load(officer, [row("a"), row("b", way)])).toMatchObject({ written: true, created: 2 });
    expect(await load(officer, [row("a"), row("b", way)])).toMatchObject({ written: false, unchanged: 2 });
    const done = { ...way, doneOn: "2021-09-01", outcome: "已印发指引", rating: 4 };
    expect(await load(officer, [row("a", way), row("b", done)])).toMatchObject({ written: true, updated: 2 });
    expect(await load(officer, [row("a"), row("b", done)])).toMatchObject({ written: false, unchanged: 2 });
    const told = await load(officer, [row("b", { ...done, answer: "另一个答复" })]);
    expect(told.rows[0]).toEqual({ status: "REFUSED", problems: [{ field: "answer", code: "ALREADY_TOLD" }] });
    const { data } = await ask(
      story.endpoint,
      someone.public,
      `{ suggestions(filter: { within: "510116", channel: DIALOGUE }) { edges { node { key state history { edges { node { action onDate } } } } } } }`,
    );
    const b = data.suggestions.edges.find(({ node }: any) => node.key === "b").node;
    expect(b.state).toBe("ACCEPTED");
    expect(b.history.edges.map(({ node }: any) => [node.action, node.onDate])).toEqual([
      ["RAISE", "2021-06-10"],
      ["ASSIGN", "2021-06-10"],
      ["ANSWER", "2021-06-16"],
      ["COMPLETE", "2021-09-01"],
      ["ACCEPT", "2021-09-01"],
    ]);
  });

  test("a row elsewhere, or with a broken way, is refused and keeps the whole list out", async () => {
    const outcome = await load(officer, [
      row("c"),
      row("d", { communityId: weijia }),
      row("e", { ...way, assignee: null }),
      row("f", { rating: 9 }),
    ]);
    expect(outcome).toMatchObject({ written: false, refused: 3 });
    expect(outcome.rows.map(({ problems: found }: any) => found.map((p: any) => `${p.field} ${p.code}`))).toEqual([
      [],
      ["key FORBIDDEN"],
      ["assignee REQUIRED"],
      ["rating OUT_OF_RANGE", "rating NOT_ALLOWED"],
    ]);
  });
});

test("who raised it is in no answer, and a page costs the same number of statements whatever its length", async () => {
  for (let i = 0; i < 12; i += 1) await steps(await raise(resident), assigned);
  const query = `query ($first: Int!) { suggestions(first: $first, orderBy: RAISED_ASC) { totalCount edges { node { ${FIELDS} event { id } raisedBy { __typename } community { name } region { name }
    carriedOn { state } duplicates { edges { node { id } } } history { edges { node { action assignee { __typename } } } } } } } }`;
  const counter = countStatements(story.database);
  const count = async (first: number) => {
    counter.reset();
    const { errors } = await ask(story.endpoint, officer, query, { first });
    expect(errors).toEqual([]);
    return counter.count();
  };
  const short = await count(25);
  expect(await count(50)).toBeLessThanOrEqual(short);
  const { data } = await ask(story.endpoint, officer, query, { first: 50 });
  expect(JSON.stringify(data)).not.toContain(resident.subject);
  const types = await ask(story.endpoint, officer, `{ __type(name: "Suggestion") { fields { name } } }`);
  expect(JSON.stringify(types.data)).not.toMatch(/subject|issuer/iu);
});
