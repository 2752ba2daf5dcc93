import { constraintOf, countStatements, schemaDrift, stableId } from "@gongjian/database";
import type { Viewer } from "@gongjian/subgraph";
import { ask, someone, type Answer } from "@gongjian/testing";
import { communitiesStory, type Story } from "./story";

const xianghe = stableId("community", "CN_STATS:510116001001");
const weijia = stableId("community", "CN_STATS:510112001001");
const wuxing = stableId("community", "CN_STATS:510112001002");
let story: Story;

beforeAll(async () => {
  story = await communitiesStory();
}, 60_000);
afterAll(() => story.test.close());

const worker = someone.worker(xianghe);
const other = someone.worker(weijia);
const stranger = someone.worker(wuxing);
const day = (days: number): string => new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

const FIELDS = `id key kind name fields state signedOn endsOn endedOn endReason lastExchangeOn quietDays version
  parties { id side consentedOn member { ... on Community { id } ... on Organisation { id } } }`;
const MEMBERS: Record<string, string> = {
  proposePairing: "... on IdempotencyConflict { message }",
  consentToPairing: "... on PairingStepRefused { state next }",
  signPairing: "... on PairingStepRefused { state next } ... on ConsentMissing { missing } ... on VersionConflict { currentVersion }",
  movePairing: "... on PairingStepRefused { state next } ... on VersionConflict { currentVersion }",
  renewPairing: "... on PairingStepRefused { state next } ... on RenewalExists { renewalId state message }",
  recordExchange: "... on PairingExchange { id kind onDate headCount } ... on PairingStepRefused { state }",
  addCommitment: "... on PairingCommitment { id title status dueOn version } ... on PairingStepRefused { state }",
  completeCommitment: "... on PairingCommitment { id status doneOn evidence version } ... on VersionConflict { currentVersion }",
};
const code = ({ errors }: Answer) => errors[0]?.extensions.code;

async function run(who: Viewer, name: string, input: object) {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const own = name.endsWith("Pairing") ? `... on Pairing { ${FIELDS} }` : "";
  const answer = await ask(
    story.endpoint,
    who,
    `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ${own} ${MEMBERS[name]} } }`,
    { input },
  );
  return { ...answer, result: answer.data?.[name] };
}

const propose = async (more: object = {}) => {
  const input = { kind: "COMMUNITY", name: "结对共建", parties: [{ communityId: xianghe }, { communityId: weijia, side: 2 }], ...more };
  const { result, errors } = await run(worker, "proposePairing", input);
  expect(errors).toEqual([]);
  return result;
};
const consent = (who: Viewer, id: string, communityId: string) => run(who, "consentToPairing", { id, party: { communityId } });
async function signed(more: object = {}) {
  const { id, version } = await propose(more);
  await consent(worker, id, xianghe);
  await consent(other, id, weijia);
  const { result } = await run(other, "signPairing", { id, expectedVersion: version });
  expect(result.__typename).toBe("Pairing");
  return result;
}
const read = async (who: Viewer, id: string, selection = FIELDS) =>
  (await ask(story.endpoint, who, `query ($id: ID!) { pairing(id: $id) { ${selection} } }`, { id })).data.pairing;
const sql = (text: string, values: unknown[]) => story.test.sql(text, values);
const breaks = async (text: string, values: unknown[]): Promise<string | undefined> => {
  try {
    await sql(text, values);
  } catch (error) {
    return constraintOf(error)?.constraint ?? (error as { constraint?: string }).constraint;
  }
  return undefined;
};

test("the migrated schema is what the entities say", async () => {
  expect(await schemaDrift(story.database.dataSource)).toEqual([]);
});

test("proposed, agreed by each party for itself, signed, alive, asleep, awake, over", async () => {
  const proposed = await propose({ fields: ["研学"], idempotencyKey: "life" });
  expect(proposed).toMatchObject({ __typename: "Pairing", state: "PROPOSED", signedOn: null, quietDays: null, version: 1 });
  expect((await propose({ fields: ["研学"], idempotencyKey: "life" })).id).toBe(proposed.id);
  const { id } = proposed;
  expect((await run(worker, "signPairing", { id, expectedVersion: 1 })).result).toEqual({ __typename: "ConsentMissing", missing: 2 });
  expect(code(await consent(worker, id, weijia))).toBe("FORBIDDEN");
  expect((await consent(worker, id, xianghe)).result.parties.map((party: { consentedOn: string | null }) => party.consentedOn)).toEqual([
    day(0),
    null,
  ]);
  expect((await run(worker, "signPairing", { id, expectedVersion: 1 })).result).toEqual({ __typename: "ConsentMissing", missing: 1 });
  await consent(other, id, weijia);
  const future = await run(other, "signPairing", { id, expectedVersion: 1, signedOn: day(1) });
  expect(code(future)).toBe("BAD_USER_INPUT");
  const { result: done } = await run(other, "signPairing", { id, expectedVersion: 1 });
  expect(done).toMatchObject({ state: "SIGNED", signedOn: day(0), quietDays: 0, version: 2 });
  expect((await run(worker, "signPairing", { id, expectedVersion: 2 })).result).toMatchObject({
    __typename: "PairingStepRefused",
    state: "SIGNED",
  });
  const visit = {
    pairingId: id,
    kind: "VISIT",
    from: { communityId: xianghe },
    to: { communityId: weijia },
    onDate: day(0),
    headCount: 12,
  };
  expect((await run(worker, "recordExchange", visit)).result).toMatchObject({ __typename: "PairingExchange", headCount: 12 });
  expect(await read(someone.public, id)).toMatchObject({ state: "ACTIVE", lastExchangeOn: day(0), version: 3 });
  const { result: asleep } = await run(worker, "movePairing", { id, expectedVersion: 3, to: "DORMANT" });
  expect(asleep).toMatchObject({ state: "DORMANT", version: 4 });
  await run(other, "recordExchange", { ...visit, from: visit.to, to: visit.from, kind: "ONLINE" });
  expect(await read(someone.public, id)).toMatchObject({ state: "ACTIVE", version: 5 });
  expect(code(await run(worker, "movePairing", { id, expectedVersion: 5, to: "ENDED" }))).toBe("BAD_USER_INPUT");
  expect(code(await run(worker, "movePairing", { id, expectedVersion: 5, to: "SIGNED" }))).toBe("BAD_USER_INPUT");
  const { result: over } = await run(worker, "movePairing", { id, expectedVersion: 5, to: "ENDED", reason: "期满" });
  expect(over).toMatchObject({ state: "ENDED", endedOn: day(0), endReason: "期满" });
  expect((await run(worker, "recordExchange", visit)).result).toEqual({ __typename: "PairingStepRefused", state: "ENDED" });
  const trail = await story.test.sql<{ action: string }>("SELECT action FROM communities.audit_entry WHERE entity_id = $1 ORDER BY id", [
    id,
  ]);
  expect(trail.map(({ action }) => action).sort()).toEqual(["consent", "consent", "create", "move", "move", "move", "move", "sign"].sort());
});

test("a proposal shows to its parties and those above alone, everywhere alike", async () => {
  const { id } = await propose();
  const listed = `query ($id: ID!) { pairing(id: $id) { id } pairings(filter: { states: [PROPOSED] }, first: 100) { totalCount nodes { id } }
    community(id: "${xianghe}") { pairings(filter: { states: [PROPOSED] }, first: 100) { totalCount nodes { id } } }
    _entities(representations: [{ __typename: "Pairing", id: "${id}" }]) { ... on Pairing { id } } }`;
  for (const [who, sees] of [
    [worker, true],
    [other, true],
    [someone.officer("510112"), true],
    [someone.officer("zone-tianfu"), true],
    [someone.admin, true],
    [stranger, false],
    [someone.public, false],
    [someone.officer("510117"), false],
  ] as const) {
    const { data } = await ask(story.endpoint, who, listed, { id });
    const ids = (page: { nodes: { id: string }[] }) => page.nodes.map((node) => node.id).includes(id);
    expect([data.pairing?.id === id, ids(data.pairings), ids(data.community.pairings), data._entities[0]?.id === id]).toEqual(
      Array(4).fill(sees),
    );
    expect(data.pairings.totalCount).toBe(data.pairings.nodes.length);
    expect(data.community.pairings.totalCount).toBe(data.community.pairings.nodes.length);
  }
  expect(code(await consent(stranger, id, wuxing))).toBe("NOT_FOUND");
  expect(
    code(
      await run(stranger, "proposePairing", {
        kind: "OTHER",
        name: "别人的",
        parties: [{ communityId: xianghe }, { communityId: weijia }],
      }),
    ),
  ).toBe("FORBIDDEN");
});

test("a renewal is agreed and signed anew, and then takes the place of what it renews; once", async () => {
  const first = await signed({ endsOn: day(30) });
  const listing = `{ pairings(filter: { expiringWithin: 30 }, first: 100) { nodes { id } } }`;
  const expiring = async () =>
    (await ask(story.endpoint, someone.public, listing)).data.pairings.nodes.map((node: { id: string }) => node.id);
  expect(await expiring()).toContain(first.id);
  const { result: fresh } = await run(worker, "renewPairing", { id: first.id, endsOn: day(400) });
  expect(fresh).toMatchObject({ state: "PROPOSED", endsOn: day(400) });
  expect((await run(other, "renewPairing", { id: first.id })).result).toMatchObject({
    __typename: "RenewalExists",
    renewalId: fresh.id,
    state: "PROPOSED",
  });
  expect((await read(someone.public, first.id, "renewedBy { id }")).renewedBy).toBeNull();
  await Promise.all([consent(worker, fresh.id, xianghe), consent(other, fresh.id, weijia)]);
  expect((await run(worker, "signPairing", { id: fresh.id, expectedVersion: 1 })).result.state).toBe("SIGNED");
  expect(await read(someone.public, first.id, "state renewedBy { id renews { id } }")).toEqual({
    state: "RENEWED",
    renewedBy: { id: fresh.id, renews: { id: first.id } },
  });
  expect(await expiring()).not.toContain(first.id);
});

test("who owes a return visit, and a list of tasks with its owner", async () => {
  const { id } = await signed();
  const visit = { pairingId: id, kind: "VISIT", from: { communityId: xianghe }, to: { communityId: weijia }, headCount: 3 };
  for (const onDate of [day(-40), day(-10)]) await run(worker, "recordExchange", { ...visit, onDate });
  await run(other, "recordExchange", { ...visit, from: visit.to, to: visit.from, onDate: day(-20) });
  const owed = `owedVisits { made returned owed waitingSince waitingDays visitor { member { ... on Community { id } } } host { member { ... on Community { id } } } }`;
  expect((await read(someone.public, id, owed)).owedVisits).toEqual([
    {
      made: 2,
      returned: 1,
      owed: 1,
      waitingSince: day(-10),
      waitingDays: 10,
      visitor: { member: { id: xianghe } },
      host: { member: { id: weijia } },
    },
  ]);
  const promise = { pairingId: id, owner: { communityId: weijia }, title: "回访" };
  expect(code(await run(worker, "addCommitment", { ...promise, dueOn: day(-1) }))).toBe("BAD_USER_INPUT");
  const late = (await run(worker, "addCommitment", { ...promise, dueOn: day(1) })).result;
  expect(late).toMatchObject({ status: "OPEN", version: 1 });
  expect(
    (await run(worker, "addCommitment", { pairingId: id, owner: { communityId: weijia }, title: "展销", dueOn: day(0) })).result.status,
  ).toBe("OPEN");
  const outsider = await run(worker, "addCommitment", { pairingId: id, owner: { communityId: wuxing }, title: "无关", dueOn: day(0) });
  expect(code(outsider)).toBe("BAD_USER_INPUT");
  const complete = { id: late.id, expectedVersion: 1, evidence: "照片" };
  expect(code(await run(worker, "completeCommitment", complete))).toBe("FORBIDDEN");
  expect((await run(other, "completeCommitment", complete)).result).toMatchObject({
    status: "DONE",
    doneOn: day(0),
    evidence: "照片",
    version: 2,
  });
  expect((await run(other, "completeCommitment", complete)).result).toEqual({ __typename: "VersionConflict", currentVersion: 2 });
  const tasks = "commitments(statuses: [OPEN]) { totalCount nodes { title owner { member { ... on Community { id } } } } }";
  expect((await read(someone.public, id, tasks)).commitments).toEqual({
    totalCount: 1,
    nodes: [{ title: "展销", owner: { member: { id: weijia } } }],
  });
});

test("asleep by the days without an exchange, whatever anybody calls it", async () => {
  const rows = [300, 100].map((days) => ({
    key: `quiet-${days}`,
    kind: "COMMUNITY",
    name: `静${days}`,
    parties: [{ communityId: xianghe }, { communityId: weijia }],
    signedOn: day(-days),
  }));
  await imported("Pairings", rows);
  const asleep = async (filter: string) =>
    (
      await ask(story.endpoint, someone.public, `{ pairings(filter: { dormant: true ${filter} }, first: 100) { nodes { key } } }`)
    ).data.pairings.nodes
      .map(({ key }: { key: string | null }) => key)
      .filter((key: string | null) => key?.startsWith("quiet-"))
      .sort();
  expect(await asleep("")).toEqual(["quiet-300"]);
  expect(await asleep("quietFor: 100")).toEqual(["quiet-100", "quiet-300"]);
  expect(await asleep("quietFor: 301")).toEqual([]);
});

const OUTCOME = "... on BulkOutcome { written created updated unchanged rows { status problems { field code } } }";
async function imported(concept: string, rows: object[], more: object = {}, who = someone.admin) {
  const answer = await ask(
    story.endpoint,
    who,
    `mutation ($input: Import${concept}Input!) { answer: import${concept}(input: $input) { __typename ${OUTCOME} } }`,
    { input: { rows, ...more } },
  );
  expect(answer.errors).toEqual([]);
  return answer.data.answer;
}

test("lists of pairings, exchanges and commitments go in once, dry first; what is settled stays", async () => {
  const pairing = {
    key: "list-1",
    kind: "URBAN_RURAL",
    name: "城乡结对",
    fields: ["展销", "研学", "人才"],
    parties: [{ communityId: xianghe }, { communityId: weijia, side: 2 }],
    signedOn: "2024-04-06",
    source: "report-001",
  };
  expect(await imported("Pairings", [pairing], { dryRun: true })).toMatchObject({ written: false, created: 1 });
  expect(await imported("Pairings", [pairing])).toMatchObject({ written: true, created: 1 });
  expect(await imported("Pairings", [pairing])).toMatchObject({ written: false, unchanged: 1 });
  expect(await imported("Pairings", [{ ...pairing, name: "手拉手" }])).toMatchObject({ updated: 1 });
  const others = await imported("Pairings", [{ ...pairing, parties: [{ communityId: xianghe }, { communityId: wuxing }] }]);
  expect(others.rows[0].problems).toEqual([{ field: "key", code: "SETTLED" }]);
  const oneSided = await imported("Pairings", [{ ...pairing, key: "list-2" }], {}, someone.officer("510112"));
  expect(oneSided.rows[0].problems).toEqual([{ field: "key", code: "FORBIDDEN" }]);
  const alone = await imported("Pairings", [{ ...pairing, key: "list-3", parties: [{ communityId: xianghe }] }]);
  expect(alone.rows[0].problems).toEqual([{ field: "parties", code: "TOO_FEW" }]);

  const ends = { from: { communityId: weijia }, to: { communityId: xianghe } };
  const exchange = { key: "x-1", pairingKey: "list-1", kind: "GOODS", ...ends, onDate: "2024-04-06" };
  expect(await imported("PairingExchanges", [exchange])).toMatchObject({ written: true, created: 1 });
  expect(await imported("PairingExchanges", [exchange])).toMatchObject({ unchanged: 1 });
  const strange = { ...exchange, key: "x-2", to: { communityId: wuxing } };
  expect((await imported("PairingExchanges", [strange])).rows[0].problems).toEqual([{ field: "to", code: "UNKNOWN_REFERENCE" }]);
  const task = { key: "t-1", pairingKey: "list-1", owner: { communityId: weijia }, title: "展销", dueOn: "2024-06-30" };
  expect(await imported("PairingCommitments", [task])).toMatchObject({ written: true, created: 1 });
  expect(await imported("PairingCommitments", [{ ...task, doneOn: "2024-06-01", evidence: "照片" }])).toMatchObject({ updated: 1 });
  expect((await imported("PairingCommitments", [{ ...task, pairingKey: "none" }])).rows[0].problems).toEqual([
    { field: "pairingKey", code: "UNKNOWN_REFERENCE" },
  ]);
  // what a list leaves out stays; to empty the day is to undo what is settled
  expect(await imported("PairingCommitments", [task])).toMatchObject({ unchanged: 1 });
  const undone = await imported("PairingCommitments", [{ ...task, doneOn: null, evidence: null }]);
  expect(undone.rows[0].problems).toEqual([{ field: "key", code: "SETTLED" }]);
  const early = await imported("PairingCommitments", [
    { ...task, key: "t-2", dueOn: "2024-04-05", doneOn: "2024-04-05", evidence: "照片" },
  ]);
  expect(early.rows[0].problems).toEqual([
    { field: "dueOn", code: "BEFORE_SIGNING" },
    { field: "doneOn", code: "BEFORE_SIGNING" },
  ]);
  const { data } = await ask(story.endpoint, someone.public, `{ pairingByKey(key: "list-1") { state name signedOn } }`);
  expect(data.pairingByKey).toEqual({ state: "ACTIVE", name: "手拉手", signedOn: "2024-04-06" });
});

test("two agree at once and both count; two sign at once and one does", async () => {
  for (let round = 0; round < 5; round += 1) {
    const { id } = await propose();
    const agreed = await Promise.all([consent(worker, id, xianghe), consent(other, id, weijia)]);
    expect(agreed.map(({ result }) => result.__typename)).toEqual(["Pairing", "Pairing"]);
    const signings = await Promise.all([worker, other, worker, other].map((who) => run(who, "signPairing", { id, expectedVersion: 1 })));
    expect(signings.map(({ result }) => result.__typename).sort()).toEqual([
      "Pairing",
      "VersionConflict",
      "VersionConflict",
      "VersionConflict",
    ]);
    const renewals = await Promise.all([worker, other].map((who) => run(who, "renewPairing", { id })));
    expect(renewals.map(({ result }) => result.__typename).sort()).toEqual(["Pairing", "RenewalExists"]);
  }
});

test("the database keeps its word, whoever writes", async () => {
  const { id } = await signed();
  const draft = await propose();
  const insert = "INSERT INTO communities.pairing (id, kind, name) VALUES (gen_random_uuid(), 'OTHER', '独')";
  expect(await breaks(insert, [])).toBe("pairing_two_parties");
  expect(
    await breaks(
      `${insert.replace("(id, kind, name)", "(id, kind, name, state, signed_on)").replace("'独')", "'独', 'SIGNED', now())")}`,
      [],
    ),
  ).toBe("pairing_step_order");
  const party =
    "INSERT INTO communities.pairing_party (id, pairing_id, place, community_id, side) VALUES (gen_random_uuid(), $1, 'community:' || $2, $2::uuid, 1)";
  expect(await breaks(party, [draft.id, xianghe])).toBe("pairing_party_once");
  expect(await breaks(party, [id, wuxing])).toBe("pairing_parties_kept");
  expect(await breaks("DELETE FROM communities.pairing_party WHERE pairing_id = $1", [id])).toBe("pairing_parties_kept");
  expect(await breaks("DELETE FROM communities.pairing_party WHERE pairing_id = $1", [draft.id])).toBe("pairing_two_parties");
  const to = (state: string, more = "") => `UPDATE communities.pairing SET state = '${state}', version = version + 1 ${more} WHERE id = $1`;
  expect(await breaks(to("SIGNED"), [draft.id])).toBe("pairing_signed_dated");
  expect(await breaks(to("SIGNED", ", signed_on = now()"), [draft.id])).toBe("pairing_all_consent");
  expect(await breaks(to("ACTIVE", ", signed_on = now()"), [draft.id])).toBe("pairing_step_order");
  expect(await breaks(to("ENDED"), [id])).toBe("pairing_ended_whole");
  expect(await breaks(to("RENEWED"), [id])).toBe("pairing_renewal_signed");
  expect(await breaks(to("SIGNED", ", signed_on = '2020-01-01'"), [id])).toBe("pairing_signature_kept");
  expect(await breaks("UPDATE communities.pairing SET name = '改' WHERE id = $1", [id])).toBe("pairing_step_order");
  expect(await breaks("DELETE FROM communities.pairing WHERE id = $1", [id])).toBe("pairing_kept");
  const [mine, theirs] = [await read(someone.admin, id), await read(someone.admin, draft.id)];
  const exchange = `INSERT INTO communities.pairing_exchange (id, pairing_id, kind, from_id, to_id, on_date) VALUES (gen_random_uuid(), $1, 'VISIT', $2, $3, now())`;
  expect(await breaks(exchange, [id, mine.parties[0].id, theirs.parties[1].id])).toBe("pairing_own_parties");
  expect(await breaks(exchange, [id, mine.parties[0].id, mine.parties[0].id])).toBe("pairing_exchange_two");
  expect(await breaks(exchange, [draft.id, theirs.parties[0].id, theirs.parties[1].id])).toBe("pairing_holds");
  await run(worker, "movePairing", { id, expectedVersion: 2, to: "ENDED", reason: "期满" });
  expect(await breaks("UPDATE communities.pairing SET name = '改', version = version + 1 WHERE id = $1", [id])).toBe("pairing_over_kept");
});

test("the statements do not grow with the pairings", async () => {
  for (let made = 0; made < 6; made += 1) {
    const { id } = await signed({ fields: ["计数"] });
    const ends = { from: { communityId: xianghe }, to: { communityId: weijia } };
    await run(worker, "recordExchange", { pairingId: id, kind: "VISIT", ...ends, onDate: day(0) });
    await run(worker, "addCommitment", { pairingId: id, owner: { communityId: weijia }, title: "回访", dueOn: day(9) });
    await run(worker, "renewPairing", { id });
  }
  const query = `query ($first: Int!) { pairings(first: $first, filter: { field: "计数" }, orderBy: SIGNED_ASC) { nodes { ${FIELDS} renewedBy { id } renews { id } owedVisits { owed visitor { id } }
    exchanges { totalCount nodes { from { id } to { id } } } commitments { nodes { owner { member { ... on Community { id } } } } } } } }`;
  const counter = countStatements(story.database);
  const count = async (first: number) => {
    counter.reset();
    const { errors } = await ask(story.endpoint, someone.admin, query, { first });
    expect(errors).toEqual([]);
    return counter.count();
  };
  await count(1);
  // parties are asked for on several ways, in one statement or a few as these ways happen to meet; a statement a row would be four more
  expect(await count(6)).toBeLessThan((await count(2)) + 4);
});

test("a region's network: who with whom, in one statement of its own, and drawn", async () => {
  const query = `{ regionPairingNetwork(within: "510112") { nodes { place name inside degree component } edges { pairings } components { size places }
    mostConnected { name degree } isolatedCount isolated { name } svg } none: regionPairingNetwork(within: "nowhere") { isolatedCount } }`;
  const { data, errors } = await ask(story.endpoint, someone.public, query);
  expect(errors).toEqual([]);
  expect(data.none).toBeNull();
  const network = data.regionPairingNetwork;
  expect(network.nodes.map(({ name, inside, degree }: Record<string, unknown>) => [name, inside, degree]).sort()).toEqual(
    [
      ["祥鹤社区居委会", false, 1],
      ["魏家街社区居委会", true, 1],
    ].sort(),
  );
  expect(network.components).toHaveLength(1);
  expect(network.mostConnected).toEqual([{ name: "魏家街社区居委会", degree: 1 }]);
  expect([network.isolatedCount, network.isolated]).toEqual([1, [{ name: "五星社区居委会" }]]);
  expect(network.svg).toContain('<title id="title">龙泉驿区结对网络</title>');
  expect(network.svg).toContain("魏家街社区居委会");
});
