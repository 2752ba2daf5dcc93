import { constraintOf, stableId } from "@gongjian/database";
import type { Viewer } from "@gongjian/subgraph";
import { ask, someone } from "@gongjian/testing";
import { communitiesStory, type Story } from "./story";

const xianghe = stableId("community", "CN_STATS:510116001001");
const weijia = stableId("community", "CN_STATS:510112001001");
const wuxing = stableId("community", "CN_STATS:510112001002");
const worker = someone.worker(xianghe);
const other = someone.worker(weijia);
const stranger = someone.worker(wuxing);
let story: Story;

beforeAll(async () => {
  story = await communitiesStory();
}, 60_000);
afterAll(() => story.test.close());

const day = (days: number): string => new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
const REFUSED = "... on PairingStepRefused { state } ... on VersionConflict { currentVersion }";
const TASK =
  "... on PairingCommitment { id title status dueOn doneOn evidence droppedOn dropReason version owner { member { ... on Community { id } } } }";
const MORE: Record<string, string> = {
  proposePairing: "",
  withdrawConsent: "... on Pairing { id state version parties { consentedOn } } ... on PairingStepRefused { state }",
  signPairing: `${REFUSED} ... on ConsentMissing { message missing agreedLater }`,
  addCommitment: `${TASK} ... on PairingStepRefused { state }`,
  recordExchange: "... on PairingExchange { id }",
};
for (const name of ["completeCommitment", "updateCommitment", "dropCommitment"])
  MORE[name] = `${TASK} ${REFUSED} ... on CommitmentSettled { message status }`;

async function run(who: Viewer, name: string, input: object) {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const own = name.endsWith("Pairing")
    ? "... on Pairing { id kind name fields state signedOn endsOn quietDays version parties { consentedOn member { ... on Community { id } } } }"
    : "";
  const text = `mutation ($input: ${type}!) { answer: ${name}(input: $input) { __typename ${own} ${MORE[name] ?? REFUSED} } }`;
  const { data, errors } = await ask(story.endpoint, who, text, { input });
  const { code, problems } = (errors[0]?.extensions ?? {}) as { code?: string; problems?: { field: string; code: string }[] };
  return { result: data?.answer, code, problems: problems?.map((problem) => `${problem.field} ${problem.code}`) };
}
const done = async (who: Viewer, name: string, input: object) => {
  const { result, code, problems } = await run(who, name, input);
  expect([code, problems]).toEqual([undefined, undefined]);
  return result;
};
const propose = (more: object = {}) =>
  done(worker, "proposePairing", {
    kind: "COMMUNITY",
    name: "结对",
    parties: [{ communityId: xianghe }, { communityId: weijia, side: 2 }],
    ...more,
  });
const consent = (who: Viewer, id: string, communityId: string, more: object = {}) =>
  done(who, "consentToPairing", { id, party: { communityId }, ...more });
async function signed(on = day(-9)) {
  const { id } = await propose();
  await consent(worker, id, xianghe, { on });
  await consent(other, id, weijia, { on });
  return done(worker, "signPairing", { id, expectedVersion: 1, signedOn: on });
}
const days = ({ parties }: { parties: { consentedOn: string | null }[] }) => parties.map(({ consentedOn }) => consentedOn);
const actions = async (id: string) =>
  (await story.test.sql<{ action: string }>("SELECT action FROM communities.audit_entry WHERE entity_id = $1 ORDER BY id", [id])).map(
    ({ action }) => action,
  );
const breaks = async (text: string, values: unknown[]): Promise<string | undefined> => {
  try {
    await story.test.sql(text, values);
  } catch (error) {
    return constraintOf(error)?.constraint ?? (error as { constraint?: string }).constraint;
  }
  return undefined;
};

test("what was signed on paper last week is signed then, once the parties say on which day they agreed", async () => {
  const { id } = await propose();
  await consent(worker, id, xianghe);
  await consent(other, id, weijia);
  const lastWeek = { id, expectedVersion: 1, signedOn: day(-7) };
  expect(await done(worker, "signPairing", lastWeek)).toEqual({
    __typename: "ConsentMissing",
    message: "All parties have agreed, and not all of them by the day of the signing.",
    missing: 2,
    agreedLater: 2,
  });
  const future = await run(worker, "consentToPairing", { id, party: { communityId: xianghe }, on: day(1) });
  expect(future.problems).toEqual(["on IN_FUTURE"]);
  expect(days(await consent(worker, id, xianghe, { on: day(-8) }))).toEqual([day(-8), day(0)]);
  expect(days(await consent(worker, id, xianghe))).toEqual([day(-8), day(0)]);
  expect(await done(worker, "signPairing", lastWeek)).toMatchObject({ missing: 1, agreedLater: 1 });
  await consent(other, id, weijia, { on: day(-7) });
  expect(await done(worker, "signPairing", lastWeek)).toMatchObject({ state: "SIGNED", signedOn: day(-7), quietDays: 7 });
});

test("an agreement is taken back by its party alone, and only before the signing", async () => {
  const { id } = await propose();
  await consent(worker, id, xianghe);
  await consent(other, id, weijia);
  const back = { id, party: { communityId: weijia } };
  expect((await run(worker, "withdrawConsent", back)).code).toBe("FORBIDDEN");
  expect(days(await done(other, "withdrawConsent", { ...back, idempotencyKey: "back" }))).toEqual([day(0), null]);
  expect(days(await done(other, "withdrawConsent", { ...back, idempotencyKey: "back" }))).toEqual([day(0), null]);
  expect(await done(worker, "signPairing", { id, expectedVersion: 1 })).toMatchObject({ missing: 1, agreedLater: 0 });
  expect(await actions(id)).toEqual(["create", "consent", "consent", "withdrawConsent"]);
  await consent(other, id, weijia);
  const race = await Promise.all([run(worker, "signPairing", { id, expectedVersion: 1 }), run(other, "withdrawConsent", back)]);
  expect([
    ["Pairing", "PairingStepRefused"],
    ["ConsentMissing", "Pairing"],
  ]).toContainEqual(race.map(({ result }) => result.__typename));
  await consent(other, id, weijia);
  await run(worker, "signPairing", { id, expectedVersion: 1 });
  expect(await done(other, "withdrawConsent", back)).toEqual({ __typename: "PairingStepRefused", state: "SIGNED" });
});

test("a proposal is corrected; other terms are agreed to anew, and parties stay once one has agreed", async () => {
  const { id } = await propose({ fields: ["研学"] });
  const update = { id, expectedVersion: 1 };
  expect((await run(stranger, "updatePairing", { ...update, name: "别人的" })).code).toBe("NOT_FOUND");
  const parties = [{ communityId: xianghe }, { communityId: wuxing, side: 2 }];
  const other_parties = await done(worker, "updatePairing", { ...update, parties, kind: "TALENT", endsOn: day(90) });
  expect(other_parties).toMatchObject({ kind: "TALENT", endsOn: day(90), version: 2 });
  expect(other_parties.parties.map(({ member }: { member: { id: string } }) => member.id)).toEqual([xianghe, wuxing]);
  expect((await run(other, "updatePairing", { ...update, expectedVersion: 2, name: "别人的" })).code).toBe("NOT_FOUND");
  expect(await done(worker, "updatePairing", { ...update, name: "旧" })).toEqual({ __typename: "VersionConflict", currentVersion: 2 });
  await consent(worker, id, xianghe);
  const settled = await run(worker, "updatePairing", { ...update, expectedVersion: 2, parties });
  expect(settled.problems).toEqual(["parties SETTLED"]);
  const named = await done(worker, "updatePairing", { ...update, expectedVersion: 2, name: "人才结对" });
  expect([named.name, days(named)]).toEqual(["人才结对", [day(0), null]]);
  const stale = { id, party: { communityId: wuxing }, expectedVersion: 2 };
  expect(await done(stranger, "consentToPairing", stale)).toEqual({ __typename: "VersionConflict", currentVersion: 3 });
  const farther = await done(worker, "updatePairing", { ...update, expectedVersion: 3, endsOn: null });
  expect([farther.endsOn, days(farther), farther.version]).toEqual([null, [null, null], 4]);
  const past = await run(worker, "updatePairing", { ...update, expectedVersion: 4, endsOn: day(-1) });
  expect(past.problems).toEqual(["endsOn IN_PAST"]);
  expect(await actions(id)).toEqual(["create", "update", "consent", "update", "lapse", "update"]);
  await consent(worker, id, xianghe);
  expect(await breaks("UPDATE communities.pairing SET fields = '{改}', version = version + 1 WHERE id = $1", [id])).toBe(
    "pairing_terms_agreed",
  );
});

test("what is signed is corrected with a reason, but for its kind and its parties; what is over stays", async () => {
  const { id } = await signed();
  const update = { id, expectedVersion: 2, name: "更正的名称", fields: ["养老"], endsOn: day(200) };
  expect((await run(worker, "updatePairing", update)).problems).toEqual(["reason REQUIRED"]);
  const reason = "原名写错";
  expect((await run(worker, "updatePairing", { ...update, reason, endsOn: day(-10) })).problems).toEqual(["endsOn PERIOD_REVERSED"]);
  const kinds = await run(worker, "updatePairing", {
    ...update,
    reason,
    kind: "OTHER",
    parties: [{ communityId: xianghe }, { communityId: weijia }],
  });
  expect(kinds.problems).toEqual(["kind SETTLED", "parties SETTLED"]);
  expect(await done(other, "updatePairing", { ...update, reason })).toMatchObject({
    name: "更正的名称",
    fields: ["养老"],
    endsOn: day(200),
    signedOn: day(-9),
    version: 3,
    state: "SIGNED",
  });
  expect(await breaks("UPDATE communities.pairing SET kind = 'OTHER', version = version + 1 WHERE id = $1", [id])).toBe(
    "pairing_signature_kept",
  );
  const [note] = await story.test.sql<{ reason: string }>(
    "SELECT after ->> 'reason' AS reason FROM communities.audit_entry WHERE entity_id = $1 AND action = 'update'",
    [id],
  );
  expect(note).toEqual({ reason });
  await done(worker, "movePairing", { id, expectedVersion: 3, to: "ENDED", reason: "完成" });
  expect(await done(worker, "updatePairing", { ...update, reason, expectedVersion: 4 })).toEqual({
    __typename: "PairingStepRefused",
    state: "ENDED",
  });
});

test("a visit before the signing is logged, and does not make the pairing active", async () => {
  const { id } = await signed(day(-5));
  const visit = { pairingId: id, kind: "VISIT", from: { communityId: xianghe }, to: { communityId: weijia } };
  const state = async () =>
    (await ask(story.endpoint, someone.public, `{ pairing(id: "${id}") { state quietDays lastExchangeOn owedVisits { owed } } }`)).data
      .pairing;
  await done(worker, "recordExchange", { ...visit, onDate: day(-20) });
  expect(await state()).toEqual({ state: "SIGNED", quietDays: 5, lastExchangeOn: day(-20), owedVisits: [{ owed: 1 }] });
  await done(worker, "recordExchange", { ...visit, onDate: day(-5) });
  expect(await state()).toMatchObject({ state: "ACTIVE", quietDays: 5, owedVisits: [{ owed: 2 }] });
});

test("a task is corrected with a reason, done once, and corrected still", async () => {
  const { id: pairingId } = await signed();
  const add = { pairingId, owner: { communityId: weijia }, title: "回仿" };
  expect((await run(worker, "addCommitment", { ...add, dueOn: day(-10) })).problems).toEqual(["dueOn BEFORE_SIGNING"]);
  const { id } = await done(worker, "addCommitment", { ...add, dueOn: day(-9) });
  const update = { id, expectedVersion: 1, reason: "错字" };
  expect((await run(stranger, "updateCommitment", { ...update, title: "x" })).code).toBe("FORBIDDEN");
  expect((await run(worker, "updateCommitment", { ...update, reason: " " })).problems).toEqual(["reason REQUIRED"]);
  expect((await run(worker, "updateCommitment", { ...update, dueOn: day(-10) })).problems).toEqual(["dueOn BEFORE_SIGNING"]);
  expect((await run(worker, "updateCommitment", { ...update, owner: { communityId: wuxing } })).problems).toEqual([
    "owner UNKNOWN_REFERENCE",
  ]);
  expect((await run(worker, "updateCommitment", { ...update, evidence: "照片" })).problems).toEqual(["doneOn NOT_ALLOWED"]);
  const right = { ...update, title: "回访", owner: { communityId: xianghe }, dueOn: day(20), idempotencyKey: "right" };
  const corrected = { title: "回访", status: "OPEN", dueOn: day(20), version: 2, owner: { member: { id: xianghe } } };
  expect(await done(worker, "updateCommitment", right)).toMatchObject(corrected);
  expect(await done(worker, "updateCommitment", right)).toMatchObject(corrected);
  const complete = { id, expectedVersion: 2, evidence: "照片" };
  expect((await run(worker, "completeCommitment", { ...complete, doneOn: day(-10) })).problems).toEqual(["doneOn BEFORE_SIGNING"]);
  expect(await done(worker, "completeCommitment", { ...complete, doneOn: day(-9) })).toMatchObject({ status: "DONE", doneOn: day(-9) });
  const settled = { __typename: "CommitmentSettled", status: "DONE", message: "The commitment is done already." };
  expect(await done(worker, "completeCommitment", { ...complete, expectedVersion: 3 })).toEqual(settled);
  expect(await done(worker, "dropCommitment", { id, expectedVersion: 3, reason: "误录" })).toEqual(settled);
  const later = await done(worker, "updateCommitment", { ...update, expectedVersion: 3, doneOn: day(-1), evidence: "合影" });
  expect(later).toMatchObject({ status: "DONE", doneOn: day(-1), evidence: "合影", version: 4 });
  expect(await actions(id)).toEqual(["create", "update", "complete", "update"]);
  const set = (change: string) => breaks(`UPDATE communities.pairing_commitment SET ${change} WHERE id = $1`, [id]);
  expect(await set("done_on = NULL, evidence = NULL")).toBe("pairing_commitment_settled");
  expect(await set("due_on = current_date - 100")).toBe("pairing_commitment_due_after");
  expect(await set("done_on = current_date - 100")).toBe("pairing_commitment_done_after");
  expect(await set("dropped_on = current_date, drop_reason = '误'")).toBe("pairing_commitment_dropped_whole");
});

test("a task entered by mistake is dropped with a reason, off the list and in the history, for good", async () => {
  const { id: pairingId } = await signed();
  const { id } = await done(worker, "addCommitment", { pairingId, owner: { communityId: weijia }, title: "误录", dueOn: day(3) });
  const drop = { id, expectedVersion: 1, reason: "录错了结对" };
  const both = await Promise.all([
    run(worker, "dropCommitment", drop),
    run(other, "completeCommitment", { id, expectedVersion: 1, evidence: "照片" }),
  ]);
  expect(both.map(({ result }) => result.__typename).sort()).toEqual(["PairingCommitment", "VersionConflict"]);
  const { id: next } = await done(worker, "addCommitment", { pairingId, owner: { communityId: weijia }, title: "误录二", dueOn: day(3) });
  const dropped = await done(worker, "dropCommitment", { ...drop, id: next });
  expect(dropped).toMatchObject({ status: "DROPPED", droppedOn: day(0), dropReason: "录错了结对", version: 2 });
  const again = { __typename: "CommitmentSettled", status: "DROPPED", message: "The commitment was dropped." };
  expect(await done(worker, "updateCommitment", { id: next, expectedVersion: 2, reason: "x", title: "x" })).toEqual(again);
  const text = `{ pairing(id: "${pairingId}") { commitments { nodes { id } } history: commitments(statuses: [DROPPED]) { nodes { id dropReason } } } }`;
  const { commitments, history } = (await ask(story.endpoint, someone.public, text)).data.pairing;
  expect(commitments.nodes.map((node: { id: string }) => node.id)).not.toContain(next);
  expect(history.nodes).toContainEqual({ id: next, dropReason: "录错了结对" });
  expect(await breaks("UPDATE communities.pairing_commitment SET title = '改' WHERE id = $1", [next])).toBe("pairing_commitment_settled");
});
