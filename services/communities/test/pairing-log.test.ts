import { constraintOf, countStatements, stableId } from "@gongjian/database";
import type { Viewer } from "@gongjian/subgraph";
import { ask, someone, type Answer } from "@gongjian/testing";
import fc from "fast-check";
import { communitiesStory, type Story } from "./story";

const xianghe = stableId("community", "CN_STATS:510116001001");
const weijia = stableId("community", "CN_STATS:510112001001");
const wuxing = stableId("community", "CN_STATS:510112001002");
const PLACES = [xianghe, weijia, wuxing] as const;
let story: Story;

beforeAll(async () => {
  story = await communitiesStory();
}, 60_000);
afterAll(() => story.test.close());

const day = (days: number): string => new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
const code = ({ errors }: Answer) => errors[0]?.extensions.code;
const OUTCOME = "... on BulkOutcome { written created updated unchanged rows { status problems { field code } } }";
async function imported(concept: string, rows: object[]) {
  const text = `mutation ($input: Import${concept}Input!) { answer: import${concept}(input: $input) { __typename ${OUTCOME} } }`;
  const answer = await ask(story.endpoint, someone.admin, text, { input: { rows } });
  expect(answer.errors).toEqual([]);
  return answer.data.answer;
}
const pairing = (key: string, more: object = {}) => ({
  key,
  kind: "COMMUNITY",
  name: `结对${key}`,
  parties: PLACES.map((communityId) => ({ communityId })),
  signedOn: "2015-01-01",
  ...more,
});
const visit = (pairingKey: string, index: number, from: string, to: string, onDate: string) => ({
  key: `${pairingKey}-${index}`,
  pairingKey,
  kind: "VISIT",
  from: { communityId: from },
  to: { communityId: to },
  onDate,
});

interface Visit {
  from: string;
  to: string;
  onDate: string;
}
/** Another reckoning, with a queue: a visit pays for the first that waits the other way round, or waits itself. */
function reckon(visits: readonly Visit[]): string[] {
  const found: string[] = [];
  for (const [one, other] of [
    [0, 1],
    [0, 2],
    [1, 2],
  ].map((pair) => pair.map((index) => PLACES[index!]))) {
    const between = visits.filter((v) => [v.from, v.to].every((place) => place === one || place === other));
    const waiting: Visit[] = [];
    for (const next of [...between].sort((a, b) => a.onDate.localeCompare(b.onDate))) {
      if (waiting[0] && waiting[0].from !== next.from) waiting.shift();
      else waiting.push(next);
    }
    const [first] = waiting;
    if (!first) continue;
    const made = between.filter(({ from }) => from === first.from).length;
    found.push([first.from, first.to, made, made - waiting.length, waiting.length, first.onDate].join());
  }
  return found.sort();
}
const OWED = `made returned owed waitingSince waitingDays pairing { key }
  visitor { member { ... on Community { id } } } host { member { ... on Community { id } } }`;
interface OwedRow {
  made: number;
  returned: number;
  owed: number;
  waitingSince: string;
  waitingDays: number;
  pairing: { key: string };
  visitor: { member: { id: string } };
  host: { member: { id: string } };
}
const told = (row: OwedRow) => [row.visitor.member.id, row.host.member.id, row.made, row.returned, row.owed, row.waitingSince].join();
async function allOwed(filter = ""): Promise<OwedRow[]> {
  const found: OwedRow[] = [];
  for (let after: string | null = null; ; ) {
    const { data, errors }: Answer = await ask(
      story.endpoint,
      someone.public,
      `query ($after: String) { owedVisits(first: 7, after: $after ${filter}) { totalCount nodes { ${OWED} } pageInfo { hasNextPage endCursor } } }`,
      { after },
    );
    expect(errors).toEqual([]);
    found.push(...data.owedVisits.nodes);
    if (!data.owedVisits.pageInfo.hasNextPage) {
      expect(data.owedVisits.totalCount).toBe(found.length);
      return found;
    }
    after = data.owedVisits.pageInfo.endCursor;
  }
}

test("what the region's list says is owed is what a queue of visits says, in any history", async () => {
  const arbitrary = fc.array(
    fc
      .record({ from: fc.constantFrom(...PLACES), to: fc.constantFrom(...PLACES), days: fc.integer({ min: -40, max: 0 }) })
      .filter(({ from, to }) => from !== to),
    { maxLength: 14 },
  );
  const histories = fc
    .sample(arbitrary, { numRuns: 40, seed: 20160422 })
    .map((visits) => visits.map((v) => ({ ...v, onDate: day(v.days) })));
  const keys = histories.map((_, index) => `owed-${index}`);
  await imported(
    "Pairings",
    keys.map((key) => pairing(key)),
  );
  await imported(
    "PairingExchanges",
    histories.flatMap((visits, index) => visits.map((v, i) => visit(keys[index]!, i, v.from, v.to, v.onDate))),
  );
  const listed = (await allOwed()).filter((row) => row.pairing.key.startsWith("owed-"));
  for (const [index, visits] of histories.entries()) {
    const mine = listed.filter((row) => row.pairing.key === keys[index]);
    expect(mine.map(told).sort()).toEqual(reckon(visits));
    const { data } = await ask(story.endpoint, someone.public, `{ pairingByKey(key: "${keys[index]}") { owedVisits { ${OWED} } } }`);
    expect(data.pairingByKey.owedVisits.map(told).sort()).toEqual(reckon(visits));
  }
  expect(listed.map((row) => row.waitingSince)).toEqual(listed.map((row) => row.waitingSince).sort());
  for (const row of listed) expect(day(-row.waitingDays)).toBe(row.waitingSince);
});

test("a region's list: whoever lies in it, who owes in it, how long; and not what is over", async () => {
  await imported("Pairings", [pairing("in-two"), pairing("over")]);
  await imported("PairingExchanges", [
    visit("in-two", 1, xianghe, weijia, day(-300)),
    visit("over", 1, weijia, xianghe, day(-500)),
    visit("in-two", 2, xianghe, wuxing, day(-20)),
  ]);
  const mine = async (filter: string) =>
    (await allOwed(`filter: { waitingAtLeast: 10 ${filter} }`))
      .filter((row) => row.pairing.key === "in-two" || row.pairing.key === "over")
      .map((row) => row.waitingDays);
  expect(await mine("")).toEqual([500, 300, 20]);
  expect(await mine('within: "510112"')).toEqual([500, 300, 20]);
  expect(await mine('hostWithin: "510112"')).toEqual([300, 20]);
  expect(await mine('hostWithin: "510116"')).toEqual([500]);
  expect(await mine('hostWithin: "zone-tianfu"')).toEqual([500]);
  expect(await mine('hostWithin: "999999"')).toEqual([]);
  const { data } = await ask(story.endpoint, someone.admin, `{ pairingByKey(key: "over") { id version } }`);
  const end = { input: { id: data.pairingByKey.id, expectedVersion: data.pairingByKey.version, to: "ENDED", reason: "期满" } };
  await ask(story.endpoint, someone.admin, "mutation ($input: MovePairingInput!) { movePairing(input: $input) { __typename } }", end);
  expect(await mine("")).toEqual([300, 20]);
  expect(code(await ask(story.endpoint, someone.public, "{ owedVisits(filter: { waitingAtLeast: -1 }) { totalCount } }"))).toBe(
    "BAD_USER_INPUT",
  );
});

const EXCHANGE = `id kind onDate headCount note withdrawn correctionReason corrects { id } correctedBy { id } from { member { ... on Community { id } } }`;
const correct = async (who: Viewer, input: object) => {
  const text = `mutation ($input: CorrectExchangeInput!) { correctExchange(input: $input) { __typename ... on PairingExchange { ${EXCHANGE} }
    ... on PairingStepRefused { state } ... on AlreadyExists { field } } }`;
  const answer = await ask(story.endpoint, who, text, { input });
  return { ...answer, result: answer.data?.correctExchange };
};
const log = async (key: string, more = "") =>
  (
    await ask(
      story.endpoint,
      someone.public,
      `{ pairingByKey(key: "${key}") { id version lastExchangeOn owedVisits { owed visitor { member { ... on Community { id } } } }
        exchanges(first: 50 ${more}) { totalCount nodes { ${EXCHANGE} } } } }`,
    )
  ).data.pairingByKey;
const sql = (text: string, values: unknown[]) => story.test.sql(text, values);
const breaks = async (text: string, values: unknown[]): Promise<string | undefined> => {
  try {
    await sql(text, values);
  } catch (error) {
    return constraintOf(error)?.constraint ?? (error as { constraint?: string }).constraint;
  }
  return undefined;
};

test("a wrong entry is corrected by another, or withdrawn: both stay to be read, one counts", async () => {
  await imported("Pairings", [pairing("wrong")]);
  const entry = visit("wrong", 1, xianghe, weijia, day(-9));
  await imported("PairingExchanges", [{ ...entry, headCount: 12, note: "来访" }]);
  const [first] = (await log("wrong")).exchanges.nodes;
  const input = { id: first.id, reason: "走访方向记反了", from: { communityId: weijia }, to: { communityId: xianghe }, headCount: null };
  const who = someone.worker(xianghe);
  expect(code(await correct(someone.public, input))).toBe("UNAUTHENTICATED");
  expect(code(await correct(someone.resident(xianghe), input))).toBe("FORBIDDEN");
  expect(code(await correct(who, { ...input, id: stableId("pairing-exchange", "none") }))).toBe("NOT_FOUND");
  expect(code(await correct(who, { ...input, reason: " " }))).toBe("BAD_USER_INPUT");
  expect(code(await correct(who, { ...input, onDate: day(1) }))).toBe("BAD_USER_INPUT");
  expect(code(await correct(who, { ...input, to: { communityId: weijia } }))).toBe("BAD_USER_INPUT");
  const { result, errors } = await correct(who, { ...input, idempotencyKey: "right" });
  expect(errors).toEqual([]);
  expect(result).toMatchObject({
    __typename: "PairingExchange",
    kind: "VISIT",
    onDate: day(-9),
    headCount: null,
    note: "来访",
    withdrawn: false,
    correctionReason: "走访方向记反了",
    corrects: { id: first.id },
    correctedBy: null,
    from: { member: { id: weijia } },
  });
  expect((await correct(who, { ...input, idempotencyKey: "right" })).result.id).toBe(result.id);
  expect((await correct(who, input)).result).toEqual({ __typename: "AlreadyExists", field: "id" });
  const now = await log("wrong");
  expect(now.exchanges.nodes.map(({ id }: { id: string }) => id)).toEqual([result.id]);
  expect(now.owedVisits).toEqual([{ owed: 1, visitor: { member: { id: weijia } } }]);
  const whole = await log("wrong", "wholeLog: true");
  expect(whole.exchanges.totalCount).toBe(2);
  expect(whole.exchanges.nodes.find(({ id }: { id: string }) => id === first.id)).toMatchObject({
    headCount: 12,
    correctedBy: { id: result.id },
    from: { member: { id: xianghe } },
  });
  expect((await correct(who, { id: result.id, reason: "并未成行", withdrawn: true })).result).toMatchObject({ withdrawn: true });
  expect(await log("wrong")).toMatchObject({ lastExchangeOn: null, owedVisits: [], exchanges: { totalCount: 0 } });
  expect((await log("wrong", "wholeLog: true")).exchanges.totalCount).toBe(3);
  const again = await imported("PairingExchanges", [{ ...entry, headCount: 13, note: "来访" }]);
  expect(again.rows[0].problems).toEqual([{ field: "key", code: "LOGGED" }]);
  expect(await imported("PairingExchanges", [{ ...entry, headCount: 12, note: "来访" }])).toMatchObject({ unchanged: 1 });
});

test("two correct the same entry at once, and one does; the database keeps the log", async () => {
  await imported("Pairings", [pairing("raced"), pairing("elsewhere")]);
  await imported(
    "PairingExchanges",
    [1, 2, 3, 4, 5].map((index) => visit("raced", index, xianghe, weijia, day(-index))),
  );
  const entries = (await log("raced")).exchanges.nodes as { id: string }[];
  for (const { id } of entries) {
    const tries = [someone.worker(xianghe), someone.worker(weijia), someone.officer("510112")];
    const results = await Promise.all(tries.map((who) => correct(who, { id, reason: "记错", withdrawn: true })));
    expect(results.map(({ result }) => result.__typename).sort()).toEqual(["AlreadyExists", "AlreadyExists", "PairingExchange"]);
  }
  const [{ id }] = entries as [{ id: string }];
  const copy = (more: string) => `INSERT INTO communities.pairing_exchange
    (id, pairing_id, kind, from_id, to_id, on_date, corrects_id, correction_reason, withdrawn)
    SELECT gen_random_uuid(), pairing_id, kind, from_id, to_id, on_date, ${more} FROM communities.pairing_exchange WHERE id = $1`;
  expect(await breaks(copy("id, '再改', false"), [id])).toBe("pairing_exchange_corrected_once");
  expect(await breaks(copy("NULL, '再改', false"), [id])).toBe("pairing_exchange_correction_whole");
  expect(await breaks(copy("NULL, NULL, true"), [id])).toBe("pairing_exchange_correction_whole");
  expect(await breaks("UPDATE communities.pairing_exchange SET note = '改' WHERE id = $1", [id])).toBe("pairing_exchange_log_kept");
  await imported("PairingExchanges", [visit("elsewhere", 1, xianghe, weijia, day(-1))]);
  const [other] = (await log("elsewhere")).exchanges.nodes;
  expect(await breaks(copy("$2::uuid, '别处', false"), [id, other.id])).toBe("pairing_exchange_own_log");
});

test("the statements do not grow with what is owed or corrected", async () => {
  const keys = [0, 1, 2, 3, 4, 5].map((index) => `grow-${index}`);
  await imported(
    "Pairings",
    keys.map((key) => pairing(key)),
  );
  await imported(
    "PairingExchanges",
    keys.map((key) => visit(key, 1, xianghe, weijia, "2016-04-22")),
  );
  const counter = countStatements(story.database);
  const count = async (first: number) => {
    counter.reset();
    const text = `query ($first: Int!) { owedVisits(first: $first) { totalCount nodes { ${OWED} pairing { exchanges(wholeLog: true) { nodes { ${EXCHANGE} pairing { id } } } } } } }`;
    const { errors } = await ask(story.endpoint, someone.public, text, { first });
    expect(errors).toEqual([]);
    return counter.count();
  };
  await count(1);
  // parties are asked for on several ways, in one statement or a few as these ways happen to meet; a statement a row would be four more
  expect(await count(6)).toBeLessThan((await count(2)) + 4);
});

test("a region's tasks: whose owner lies in it, how they stand, due before a day; not of what is over, and in as many statements", async () => {
  await imported("Pairings", [pairing("tasks"), pairing("closed")]);
  const task = (pairingKey: string, index: number, owner: string, dueOn: string, more: object = {}) => ({
    key: `${pairingKey}-t${index}`,
    pairingKey,
    owner: { communityId: owner },
    title: `任务${index}`,
    dueOn,
    ...more,
  });
  await imported("PairingCommitments", [
    task("tasks", 1, xianghe, day(-5)),
    task("tasks", 2, weijia, day(5)),
    task("tasks", 3, xianghe, day(9), { doneOn: day(-1), evidence: "照片" }),
    task("tasks", 4, wuxing, day(-8)),
    task("closed", 5, xianghe, day(-9)),
  ]);
  const listed = async (filter: string, first = 50) => {
    const text = `{ pairingCommitments(first: ${first}, filter: { ${filter} }) { totalCount nodes { title status pairing { key } owner { member { ... on Community { id } } } } } }`;
    const { data, errors } = await ask(story.endpoint, someone.public, text);
    expect(errors).toEqual([]);
    return data.pairingCommitments.nodes.map(({ title, status }: { title: string; status: string }) => `${title} ${status}`);
  };
  expect(await listed("")).toEqual(["任务5 OVERDUE", "任务4 OVERDUE", "任务1 OVERDUE", "任务2 OPEN", "任务3 DONE"]);
  expect(await listed('ownerWithin: "510116"')).toEqual(["任务5 OVERDUE", "任务1 OVERDUE", "任务3 DONE"]);
  expect(await listed('ownerWithin: "zone-tianfu", statuses: [OVERDUE]')).toEqual(["任务5 OVERDUE", "任务1 OVERDUE"]);
  expect(await listed(`dueBefore: "${day(-5)}"`)).toEqual(["任务5 OVERDUE", "任务4 OVERDUE"]);
  const { data } = await ask(story.endpoint, someone.admin, `{ pairingByKey(key: "closed") { id version } }`);
  const end = { input: { id: data.pairingByKey.id, expectedVersion: data.pairingByKey.version, to: "ENDED", reason: "期满" } };
  await ask(story.endpoint, someone.admin, "mutation ($input: MovePairingInput!) { movePairing(input: $input) { __typename } }", end);
  expect(await listed('ownerWithin: "510116"')).toEqual(["任务1 OVERDUE", "任务3 DONE"]);
  const counter = countStatements(story.database);
  const cost = async (first: number) => {
    counter.reset();
    await listed("", first);
    return counter.count();
  };
  await cost(1);
  expect(await cost(4)).toBe(await cost(2));
});
