import { someone } from "@gongjian/testing";
import { asking, codeOf, problemsOf } from "./answers";
import { CREATE_NEED, UPDATE_NEED, WITHDRAW_NEED, CREATE_OFFER, UPDATE_OFFER, WITHDRAW_OFFER, wish, gift } from "./entry-mutations";
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
  run,
  street,
  xianghe,
  yinling,
  yuelin,
  type Who,
} from "./story";

const story = aStory();
const as = asking(story);

describe("a need", () => {
  beforeAll(async () => brought(story, await aRound(story, "needs"), "COLLECTING"));

  test("is entered with everything it says, and audited", async () => {
    const { data, errors } = await as(someone.worker(xianghe), CREATE_NEED, {
      input: wish("needs", "all", { description: "每周一次", tags: ["助餐", " 助餐 "], requiredQualifications: ["食品经营许可证"] }),
    });
    expect(errors).toEqual([]);
    expect(data.answer).toEqual({
      __typename: "Need",
      id: expect.any(String),
      key: "all",
      version: 1,
      state: "OPEN",
      title: "需求all",
      description: "每周一次",
      kind: "SERVICE",
      fundKind: "GUARANTEE",
      budgetMin: 10_000_00,
      budgetMax: 30_000_00,
      currency: "CNY",
      startsOn: "2024-06-01",
      endsOn: "2024-12-31",
      tags: ["助餐"],
      requiredQualifications: ["食品经营许可证"],
      beneficiaries: 80,
      quantity: 1,
      illustrative: false,
      source: null,
      community: { id: xianghe },
      round: { key: "needs" },
    });
    const audit = await story.test.sql(
      `SELECT action, role, concept, after->>'title' AS title FROM matching.audit_entry WHERE entity_id = $1`,
      [data.answer.id],
    );
    expect(audit).toEqual([{ action: "create", role: "COMMUNITY_WORKER", concept: "need", title: "需求all" }]);
    expect((await as(street, CREATE_NEED, { input: wish("needs", "all") })).data.answer).toEqual({
      __typename: "AlreadyExists",
      field: "key",
    });
  });

  test.each<[string, Who, string | undefined]>([
    ["a worker of the community", someone.worker(xianghe), undefined],
    ["an officer of the street", street, undefined],
    ["an officer of the zone", someone.officer("zone-tianfu"), undefined],
    ["an administrator", someone.admin, undefined],
    ["a worker of another community", someone.worker(guangfu), "FORBIDDEN"],
    ["a representative of an organisation", someone.representative(yuelin), "FORBIDDEN"],
    ["an auditor", someone.auditor, "FORBIDDEN"],
    // the round is no record for those who may not see it
    ["a resident of the community", someone.resident(xianghe), "NOT_FOUND"],
    ["an officer of another district", someone.officer("510112"), "NOT_FOUND"],
    ["the public", someone.public, "NOT_FOUND"],
  ])("is entered by %s, or not", async (name, who, refusal) => {
    await aRound(story, "open-needs");
    await brought(story, roundId("open-needs"), "COLLECTING");
    const { key: _key, ...input } = wish("open-needs", name);
    const answer = await as(who, CREATE_NEED, { input });
    expect(codeOf(answer)).toBe(refusal);
    if (refusal === undefined) expect(answer.data.answer.__typename).toBe("Need");
  });

  test("is refused with every problem named, and nothing is written", async () => {
    const before = await story.test.sql(`SELECT count(*) FROM matching.need`);
    const answer = await as(someone.admin, CREATE_NEED, {
      input: wish("needs", "", {
        communityId: yuelin,
        title: "",
        description: "\u0000",
        budgetMin: -1,
        budgetMax: 9_000_000_000_000_000,
        currency: "人民币",
        endsOn: "2024-05-31",
        quantity: 0,
        beneficiaries: -1,
        tags: [""],
      }),
    });
    expect(answer.data).toBeNull();
    expect(problemsOf(answer)).toEqual([
      "beneficiaries OUT_OF_RANGE",
      "budgetMax OUT_OF_RANGE",
      "budgetMin OUT_OF_RANGE",
      "communityId UNKNOWN_REFERENCE",
      "currency MALFORMED",
      "description INVALID_CHARACTER",
      "endsOn PERIOD_REVERSED",
      "key REQUIRED",
      "quantity OUT_OF_RANGE",
      "tags.0 REQUIRED",
      "title REQUIRED",
    ]);
    for (const id of ["x", "\u0000", roundId("nothing")])
      expect(codeOf(await as(someone.admin, CREATE_NEED, { input: { ...wish("needs", "n"), roundId: id } }))).toBe("NOT_FOUND");
    for (const communityId of ["x", "\u0000"])
      expect(problemsOf(await as(someone.admin, CREATE_NEED, { input: wish("needs", "n", { communityId }) }))).toEqual([
        "communityId UNKNOWN_REFERENCE",
      ]);
    for (const date of ["2024-02-30", "tomorrow"])
      expect(codeOf(await as(someone.admin, CREATE_NEED, { input: wish("needs", "n", { startsOn: date }) }))).toBe("BAD_USER_INPUT");
    expect(await story.test.sql(`SELECT count(*) FROM matching.need`)).toEqual(before);
  });

  test("is changed in part, against a version, once by twenty racers", async () => {
    const { data } = await as(street, CREATE_NEED, { input: wish("needs", "change") });
    const { id } = data.answer;
    const change = (input: object, who: Who = street) => as(who, UPDATE_NEED, { input: { id, ...input } });
    expect((await change({ expectedVersion: 2, title: "x" })).data.answer).toEqual({ __typename: "VersionConflict", currentVersion: 1 });
    const changed = (await change({ expectedVersion: 1, title: "新标题", budgetMin: null, tags: ["法律"] })).data.answer;
    expect(changed).toMatchObject({ version: 2, title: "新标题", budgetMin: null, budgetMax: 30_000_00, tags: ["法律"], key: "change" });
    expect(problemsOf(await change({ expectedVersion: 2, startsOn: "2025-01-01" }))).toEqual(["endsOn PERIOD_REVERSED"]);
    expect(codeOf(await change({ expectedVersion: 2, title: "x" }, someone.worker(guangfu)))).toBe("NOT_FOUND");
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => change({ expectedVersion: 2, title: `题${index}` })));
    const kinds = answers.map((answer) => answer.data.answer.__typename);
    expect(kinds.filter((kind) => kind === "Need")).toHaveLength(1);
    expect(kinds.filter((kind) => kind === "VersionConflict")).toHaveLength(19);
  });

  test("is withdrawn, and then no longer public", async () => {
    await aRound(story, "withdrawing", [need("withdrawing", "N1"), need("withdrawing", "N2")], [offer("withdrawing", "O1")]);
    await brought(story, roundId("withdrawing"), "PUBLISHED");
    const list = async (who: Who) =>
      (await as(who, `{ roundByKey(key: "withdrawing") { needs { totalCount nodes { id key state version } } } }`)).data.roundByKey.needs;
    const [first] = (await list(someone.public)).nodes;
    const input = { id: first.id, expectedVersion: first.version };
    expect(codeOf(await as(someone.worker(guangfu), WITHDRAW_NEED, { input }))).toBe("FORBIDDEN");
    expect((await as(someone.worker(xianghe), WITHDRAW_NEED, { input })).data.answer).toMatchObject({ state: "WITHDRAWN", version: 2 });
    expect(await list(someone.public)).toMatchObject({ totalCount: 1, nodes: [{ key: "N2" }] });
    expect(await list(someone.worker(xianghe))).toMatchObject({ totalCount: 2 });
    expect(await list(street)).toMatchObject({ totalCount: 2 });
    const entity = (who: Who) =>
      as(
        who,
        `query ($id: ID!) { need(id: $id) { key } _entities(representations: [{ __typename: "Need", id: $id }]) { ... on Need { key } } }`,
        {
          id: first.id,
        },
      );
    expect((await entity(someone.public)).data).toEqual({ need: null, _entities: [null] });
    expect((await entity(street)).data).toEqual({ need: { key: first.key }, _entities: [{ key: first.key }] });
  });
});

describe("an offer", () => {
  beforeAll(async () => brought(story, await aRound(story, "offers"), "COLLECTING"));

  test("is entered, changed and withdrawn by who speaks for the organisation", async () => {
    const rep = someone.representative(yuelin);
    const { data, errors } = await as(rep, CREATE_OFFER, { input: gift("offers", "O1", { kinds: ["SERVICE", "EXPERT", "SERVICE"] }) });
    expect(errors).toEqual([]);
    expect(data.answer).toMatchObject({
      __typename: "Offer",
      kinds: ["SERVICE", "EXPERT"],
      price: 20_000_00,
      capacity: 1,
      coverage: [HUAYANG],
      organisation: { id: yuelin },
      version: 1,
    });
    const { id } = data.answer;
    expect((await as(rep, UPDATE_OFFER, { input: { id, expectedVersion: 1, price: null, capacity: 3 } })).data.answer).toMatchObject({
      price: null,
      capacity: 3,
      version: 2,
    });
    expect(codeOf(await as(someone.representative(yinling), UPDATE_OFFER, { input: { id, expectedVersion: 2, capacity: 9 } }))).toBe(
      "NOT_FOUND",
    );
    expect((await as(rep, WITHDRAW_OFFER, { input: { id, expectedVersion: 2 } })).data.answer).toMatchObject({ state: "WITHDRAWN" });
  });

  test.each<[string, Who, string | undefined]>([
    ["a representative of the organisation", someone.representative(yuelin), undefined],
    ["an officer of the street", street, undefined],
    ["a representative of another organisation", someone.representative(yinling), "FORBIDDEN"],
    ["a worker of a community", someone.worker(xianghe), "FORBIDDEN"],
    ["the public", someone.public, "NOT_FOUND"],
  ])("is entered by %s, or not", async (name, who, refusal) => {
    await aRound(story, "open-offers");
    await brought(story, roundId("open-offers"), "COLLECTING");
    const { key: _key, ...input } = gift("open-offers", name);
    expect(codeOf(await as(who, CREATE_OFFER, { input }))).toBe(refusal);
  });

  test("is refused with every problem named", async () => {
    const answer = await as(someone.admin, CREATE_OFFER, {
      input: gift("offers", "bad", {
        organisationId: xianghe,
        kinds: [],
        price: -1,
        capacity: 10_001,
        availableTo: "2024-04-30",
        coverage: ["999"],
      }),
    });
    expect(problemsOf(answer)).toEqual([
      "availableTo PERIOD_REVERSED",
      "capacity OUT_OF_RANGE",
      "coverage.0 UNKNOWN_REFERENCE",
      "kinds REQUIRED",
      "organisationId UNKNOWN_REFERENCE",
      "price OUT_OF_RANGE",
    ]);
  });
});

test.each([
  ["need", UPDATE_NEED, WITHDRAW_NEED, "quantity"],
  ["offer", UPDATE_OFFER, WITHDRAW_OFFER, "capacity"],
])("units of the %s that are promised stay, and what is changed is audited", async (concept, update, withdraw, units) => {
  const key = `promised ${concept}`;
  const id = await aRound(
    story,
    key,
    [need(key, "N1", { quantity: 3, budgetMax: 90_000_00 })],
    [offer(key, "O1", { capacity: 3, price: 10_000_00 })],
  );
  await brought(story, id, "PUBLISHED");
  await run(story, street, { roundId: id });
  // only a superuser who puts the triggers aside can promise units before the negotiation
  await story.test.sql(
    `SET session_replication_role = replica; UPDATE matching.match SET units = 2, state = 'PROPOSED' WHERE round_id = '${id}'`,
  );
  const [entry] = await story.test.sql<{ id: string; version: number }>(`SELECT id, version FROM matching.${concept} WHERE round_id = $1`, [
    id,
  ]);
  const input = { id: entry!.id, expectedVersion: entry!.version };
  const promised = [`${units} UNITS_PROMISED`];
  expect(problemsOf(await as(street, update, { input: { ...input, [units]: 1 } }))).toEqual(promised);
  expect(problemsOf(await as(street, withdraw, { input }))).toEqual(promised);
  expect((await as(street, update, { input: { ...input, [units]: 2 } })).data.answer).toMatchObject({ [units]: 2 });
  const audit = await story.test.sql(
    `SELECT action, role, before->>$2 AS before, after->>$2 AS after FROM matching.audit_entry WHERE entity_id = $1 AND concept = $3 ORDER BY id`,
    [input.id, units, concept],
  );
  expect(audit).toEqual([
    { action: "create", role: "ADMIN", before: null, after: "3" },
    { action: "update", role: "OFFICER", before: "3", after: "2" },
  ]);
});

test("an offer covers regions that there are, also when it is changed", async () => {
  await aRound(story, "covering", [], [offer("covering", "O1")]);
  const [stored] = await story.test.sql<{ id: string }>(`SELECT id FROM matching.offer WHERE round_id = $1`, [roundId("covering")]);
  const input = { id: stored!.id, expectedVersion: 1 };
  const change = (coverage: string[]) => as(street, UPDATE_OFFER, { input: { ...input, coverage } });
  expect(problemsOf(await change([HUAYANG, "999999", "nowhere"]))).toEqual([
    "coverage.1 UNKNOWN_REFERENCE",
    "coverage.2 UNKNOWN_REFERENCE",
  ]);
  expect((await change([HUAYANG, "510112"])).data.answer).toMatchObject({ coverage: [HUAYANG, "510112"], version: 2 });
});

test.each([
  ["Need", UPDATE_NEED, WITHDRAW_NEED, need],
  ["Offer", UPDATE_OFFER, WITHDRAW_OFFER, offer],
] as const)("a withdrawn %s is withdrawn once, and audited as what was done to it", async (type, update, withdraw, row) => {
  const key = `withdrawn ${type}`;
  await aRound(story, key);
  await imported(story.endpoint, `${type}s`, [row(key, "E1")]);
  const [stored] = await story.test.sql<{ id: string }>(`SELECT id FROM matching.${type.toLowerCase()} WHERE round_id = $1`, [
    roundId(key),
  ]);
  const { id } = stored!;
  expect((await as(street, withdraw, { input: { id, expectedVersion: 1 } })).data.answer).toMatchObject({ state: "WITHDRAWN", version: 2 });
  expect((await as(street, withdraw, { input: { id, expectedVersion: 2 } })).data.answer).toMatchObject({ state: "WITHDRAWN", version: 2 });
  expect((await as(street, update, { input: { id, expectedVersion: 2, title: "更名" } })).data.answer).toMatchObject({
    state: "WITHDRAWN",
    title: "更名",
    version: 3,
  });
  const audit = await story.test.sql<{ action: string }>(`SELECT action FROM matching.audit_entry WHERE entity_id = $1 ORDER BY id`, [id]);
  expect(audit.map(({ action }) => action)).toEqual(["create", "withdraw", "update"]);
});
