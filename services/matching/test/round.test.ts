import { someone } from "@gongjian/testing";
import { asking, codeOf, problemsOf } from "./answers";
import {
  advance,
  aFittingRound,
  aRound,
  aStory,
  brought,
  HUAYANG,
  imported,
  need,
  offer,
  roundId,
  run,
  SALON,
  STEPS,
  street,
  UPDATE_ROUND,
  versionOf,
  WEIGHTS,
  xianghe,
  type State,
  type Who,
} from "./story";

const story = aStory();
const as = asking(story);

const CREATE = `mutation ($input: CreateRoundInput!) { createRound(input: $input) { __typename ... on Round { id key state version title year matchedAt weights { criterion weight } region { code } event { id } } ... on AlreadyExists { field } } }`;
const IMPORT = `mutation ($input: ImportRoundsInput!) { importRounds(input: $input) { __typename ... on BulkOutcome { written created updated unchanged refused rows { key status problems { field code } } } } }`;
const draft = { key: "created", regionCode: HUAYANG, year: 2024, title: "清单", eventId: SALON };

describe("a round", () => {
  test("is set up as a draft by an officer of its region, once, and audited", async () => {
    const { data, errors } = await as(street, CREATE, { input: draft });
    expect(errors).toEqual([]);
    expect(data.createRound).toMatchObject({
      __typename: "Round",
      key: "created",
      state: "DRAFT",
      version: 1,
      matchedAt: null,
      region: { code: HUAYANG },
      event: { id: SALON },
    });
    expect(data.createRound.weights.reduce((sum: number, { weight }: { weight: number }) => sum + weight, 0)).toBe(1000);
    expect((await as(street, CREATE, { input: draft })).data.createRound).toEqual({ __typename: "AlreadyExists", field: "key" });
    expect(
      await story.test.sql(`SELECT action, role, subject FROM matching.audit_entry WHERE entity_id = $1`, [data.createRound.id]),
    ).toEqual([{ action: "create", role: "OFFICER", subject: street.subject }]);
  });

  test.each<[string, Who, string]>([
    ["the public", someone.public, "UNAUTHENTICATED"],
    ["a resident", someone.resident(xianghe), "FORBIDDEN"],
    ["a worker of a community there", someone.worker(xianghe), "FORBIDDEN"],
    ["an officer of another district", someone.officer("510112"), "FORBIDDEN"],
    ["an auditor", someone.auditor, "FORBIDDEN"],
  ])("is not set up by %s", async (_name, who, code) => {
    const answer = await as(who, CREATE, { input: { ...draft, key: "not-created" } });
    expect(codeOf(answer)).toBe(code);
    expect(await story.test.sql(`SELECT 1 FROM matching.round WHERE key = 'not-created'`)).toEqual([]);
  });

  test("is refused with every problem named", async () => {
    const answer = await as(someone.admin, CREATE, {
      input: { ...draft, key: "", title: " ", year: 3000, regionCode: "999", eventId: "x", weights: WEIGHTS.slice(1) },
    });
    expect(answer.data).toBeNull();
    expect(problemsOf(answer)).toEqual([
      "eventId UNKNOWN_REFERENCE",
      "key REQUIRED",
      "regionCode UNKNOWN_REFERENCE",
      "title REQUIRED",
      "weights INCOMPLETE",
      "year OUT_OF_RANGE",
    ]);
  });

  test("is changed against a version; what is left out stays and null empties", async () => {
    const id = await aRound(story, "changing");
    const change = (input: object) => as(street, UPDATE_ROUND, { input: { id, ...input } });
    expect((await change({ expectedVersion: 2, title: "x" })).data.updateRound).toEqual({
      __typename: "VersionConflict",
      currentVersion: 1,
    });
    expect((await change({ expectedVersion: 1, title: "新清单", weights: WEIGHTS })).data.updateRound).toMatchObject({
      version: 2,
      title: "新清单",
      event: { id: SALON },
      weights: WEIGHTS.map(({ weight }) => ({ weight })),
    });
    expect((await change({ expectedVersion: 2, eventId: null })).data.updateRound).toMatchObject({
      version: 3,
      title: "新清单",
      event: null,
    });
    expect(problemsOf(await change({ expectedVersion: 3, weights: WEIGHTS.map((row) => ({ ...row, weight: 1 })) }))).toEqual([
      "weights OUT_OF_RANGE",
    ]);
    expect((await versionOf(story, id)).version).toBe(3);
  });

  test("is entered once by twenty replays of one key", async () => {
    const input = { ...draft, key: "replayed", idempotencyKey: "once" };
    const answers = await Promise.all(Array.from({ length: 20 }, () => as(street, CREATE, { input })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]!.data.createRound.__typename).toBe("Round");
    expect((await as(street, CREATE, { input: { ...input, title: "别的" } })).data.createRound.__typename).toBe("IdempotencyConflict");
  });

  test("is imported row by row, and found again by key", async () => {
    const row = { key: "imported", regionCode: HUAYANG, year: 2023, title: "旧清单", eventId: SALON };
    const send = async (who: Who, rows: object[], more = {}) => (await as(who, IMPORT, { input: { rows, ...more } })).data?.importRounds;
    expect(await send(street, [row], { dryRun: true })).toMatchObject({ written: false, created: 1 });
    expect(await send(street, [row])).toMatchObject({ written: true, created: 1 });
    expect(await send(street, [row])).toMatchObject({ written: false, unchanged: 1 });
    expect(await send(street, [{ ...row, title: "新清单" }])).toMatchObject({ written: true, updated: 1 });
    const mixed = [
      { ...row, key: "good" },
      { ...row, key: "good", year: 2025 },
      { ...row, key: "nowhere", regionCode: "999", eventId: xianghe },
      { ...row, key: "elsewhere", regionCode: "510112001" },
      { ...row, key: "a\0" },
    ];
    const problems = (outcome: { rows: { problems: { field: string; code: string }[] }[] }) =>
      outcome.rows.map((each) => each.problems.map(({ field, code }) => `${field} ${code}`).sort());
    const refused = await send(street, mixed);
    expect(refused).toMatchObject({ written: false, refused: 4 });
    expect(problems(refused)).toEqual([
      [],
      ["key DUPLICATE_KEY"],
      ["eventId UNKNOWN_REFERENCE", "regionCode UNKNOWN_REFERENCE"],
      ["key FORBIDDEN"],
      ["key INVALID_CHARACTER"],
    ]);
    expect(await send(street, mixed, { skipBadRows: true })).toMatchObject({ written: true, created: 1, refused: 4 });
    expect(codeOf(await as(someone.public, IMPORT, { input: { rows: [row] } }))).toBe("UNAUTHENTICATED");
    expect(codeOf(await as(someone.worker(xianghe), IMPORT, { input: { rows: [row] } }))).toBe("FORBIDDEN");
    const roles = await story.test.sql(`SELECT DISTINCT role FROM matching.audit_entry WHERE entity_id = $1`, [roundId("imported")]);
    expect(roles).toEqual([{ role: "OFFICER" }]);
  });
});

describe("the steps of a round", () => {
  test("are taken one after the other, each guarded", async () => {
    const id = await aRound(story, "walked");
    const step = async (to: State) =>
      (await advance(story, street, { id, to, expectedVersion: (await versionOf(story, id)).version })).data.advanceRound;
    expect(await step("DRAFT")).toEqual({ __typename: "RoundStepOutOfOrder", state: "DRAFT", next: "COLLECTING" });
    expect(await step("PUBLISHED")).toEqual({ __typename: "RoundStepOutOfOrder", state: "DRAFT", next: "COLLECTING" });
    expect(await step("COLLECTING")).toMatchObject({ state: "COLLECTING" });
    const empty = await step("PUBLISHED");
    expect(empty).toMatchObject({ __typename: "RoundGuardFailed", reasons: [{ code: "NO_NEEDS" }, { code: "NO_OFFERS" }] });
    await imported(story.endpoint, "Needs", [need("walked", "N1"), need("walked", "N2", { tags: ["法律"] })]);
    expect(await step("PUBLISHED")).toMatchObject({ reasons: [{ code: "NO_OFFERS" }] });
    await imported(story.endpoint, "Offers", [offer("walked", "O1")]);
    expect(await step("PUBLISHED")).toMatchObject({ state: "PUBLISHED" });
    expect(await step("COLLECTING")).toEqual({ __typename: "RoundStepOutOfOrder", state: "PUBLISHED", next: "MATCHING" });
    expect(await step("MATCHING")).toMatchObject({ state: "MATCHING" });
    expect(await step("NEGOTIATING")).toMatchObject({ reasons: [{ code: "NOT_MATCHED" }] });
    await run(story, street, { roundId: id });
    expect(await step("NEGOTIATING")).toMatchObject({ state: "NEGOTIATING" });
    expect(await step("SIGNED")).toMatchObject({ reasons: [{ code: "NOTHING_SIGNED" }] });

    const { data } = await as(street, `query ($id: ID!) { round(id: $id) { matches { nodes { id version } } } }`, { id });
    const [match] = data.round.matches.nodes;
    const move = (to: string, expectedVersion: number) =>
      as(street, `mutation ($input: MoveMatchInput!) { moveMatch(input: $input) { __typename ... on Match { state version } } }`, {
        input: { id: match.id, to, expectedVersion },
      });
    await move("PROPOSED", match.version);
    expect(await step("SIGNED")).toMatchObject({ reasons: [{ code: "MATCHES_UNSETTLED" }, { code: "NOTHING_SIGNED" }] });
    await move("ACCEPTED", match.version + 1);
    expect(await step("SIGNED")).toMatchObject({ reasons: [{ code: "MATCHES_UNSETTLED" }, { code: "NOTHING_SIGNED" }] });
    expect((await move("SIGNED", match.version + 2)).data.moveMatch).toMatchObject({ state: "SIGNED" });
    expect(await step("SIGNED")).toMatchObject({ state: "SIGNED" });
    expect(await step("EXECUTING")).toMatchObject({ state: "EXECUTING" });
    expect(await step("EVALUATED")).toMatchObject({ reasons: [{ code: "MATCHES_UNFULFILLED" }] });
    expect((await move("FULFILLED", match.version + 3)).data.moveMatch).toMatchObject({ state: "FULFILLED" });
    expect(await step("EVALUATED")).toMatchObject({ state: "EVALUATED" });
    expect(await step("CLOSED")).toMatchObject({ state: "CLOSED" });
    expect(await step("CLOSED")).toEqual({ __typename: "RoundStepOutOfOrder", state: "CLOSED", next: null });
    const audit = await story.test.sql(
      `SELECT after->>'state' AS state FROM matching.audit_entry WHERE entity_id = $1 AND action = 'advance' ORDER BY id`,
      [id],
    );
    expect(audit).toEqual(STEPS.slice(1).map((state) => ({ state })));
  });

  test("need the right version, and an officer of the region", async () => {
    const id = await aFittingRound(story, "guarded");
    const input = { id, to: "COLLECTING", expectedVersion: 1 };
    expect((await advance(story, street, { ...input, expectedVersion: 7 })).data.advanceRound).toEqual({
      __typename: "VersionConflict",
      currentVersion: 1,
    });
    // a draft that somebody may not see is no record for them
    expect(codeOf(await advance(story, someone.officer("510112"), input))).toBe("NOT_FOUND");
    expect(codeOf(await advance(story, someone.public, input))).toBe("NOT_FOUND");
    for (const bad of ["x", "\0", roundId("nothing")])
      expect(codeOf(await advance(story, street, { ...input, id: bad }))).toBe("NOT_FOUND");
    await brought(story, id, "PUBLISHED");
    const { version } = await versionOf(story, id);
    const next = { id, to: "MATCHING", expectedVersion: version };
    expect(codeOf(await advance(story, someone.public, next))).toBe("UNAUTHENTICATED");
    expect(codeOf(await advance(story, someone.worker(xianghe), next))).toBe("FORBIDDEN");
    expect((await advance(story, someone.officer("zone-tianfu"), next)).data.advanceRound).toMatchObject({ state: "MATCHING" });
  });

  test("of twenty at once exactly one is taken", async () => {
    const id = await aFittingRound(story, "raced");
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => advance(story, street, { id, to: "COLLECTING", expectedVersion: 1 })),
    );
    const kinds = answers.map((answer) => answer.data.advanceRound.__typename);
    expect(kinds.filter((kind) => kind === "Round")).toHaveLength(1);
    expect(kinds.filter((kind) => kind === "VersionConflict")).toHaveLength(19);
    expect(await versionOf(story, id)).toEqual({ state: "COLLECTING", version: 2 });
    expect(await story.test.sql(`SELECT 1 FROM matching.audit_entry WHERE entity_id = $1 AND action = 'advance'`, [id])).toHaveLength(1);
  });

  test("cannot be skipped by whoever writes to the database", async () => {
    const id = await aFittingRound(story, "forced");
    const write = (text: string) =>
      story.test.sql(text, [id]).then(
        () => "written",
        (error: { constraint?: string }) => error.constraint,
      );
    for (const state of STEPS.slice(2))
      expect(await write(`UPDATE matching.round SET state = '${state}' WHERE id = $1`)).toBe("round_step_order");
    const copy = `INSERT INTO matching.round (id, key, region_code, region_scope_codes, year, title, state)
      SELECT gen_random_uuid(), 'copy', region_code, region_scope_codes, year, title, 'CLOSED' FROM matching.round WHERE id = $1`;
    expect(await write(copy)).toBe("round_step_order");
    expect(await write(`UPDATE matching.round SET state = 'COLLECTING' WHERE id = $1`)).toBe("written");
    expect(await write(`UPDATE matching.round SET state = 'DRAFT' WHERE id = $1`)).toBe("round_step_order");
  });
});

test("malformed ids, keys, cursors and page sizes get a clear answer", async () => {
  const { data, errors } = await as(
    someone.public,
    `{ c: roundByKey(key: "\\u0000") { id } d: rounds(filter: { within: "\\u0000" }) { totalCount }
       e: _entities(representations: [{ __typename: "Round", id: "x" }, { __typename: "Need", id: "\\u0000" }]) { __typename } }`,
  );
  expect(errors).toEqual([]);
  expect(data).toEqual({ c: null, d: { totalCount: 0 }, e: [null, null] });
  for (const id of ["x", "\\u0000"]) {
    for (const field of ["round", "need", "offer", "match"])
      expect(codeOf(await as(someone.public, `{ ${field}(id: "${id}") { id } }`))).toBe("BAD_USER_INPUT");
  }
  for (const args of ["first: 0", "first: 101", "first: 1000000000"])
    expect(codeOf(await as(someone.public, `{ rounds(${args}) { totalCount } }`))).toBe("PAGE_SIZE_INVALID");
  const foreign = (await as(someone.admin, `{ rounds(first: 1, orderBy: YEAR_ASC) { pageInfo { endCursor } } }`)).data.rounds.pageInfo
    .endCursor;
  for (const after of ["x", foreign])
    expect(
      codeOf(await as(someone.public, `query ($after: String) { rounds(after: $after) { totalCount nodes { key } } }`, { after })),
    ).toBe("CURSOR_INVALID");
});

test("pages walk through all rounds once", async () => {
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const page = (
      await as(
        someone.admin,
        `query ($after: String) { rounds(first: 3, after: $after) { totalCount nodes { id } pageInfo { endCursor hasNextPage } } }`,
        { after },
      )
    ).data.rounds as { totalCount: number; nodes: { id: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } };
    seen.push(...page.nodes.map((node) => node.id));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    if (after === null) expect(seen).toHaveLength(page.totalCount);
  } while (after !== null);
  expect(new Set(seen).size).toBe(seen.length);
});
