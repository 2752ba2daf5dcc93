import { constraintOf, countStatements, stableId } from "@gongjian/database";
import type { Viewer } from "@gongjian/subgraph";
import { ask, someone } from "@gongjian/testing";
import { communitiesStory, type Story } from "./story";

const xianghe = stableId("community", "CN_STATS:510116001001");
const weijia = stableId("community", "CN_STATS:510112001001");
const wuxing = stableId("community", "CN_STATS:510112001002");
const PLACES = [xianghe, weijia, wuxing] as const;
const worker = someone.worker(xianghe);
const NAMES = new Map(PLACES.map((place, index) => [place, ["祥鹤", "魏家", "五星"][index]!]));
let story: Story;

beforeAll(async () => {
  story = await communitiesStory();
}, 60_000);
afterAll(() => story.test.close());

const day = (days: number): string => new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
const PAIRING = "... on Pairing { id state version endsOn signedOn }";
const MORE: Record<string, string> = {
  renewPairing: "... on RenewalExists { renewalId state message } ... on PairingStepRefused { state }",
  recordExchange: "... on PairingExchange { id } ... on PairingStepRefused { state }",
  addCommitment: "... on PairingCommitment { id version } ... on PairingStepRefused { state }",
  completeCommitment: "... on PairingCommitment { id version status } ... on PairingStepRefused { state }",
  importPairings: "... on BulkOutcome { created unchanged rows { status problems { field code } } }",
};
MORE["importPairingCommitments"] = MORE["importPairings"]!;

async function run(who: Viewer, name: string, input: object) {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const selection = `__typename ${name.endsWith("Pairing") ? PAIRING : ""} ${MORE[name] ?? ""}`;
  const { data, errors } = await ask(
    story.endpoint,
    who,
    `mutation ($input: ${type}!) { answer: ${name}(input: $input) { ${selection} } }`,
    { input },
  );
  return { result: data?.answer, problems: errors[0]?.extensions["problems"] as { field: string; code: string }[] | undefined };
}
const done = async (who: Viewer, name: string, input: object) => {
  const { result, problems } = await run(who, name, input);
  expect(problems).toBeUndefined();
  return result;
};
const first = async (key: string, more: object = {}) => {
  const parties = PLACES.map((communityId) => ({ communityId }));
  await done(someone.admin, "importPairings", { rows: [{ key, kind: "COMMUNITY", name: key, parties, signedOn: day(-60), ...more }] });
  return (await ask(story.endpoint, someone.admin, `{ pairingByKey(key: "${key}") { id version } }`)).data.pairingByKey;
};
async function signed(id: string, expectedVersion = 1) {
  for (const communityId of PLACES) await done(someone.admin, "consentToPairing", { id, party: { communityId } });
  return done(worker, "signPairing", { id, expectedVersion });
}
const renewed = async (id: string, more: object = {}) => signed((await done(worker, "renewPairing", { id, ...more })).id);
const visit = (pairingId: string, from: string, to: string, onDate: string) =>
  done(someone.admin, "recordExchange", { pairingId, kind: "VISIT", from: { communityId: from }, to: { communityId: to }, onDate });

interface Owed {
  owed: number;
  made: number;
  returned: number;
  waitingSince: string;
  pairing: { id: string };
  visitor: { member: { id: string } };
  host: { member: { id: string } };
}
const OWED = `owed made returned waitingSince pairing { id } visitor { member { ... on Community { id } } } host { member { ... on Community { id } } }`;
const told = ({ owed, made, returned, waitingSince, visitor, host }: Owed) =>
  `${NAMES.get(visitor.member.id)}→${NAMES.get(host.member.id)} ${made}-${returned}=${owed} ${waitingSince}`;
const owedIn = async (id: string): Promise<string[]> =>
  (await ask(story.endpoint, someone.public, `{ pairing(id: "${id}") { owedVisits { ${OWED} } } }`)).data.pairing.owedVisits.map(told);
async function owedAround(ids: readonly string[]): Promise<[string, string][]> {
  const { data } = await ask(
    story.endpoint,
    someone.public,
    `{ owedVisits(first: 100, filter: { within: "510112" }) { nodes { ${OWED} } } }`,
  );
  return data.owedVisits.nodes.filter(({ pairing }: Owed) => ids.includes(pairing.id)).map((row: Owed) => [row.pairing.id, told(row)]);
}

test("a renewal that would be over, or over before what it carries on, is refused at once", async () => {
  const { id } = await first("terms", { endsOn: day(30) });
  const refused = async (endsOn: string) => (await run(worker, "renewPairing", { id, endsOn })).problems;
  expect(await refused(day(-20))).toMatchObject([
    { field: "endsOn", code: "IN_PAST" },
    { field: "endsOn", code: "BEFORE_RENEWED" },
  ]);
  expect(await refused(day(29))).toMatchObject([{ field: "endsOn", code: "BEFORE_RENEWED" }]);
  const proposal = { kind: "OTHER", name: "过期", parties: [{ communityId: xianghe }, { communityId: weijia }], endsOn: day(-1) };
  expect((await run(worker, "proposePairing", proposal)).problems).toMatchObject([{ field: "endsOn", code: "IN_PAST" }]);
  expect((await done(worker, "proposePairing", { ...proposal, endsOn: day(0) })).state).toBe("PROPOSED");
  const listed = await done(someone.admin, "importPairings", { rows: [{ ...proposal, key: "late" }] });
  expect(listed.rows[0].problems).toEqual([{ field: "endsOn", code: "IN_PAST" }]);
  expect((await done(worker, "renewPairing", { id, endsOn: day(30) })).endsOn).toBe(day(30));
});

test("a renewal that came to nothing leaves its place to another; one that stands is named", async () => {
  const { id } = await first("again", { endsOn: day(30) });
  const one = await done(worker, "renewPairing", { id, endsOn: day(400) });
  const taken = { __typename: "RenewalExists", renewalId: one.id, state: "PROPOSED", message: expect.stringContaining("proposed") };
  expect(await done(worker, "renewPairing", { id })).toEqual(taken);
  await done(worker, "movePairing", { id: one.id, expectedVersion: 1, to: "ENDED", reason: "日期写错" });
  const read = async () => (await ask(story.endpoint, worker, `{ pairing(id: "${id}") { state renewedBy { id } } }`)).data.pairing;
  expect(await read()).toEqual({ state: "SIGNED", renewedBy: null });
  const two = await done(worker, "renewPairing", { id, endsOn: day(500) });
  expect(await read()).toEqual({ state: "SIGNED", renewedBy: { id: two.id } });
  expect((await signed(two.id)).state).toBe("SIGNED");
  expect(await done(worker, "renewPairing", { id })).toMatchObject({ __typename: "RenewalExists", renewalId: two.id, state: "SIGNED" });
  // signed and ended later, it stays what renewed the first one
  await done(worker, "movePairing", { id: two.id, expectedVersion: 2, to: "ENDED", reason: "完成" });
  expect(await read()).toEqual({ state: "RENEWED", renewedBy: { id: two.id } });
  expect(await done(worker, "renewPairing", { id })).toMatchObject({ renewalId: two.id, state: "ENDED" });
});

test("two renew at once again and again, and one stands", async () => {
  const { id } = await first("raced");
  for (let round = 0; round < 5; round += 1) {
    const results = await Promise.all([worker, someone.worker(weijia), someone.admin].map((who) => run(who, "renewPairing", { id })));
    expect(results.map(({ result }) => result.__typename).sort()).toEqual(["Pairing", "RenewalExists", "RenewalExists"]);
    const one = results.find(({ result }) => result.__typename === "Pairing")!.result;
    await done(worker, "movePairing", { id: one.id, expectedVersion: 1, to: "ENDED", reason: "不续" });
  }
});

test("who owes a return visit goes on over renewals, once, under the agreement that holds", async () => {
  const { id: one } = await first("owed");
  await visit(one, xianghe, weijia, day(-50));
  await visit(one, wuxing, xianghe, day(-40));
  await visit(one, wuxing, xianghe, day(-30));
  const { id: two } = await renewed(one);
  const ids = [one, two];
  const owing = [`祥鹤→魏家 1-0=1 ${day(-50)}`, `五星→祥鹤 2-0=2 ${day(-40)}`];
  expect([await owedIn(one), await owedIn(two)]).toEqual([[], owing]);
  expect(await owedAround(ids)).toEqual(owing.map((text) => [two, text]));
  await visit(two, weijia, xianghe, day(0));
  await visit(two, xianghe, wuxing, day(0));
  expect(await owedAround(ids)).toEqual([[two, `五星→祥鹤 2-1=1 ${day(-30)}`]]);
  const { id: three } = await renewed(two);
  expect(await owedAround([...ids, three])).toEqual([[three, `五星→祥鹤 2-1=1 ${day(-30)}`]]);
  await visit(three, xianghe, wuxing, day(0));
  expect([await owedIn(one), await owedIn(two), await owedIn(three), await owedAround([...ids, three])]).toEqual([[], [], [], []]);
});

test("open tasks go on in what renews, with their owners, by hand and by list; what was done stays where it was", async () => {
  const { id: one } = await first("tasks");
  const task = (key: string, owner: string, more: object = {}) => ({
    key,
    pairingKey: "tasks",
    owner: { communityId: owner },
    title: key,
    dueOn: day(30),
    ...more,
  });
  const rows = [task("开", weijia), task("完", xianghe, { doneOn: day(-1), evidence: "照片" }), task("迟", wuxing, { dueOn: day(-2) })];
  expect(await done(someone.admin, "importPairingCommitments", { rows })).toMatchObject({ created: 3 });
  const { id: two } = await renewed(one);
  const list = async (id: string) =>
    (
      await ask(
        story.endpoint,
        someone.public,
        `{ pairing(id: "${id}") { commitments { nodes { id title status version owner { id member { ... on Community { id } } } } } } }`,
      )
    ).data.pairing.commitments.nodes;
  const short = (nodes: { title: string; status: string; owner: { member: { id: string } } }[]) =>
    nodes.map(({ title, status, owner }) => [title, status, NAMES.get(owner.member.id)]);
  expect(short(await list(one))).toEqual([["完", "DONE", "祥鹤"]]);
  expect(short(await list(two))).toEqual([
    ["迟", "OVERDUE", "五星"],
    ["开", "OPEN", "魏家"],
  ]);
  const { data } = await ask(
    story.endpoint,
    someone.public,
    `{ pairingCommitments(filter: { ownerWithin: "510112" }) { nodes { title } } }`,
  );
  expect(data.pairingCommitments.nodes.map(({ title }: { title: string }) => title)).toEqual(["迟", "开"]);
  const [late] = await list(two);
  const complete = { id: late.id, expectedVersion: late.version, evidence: "照片" };
  expect(await done(someone.worker(wuxing), "completeCommitment", complete)).toMatchObject({ status: "DONE" });
  // the list that named the first agreement finds its tasks again
  const again = await done(someone.admin, "importPairingCommitments", { rows: [rows[0]!, { ...rows[0]!, key: "新" }] });
  expect(again.rows).toEqual([
    { status: "UNCHANGED", problems: [] },
    { status: "REFUSED", problems: [{ field: "pairingKey", code: "NOT_HELD" }] },
  ]);
  const elsewhere = await first("elsewhere");
  const moved = await done(someone.admin, "importPairingCommitments", { rows: [{ ...rows[0]!, pairingKey: "elsewhere" }] });
  expect([elsewhere.version > 0, moved.rows[0].problems]).toEqual([true, [{ field: "key", code: "FORBIDDEN" }]]);
  const trail = await story.test.sql<{ action: string }>("SELECT action FROM communities.audit_entry WHERE entity_id = $1 ORDER BY id", [
    late.id,
  ]);
  expect(trail.map(({ action }) => action)).toEqual(["create", "carry", "complete"]);
});

const breaks = async (texts: string[], values: unknown[]): Promise<string | undefined> => {
  try {
    await story.database.dataSource.transaction(async (tx) => {
      for (const text of texts) await tx.query(text, values);
    });
  } catch (error) {
    return constraintOf(error)?.constraint ?? (error as { constraint?: string }).constraint;
  }
  return undefined;
};

test("the database keeps one of a relation that holds, with its tasks and its term", async () => {
  const { id } = await first("kept", { endsOn: day(30) });
  await done(worker, "addCommitment", { pairingId: id, owner: { communityId: xianghe }, title: "开", dueOn: day(9) });
  const fresh = await done(worker, "renewPairing", { id, endsOn: day(60) });
  const ends = (on: string) => `UPDATE communities.pairing SET ends_on = '${on}', version = version + 1 WHERE id = $1`;
  expect(await breaks([ends(day(29))], [fresh.id])).toBe("pairing_renewal_term");
  expect(await breaks([`UPDATE communities.pairing SET renews_id = NULL, version = version + 1 WHERE id = $1`], [fresh.id])).toBe(
    "pairing_relation_kept",
  );
  const second = `INSERT INTO communities.pairing (id, kind, name, renews_id) VALUES (gen_random_uuid(), 'OTHER', '再', $1)`;
  expect(await breaks([second], [id])).toBe("pairing_renewed_once");
  const agree = `UPDATE communities.pairing_party SET consented_on = current_date - 1 WHERE pairing_id = $1`;
  const sign = `UPDATE communities.pairing SET state = 'SIGNED', signed_on = current_date, version = version + 1 WHERE id = $1`;
  const over = `UPDATE communities.pairing SET state = 'RENEWED', version = version + 1 WHERE id = (SELECT renews_id FROM communities.pairing WHERE id = $1)`;
  expect(await breaks([agree, sign], [fresh.id])).toBe("pairing_renewed_whole");
  expect(await breaks([agree, sign, over], [fresh.id])).toBe("pairing_tasks_carried");
});

test("the statements do not grow with the pairings that were renewed", async () => {
  for (let made = 0; made < 4; made += 1) {
    const { id } = await first(`grow-${made}`, { fields: ["续签计数"] });
    await visit(id, xianghe, weijia, day(-5));
    await renewed(id);
  }
  const query = `query ($first: Int!) { pairings(first: $first, filter: { field: "续签计数", states: [SIGNED] }, orderBy: SIGNED_ASC) {
    nodes { renews { id owedVisits { owed } } owedVisits { owed pairing { id } } commitments { totalCount } } } }`;
  const counter = countStatements(story.database);
  const count = async (pages: number) => {
    counter.reset();
    const { errors, data } = await ask(story.endpoint, someone.public, query, { first: pages });
    expect([errors, data.pairings.nodes.length]).toEqual([[], pages]);
    return counter.count();
  };
  await count(1);
  expect(await count(4)).toBe(await count(2));
});
