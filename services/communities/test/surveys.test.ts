import { constraintOf, countStatements, schemaDrift, stableId } from "@gongjian/database";
import type { Viewer } from "@gongjian/subgraph";
import { ask, someone, type Answer } from "@gongjian/testing";
import { plusDays } from "../src/calendar/calendar.rules";
import { communitiesStory, type Story } from "./story";

const xianghe = stableId("community", "CN_STATS:510116001001");
const weijia = stableId("community", "CN_STATS:510112001001");
const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
let story: Story;

beforeAll(async () => {
  story = await communitiesStory();
}, 60_000);
afterAll(() => story.test.close());

const worker = someone.worker(xianghe);
const officer = someone.officer("510116");
const code = ({ errors }: Answer) => errors[0]?.extensions.code;
const problems = ({ errors }: Answer) =>
  errors[0]?.extensions.problems?.map((p: { field: string; code: string }) => `${p.field} ${p.code}`);
const neighbour = (i: number): Viewer => ({ subject: `resident-${i}`, memberships: [{ role: "RESIDENT", scope: `community:${xianghe}` }] });

async function run(who: Viewer, name: string, input: object, selection: string) {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const answer = await ask(story.endpoint, who, `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ${selection} } }`, {
    input,
  });
  return { ...answer, result: answer.data?.[name] };
}
const SURVEY = "... on Survey { id questionnaire version questions { position field kind text } }";
const PERIOD = "... on SurveyPeriod { id name startsOn endsOn closedOn version }";
const QUESTIONS = [
  { field: "HEALTH", text: "就医方便吗" },
  { field: "TRANSPORT", text: "出行方便吗" },
  { field: "SAFETY", kind: "YES_NO", text: "夜间出行放心吗" },
];
const create = async () =>
  (await run(worker, "createSurvey", { communityId: xianghe, title: "公共服务调查", questions: QUESTIONS }, SURVEY)).result;
const open = async (surveyId: string, input: object = {}) =>
  run(
    worker,
    "openSurveyPeriod",
    { surveyId, name: "本期", startsOn: plusDays(today, -3), endsOn: plusDays(today, 3), ...input },
    `${PERIOD} ... on PeriodTaken { field }`,
  );
const answer = (who: Viewer, periodId: string, values: (number | null)[], input: object = {}) =>
  run(
    who,
    "answerSurvey",
    {
      periodId,
      communityId: xianghe,
      answers: values.flatMap((value, index) => (value === null ? [] : [{ position: index + 1, value }])),
      ...input,
    },
    "... on SurveyReceipt { period { id } }",
  );
const close = (id: string, expectedVersion: number) => run(worker, "closeSurveyPeriod", { id, expectedVersion }, PERIOD);
const RESULTS = "results { question { field } answers mean content }";
const resultsOf = async (who: Viewer, survey: string) => {
  const { data, errors } = await ask(
    story.endpoint,
    who,
    `query ($id: ID!) { survey(id: $id) { periods { edges { node { name ${RESULTS} places { edges { node { community { name } responses ${RESULTS} } } } } } } } }`,
    { id: survey },
  );
  expect(errors).toEqual([]);
  return data.survey.periods.edges.map(({ node }: any) => node);
};

test("the migrated schema is what the entities say", async () => {
  expect(await schemaDrift(story.database.dataSource)).toEqual([]);
});

test("a period is answered once a person, shows nothing to the public while it runs, and its means and counts when it is closed", async () => {
  const survey = await create();
  const { result: period } = await open(survey.id);
  for (let i = 0; i < 6; i += 1) {
    const { result } = await answer(neighbour(i), period.id, [5, i < 3 ? 2 : 4, i === 0 ? null : 1]);
    expect(result).toEqual({ __typename: "SurveyReceipt", period: { id: period.id } });
  }
  expect((await answer(neighbour(0), period.id, [1, 1, 0])).result.__typename).toBe("AlreadyAnswered");
  const [running] = await resultsOf(someone.public, survey.id);
  expect([running.results, running.places.edges]).toEqual([null, []]);
  // those who keep it are told how many have answered: means before and after an answer would tell what it was
  const kept = (await resultsOf(worker, survey.id))[0].results[0];
  expect(kept).toEqual({ question: { field: "HEALTH" }, answers: 6, mean: null, content: null });
  expect((await close(period.id, period.version)).result).toMatchObject({ closedOn: today, version: 2 });
  const [closed] = await resultsOf(someone.public, survey.id);
  const expected = [
    { question: { field: "HEALTH" }, answers: 6, mean: 5, content: 1 },
    { question: { field: "TRANSPORT" }, answers: 6, mean: 3, content: 0.5 },
    { question: { field: "SAFETY" }, answers: 5, mean: 1, content: 1 },
  ];
  expect(closed.results).toEqual(expected);
  expect(closed.places.edges).toEqual([{ node: { community: { name: "祥鹤社区居委会" }, responses: 6, results: expected } }]);
  expect((await answer(neighbour(9), period.id, [5, 5, 1])).result.__typename).toBe("SurveyNotOpen");
  const [{ salt }] = (await story.test.sql<{ salt: Buffer | null }>("SELECT salt FROM communities.survey_period WHERE id = $1", [
    period.id,
  ])) as [{ salt: null }];
  expect(salt).toBeNull();
});

test("twenty answers of one person at once count once, and who they are is in no row", async () => {
  const survey = await create();
  const { result: period } = await open(survey.id);
  const kinds = (await Promise.all(Array.from({ length: 20 }, () => answer(neighbour(7), period.id, [4, 4, 1])))).map(
    ({ result }) => result.__typename,
  );
  expect(kinds.filter((kind) => kind === "SurveyReceipt")).toHaveLength(1);
  expect(kinds.filter((kind) => kind === "AlreadyAnswered")).toHaveLength(19);
  const rows = await story.test.sql("SELECT * FROM communities.survey_response WHERE period_id = $1", [period.id]);
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain("resident-7");
  const trail = await story.test.sql(
    "SELECT after FROM communities.audit_entry WHERE concept = 'surveyPeriod' AND action = 'answer' AND entity_id = $1",
    [period.id],
  );
  expect(trail).toEqual([{ after: { communityId: xianghe } }]);
});

test("closing while people answer: each answer counts or is told that it is too late, none is half there", async () => {
  const survey = await create();
  const { result: period } = await open(survey.id);
  const [closing, ...answers] = await Promise.all([
    close(period.id, period.version),
    ...Array.from({ length: 12 }, (_, i) => answer(neighbour(100 + i), period.id, [3, 3, 1])),
  ]);
  expect(closing.result.closedOn).toBe(today);
  const taken = answers.filter(({ result }) => result.__typename === "SurveyReceipt").length;
  expect(answers.filter(({ result }) => result.__typename === "SurveyNotOpen")).toHaveLength(12 - taken);
  const [{ n }] = (await story.test.sql<{ n: number }>(
    "SELECT count(*)::integer AS n FROM communities.survey_response WHERE period_id = $1",
    [period.id],
  )) as [{ n: number }];
  expect(n).toBe(taken);
});

test("a revision asks new questions from then on; earlier periods keep theirs, and fewer than five answers show nothing", async () => {
  const survey = await create();
  const { result: first } = await open(survey.id, { name: "上期", startsOn: plusDays(today, -90), endsOn: plusDays(today, 0) });
  for (let i = 0; i < 4; i += 1) await answer(neighbour(i), first.id, [5, 5, 1]);
  const stale = await run(
    worker,
    "reviseSurvey",
    { id: survey.id, expectedVersion: 9, questions: QUESTIONS.slice(0, 1) },
    "... on VersionConflict { currentVersion }",
  );
  expect(stale.result).toEqual({ __typename: "VersionConflict", currentVersion: 1 });
  const { result: revised } = await run(
    worker,
    "reviseSurvey",
    { id: survey.id, expectedVersion: 1, questions: QUESTIONS.slice(0, 1) },
    SURVEY,
  );
  expect(revised).toMatchObject({ questionnaire: 2, questions: [{ position: 1, field: "HEALTH" }] });
  const overlapping = await open(survey.id);
  expect(overlapping.result).toEqual({ __typename: "PeriodTaken", field: "startsOn" });
  const same = await open(survey.id, { name: "上期", startsOn: plusDays(today, 10), endsOn: plusDays(today, 20) });
  expect(same.result).toEqual({ __typename: "PeriodTaken", field: "name" });
  await close(first.id, 1);
  const [shown] = await resultsOf(someone.public, survey.id);
  expect(shown.results.map(({ answers, mean, content }: any) => [answers, mean, content])).toEqual(Array(3).fill([null, null, null]));
  expect(shown.places.edges[0].node.responses).toBeNull();
});

test.each<[string, Viewer, string, object, string]>([
  [
    "a stranger's worker",
    someone.worker(weijia),
    "createSurvey",
    { communityId: xianghe, title: "调查", questions: QUESTIONS },
    "FORBIDDEN",
  ],
  ["the public", someone.public, "createSurvey", { communityId: xianghe, title: "调查", questions: QUESTIONS }, "UNAUTHENTICATED"],
  ["an auditor", someone.auditor, "createSurvey", { communityId: xianghe, title: "调查", questions: QUESTIONS }, "FORBIDDEN"],
])("%s may not %s", async (_who, viewer, name, input, expected) => {
  expect(code(await run(viewer, name, input, ""))).toBe(expected);
});

test("only residents answer, where they live, and only where the survey is held", async () => {
  const survey = await create();
  const { result: period } = await open(survey.id);
  expect(code(await answer(worker, period.id, [5, 5, 1]))).toBe("FORBIDDEN");
  expect(code(await answer(someone.public, period.id, [5, 5, 1]))).toBe("UNAUTHENTICATED");
  const elsewhere = await answer(someone.resident(weijia), period.id, [5, 5, 1], { communityId: weijia });
  expect(problems(elsewhere)).toEqual(["communityId OUTSIDE"]);
  expect(problems(await answer(neighbour(1), period.id, [9, 5, 1]))).toEqual(["answers.0 OUT_OF_RANGE"]);
});

test("the service's own role can neither rewrite what was asked and answered nor reopen what is closed", async () => {
  const survey = await create();
  const { result: period } = await open(survey.id);
  await answer(neighbour(1), period.id, [5, 5, 1]);
  await close(period.id, 1);
  const refusal = async (sql: string) => {
    try {
      await story.database.dataSource.query(sql);
    } catch (error) {
      return constraintOf(error)?.constraint;
    }
    return undefined;
  };
  expect(await refusal(`UPDATE communities.survey_question SET text = 'x' WHERE survey_id = '${survey.id}'`)).toBe("survey_question_kept");
  expect(await refusal(`UPDATE communities.survey_response SET answers = '{1,1,0}' WHERE period_id = '${period.id}'`)).toBe(
    "survey_response_kept",
  );
  expect(await refusal(`DELETE FROM communities.survey_response WHERE period_id = '${period.id}'`)).toBe("survey_response_kept");
  expect(await refusal(`UPDATE communities.survey_period SET closed_on = NULL, salt = 'x' WHERE id = '${period.id}'`)).toBe(
    "survey_period_kept",
  );
  expect(await refusal(`INSERT INTO communities.survey_response VALUES ('${period.id}', 'x', '${xianghe}', '{5,5,1}')`)).toBe(
    "survey_response_period_open",
  );
});

describe("lists", () => {
  const OUTCOME = "... on BulkOutcome { written created updated unchanged refused rows { status problems { field code } } }";
  const survey = (more: object = {}) => ({
    key: "s",
    communityId: xianghe,
    title: "公共服务调查",
    questions: QUESTIONS,
    periods: [{ name: "2021下半年", startsOn: "2021-07-01", endsOn: "2021-12-31" }],
    ...more,
  });
  const load = async (name: string, rows: object[], who: Viewer = officer) => (await run(who, name, { rows }, OUTCOME)).result;
  const paper = (i: number, more: object = {}) => ({
    key: `p-${i}`,
    surveyKey: "s",
    period: "2021下半年",
    communityId: xianghe,
    answers: [
      { position: 1, value: 4 },
      { position: 2, value: 2 },
      { position: 3, value: 1 },
    ],
    ...more,
  });

  test("surveys and papers come in from lists; a second time changes nothing; a broken row is named", async () => {
    expect(await load("importSurveys", [survey()])).toMatchObject({ written: true, created: 1 });
    expect(await load("importSurveys", [survey()])).toMatchObject({ written: false, unchanged: 1 });
    const papers = Array.from({ length: 6 }, (_, i) => paper(i));
    expect(await load("importSurveyResponses", papers, worker)).toMatchObject({ written: true, created: 6 });
    expect(await load("importSurveyResponses", papers, worker)).toMatchObject({ written: false, unchanged: 6 });
    // another community's papers are numbered from 1 as well
    await load(
      "importSurveys",
      [
        survey({
          key: "wide",
          title: "0 全市调查",
          communityId: undefined,
          regionCode: "5101",
          periods: [
            { name: "2021", startsOn: "2021-01-01", endsOn: "2021-12-31" },
            { name: "2199", startsOn: "2199-01-01", endsOn: "2199-12-31" },
          ],
        }),
      ],
      someone.admin,
    );
    const wide = (communityId: string, period = "2021") => paper(1, { surveyKey: "wide", period, communityId });
    expect(await load("importSurveyResponses", [wide(xianghe), wide(weijia)], someone.admin)).toMatchObject({ written: true, created: 2 });
    expect(await load("importSurveyResponses", [wide(weijia)], someone.admin)).toMatchObject({ written: false, unchanged: 1 });
    const early = await load("importSurveyResponses", [wide(xianghe, "2199")]);
    expect(early.rows[0].problems).toEqual([{ field: "period", code: "IN_FUTURE" }]);
    const bad = await load("importSurveyResponses", [
      paper(9, { period: "2020" }),
      paper(10, { communityId: weijia }),
      paper(11, { answers: [{ position: 1, value: 7 }] }),
    ]);
    expect(bad.rows.map(({ problems: found }: any) => found.map((p: any) => `${p.field} ${p.code}`))).toEqual([
      ["period UNKNOWN_REFERENCE"],
      ["communityId OUTSIDE"],
      ["answers.0 OUT_OF_RANGE"],
    ]);
    const more = survey({
      questions: QUESTIONS.slice(0, 2),
      periods: [{ name: "2022上半年", startsOn: "2022-01-01", endsOn: "2022-06-30" }],
    });
    expect(await load("importSurveys", [more])).toMatchObject({ written: true, updated: 1 });
    const overlapping = await load("importSurveys", [
      survey({ questions: QUESTIONS.slice(0, 2), periods: [{ name: "x", startsOn: "2022-06-01", endsOn: "2022-07-01" }] }),
    ]);
    expect(overlapping.rows[0].problems).toEqual([{ field: "periods", code: "OVERLAP" }]);
  });

  test("what a few people answered cannot be told from the whole less the rest", async () => {
    const communities = await Promise.all(
      ["甲", "乙", "丙", "丁"].map(async (name, at) => {
        const { data } = await ask(
          story.endpoint,
          someone.admin,
          `mutation ($input: CreateCommunityInput!) { r: createCommunity(input: $input) { ... on Community { id } } }`,
          { input: { name: `${name}社区`, kind: "URBAN", regionCode: "510116001", scheme: "GONGJIAN", identifier: `few-${at}` } },
        );
        return data.r.id as string;
      }),
    );
    // how many answered in each place, and what everybody is shown of it
    const cases: [number[], (number | null)[]][] = [
      [
        [6, 1, 9, 0],
        [null, null, 9, 0],
      ],
      [
        [6, 3, 3, 9],
        [6, null, null, 9],
      ],
      [
        [1, 2, 7, 5],
        [null, null, 7, null],
      ],
      [
        [5, 6, 7, 8],
        [5, 6, 7, 8],
      ],
      [
        [2, 5, 5, 0],
        [null, null, 5, 0],
      ],
    ];
    const periods = cases.map((_, at) => ({ name: `${2010 + at}`, startsOn: `${2010 + at}-01-01`, endsOn: `${2010 + at}-12-31` }));
    await load("importSurveys", [{ key: "few", regionCode: "510116001", title: "少数", questions: QUESTIONS.slice(0, 1), periods }]);
    for (const [at, [counts]] of cases.entries()) {
      const papers = counts.flatMap((count, place) =>
        Array.from({ length: count }, (_, i) => ({
          key: `few-${at}-${place}-${i}`,
          surveyKey: "few",
          period: `${2010 + at}`,
          communityId: communities[place],
          answers: [{ position: 1, value: 1 + ((i + place) % 5) }],
        })),
      );
      expect(await load("importSurveyResponses", papers)).toMatchObject({ written: true, created: papers.length });
    }
    const text = `{ survey(id: "${stableId("survey", "few")}") { periods { nodes { name results { answers mean } places { nodes { community { id } responses results { answers mean content } } } } } } }`;
    for (const who of [someone.public, someone.admin]) {
      const { data, errors } = await ask(story.endpoint, who, text);
      expect(errors).toEqual([]);
      for (const [at, [counts, expected]] of cases.entries()) {
        const period = data.survey.periods.nodes.find(({ name }: any) => name === `${2010 + at}`);
        const places = communities.map((id) => period.places.nodes.find(({ community }: any) => community.id === id));
        expect([counts, places.map((place) => (place ? place.responses : 0))]).toEqual([counts, expected]);
        expect(places.map((place) => (place ? place.results[0].answers : 0))).toEqual(expected);
        for (const [place, shown] of expected.entries())
          if (shown === null) expect(places[place].results[0]).toEqual({ answers: null, mean: null, content: null });
        // what is left when everything shown is taken from the whole is of nobody, or of five people at least
        const left = period.results[0].answers - expected.reduce<number>((sum, shown) => sum + (shown ?? 0), 0);
        expect(left === 0 || left >= 5).toBe(true);
      }
    }
  });

  test("the days left of a period that is closed early are free again, and the card says when it was closed", async () => {
    const survey = await create();
    const { result } = await open(survey.id, { startsOn: plusDays(today, -1), endsOn: plusDays(today, 30) });
    for (let i = 0; i < 5; i += 1) await answer(neighbour(i), result.id, [1, 5, 1]);
    expect((await close(result.id, 1)).result).toMatchObject({ closedOn: today, endsOn: today });
    const next = await open(survey.id, { name: "下期", startsOn: plusDays(today, 1), endsOn: plusDays(today, 9) });
    expect(next.result.__typename).toBe("SurveyPeriod");
    const { data } = await ask(
      story.endpoint,
      someone.public,
      `query ($id: ID!) { community(id: $id) { serviceContactCard { surveyedOn concerns { field content } } } }`,
      { id: xianghe },
    );
    expect(data.community.serviceContactCard).toEqual({ surveyedOn: today, concerns: [{ field: "HEALTH", content: 0 }] });
  });

  test("the card names where to turn to, and what people were the least content with", async () => {
    const line = (key: string, position: number, more: object = {}) => ({
      key,
      communityId: xianghe,
      position,
      field: "EMPLOYMENT",
      title: "就业咨询",
      line: "028-85110000",
      ...more,
    });
    expect(await load("importServiceContacts", [line("b", 2, { field: "HEALTH", title: "心理咨询" }), line("a", 1)], worker)).toMatchObject(
      { created: 2 },
    );
    const refused = await load(
      "importServiceContacts",
      [line("c", 3, { line: "13800138000" }), line("d", 4, { communityId: weijia })],
      worker,
    );
    expect(refused.rows.map(({ problems: found }: any) => found[0].code)).toEqual(["PRIVATE", "FORBIDDEN"]);
    const { data, errors } = await ask(
      story.endpoint,
      someone.public,
      `query ($id: ID!) { community(id: $id) { serviceContactCard { count surveyedOn contacts { title line organisation { name } } concerns { field content } }
        surveyResults { edges { node { period { name } responses } } } } }`,
      { id: xianghe },
    );
    expect(errors).toEqual([]);
    const { serviceContactCard: card } = data.community;
    expect(card.contacts.map(({ title }: any) => title)).toEqual(["就业咨询", "心理咨询"]);
    expect(card.concerns.length).toBeGreaterThan(0);
    expect(data.community.surveyResults.edges.map(({ node }: any) => node.period.name)).toContain("2021下半年");
  });
});

test("results of many periods and places cost no more statements than of one", async () => {
  const counter = countStatements(story.database);
  const count = async (first: number) => {
    counter.reset();
    const { errors } = await ask(
      story.endpoint,
      worker,
      `query ($first: Int!) { surveys(first: $first) { edges { node { questions { text } periods(first: $first) { edges { node { ${RESULTS} places { edges { node { ${RESULTS} } } } } } } } } } }`,
      { first },
    );
    expect(errors).toEqual([]);
    return counter.count();
  };
  await count(20);
  const one = await count(6);
  expect(await count(20)).toBeLessThanOrEqual(one);
});
