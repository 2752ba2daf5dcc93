import { randomBytes } from "node:crypto";
import { countStatements, KeyRing, rotateSealed, schemaDrift, stableId, verifyAudit } from "@gongjian/database";
import { inProcessEndpoint, type Viewer } from "@gongjian/subgraph";
import { ask, someone, type Answer } from "@gongjian/testing";
import { communitiesSubgraph, SEALED_TABLES } from "../src";
import { communitiesStory, type Story } from "./story";

const ISSUER = "https://id.example";
const xianghe = stableId("community", "CN_STATS:510116001001");
const weijia = stableId("community", "CN_STATS:510112001001");
const worker = someone.worker(xianghe);
const NAME = "示例居民";
let story: Story;
beforeAll(async () => {
  story = await communitiesStory();
}, 60_000);
afterAll(() => story.test.close());

const SAVE = `mutation ($input: SavePersonalRecordInput!) { r: savePersonalRecord(input: $input) { __typename ... on PersonalRecord { id version name mobile maskedIdNumber } ... on VersionConflict { currentVersion } ... on AlreadyExists { field } ... on TooManyIdNumbers { perDay } } }`;
const VERIFY = `mutation ($input: VerifyIdNumberInput!) { r: verifyIdNumber(input: $input) { ... on IdNumberVerification { matchesIdNumber } ... on TooManyIdNumbers { perDay } } }`;
const ERASE = `mutation ($input: ErasePersonalDataInput!) { r: erasePersonalData(input: $input) { __typename ... on Erasure { id pseudonym by at } } }`;
const SEEN = `query ($id: ID!) { personalRecords(communityId: $id, first: 100) { nodes { id name mobile maskedName maskedMobile maskedIdNumber } } }`;

let last = 0;
const resident = (): Viewer => ({ ...someone.resident(xianghe), issuer: ISSUER, subject: `resident-${++last}` });
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
let order = 0;
const newNumber = (): string => {
  const first = `11010519491231${String(++order).padStart(3, "0")}`;
  return first + "10X98765432"[WEIGHTS.reduce((sum, weight, at) => sum + weight * Number(first[at]), 0) % 11];
};
const save = (who: Viewer, input: object): Promise<Answer> =>
  ask(story.endpoint, who, SAVE, { input: { name: NAME, idNumber: newNumber(), mobile: "13800139999", communityId: xianghe, ...input } });
const erase = (who: Viewer, input: object = {}): Promise<Answer> => ask(story.endpoint, who, ERASE, { input });
const code = ({ errors }: Answer) => errors[0]?.extensions.code;
const everything = async (): Promise<string> => {
  const tables = await story.test.sql<{ name: string }>("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'communities'");
  const texts = await Promise.all(tables.map(({ name }) => story.test.sql(`SELECT t::text FROM communities.${name} t`)));
  return JSON.stringify(texts);
};

test("the migrated schema is what the entities say", async () => expect(await schemaDrift(story.database.dataSource)).toEqual([]));

test("its subject reads it, the community's worker sees it masked, nobody else at all, and no table holds a value", async () => {
  const me = resident();
  const idNumber = newNumber();
  const { data, errors } = await save(me, { idNumber, idempotencyKey: "first" });
  expect(errors).toEqual([]);
  expect(data.r).toMatchObject({ name: NAME, mobile: "+8613800139999", maskedIdNumber: `1${"*".repeat(16)}${idNumber[17]}` });
  const seen = await ask(story.endpoint, worker, SEEN, { id: xianghe });
  expect(seen.data.personalRecords.nodes).toContainEqual({
    id: data.r.id,
    name: null,
    mobile: null,
    maskedName: "示**",
    maskedMobile: "138****9999",
    maskedIdNumber: data.r.maskedIdNumber,
  });
  for (const who of [someone.admin, someone.auditor, someone.officer("510116"), someone.worker(weijia), me, resident()])
    expect(code(await ask(story.endpoint, who, SEEN, { id: xianghe }))).toBe("FORBIDDEN");
  const stored = await everything();
  for (const secret of [idNumber, "13800139999", NAME]) expect(stored).not.toContain(secret);
});

describe("ID numbers are told about ten a day", () => {
  const typenames = (answers: Answer[]) => answers.map(({ data }) => data.r.__typename);
  const compare = (who: Viewer, recordId: string, idNumber: string): Promise<Answer> =>
    ask(story.endpoint, who, VERIFY, { input: { recordId, idNumber } });
  const daysLater = () => story.test.sql("UPDATE communities.id_number_attempt SET on_day = on_day - 2");

  test("whoever tries whose numbers are registered gets no further, at once or one after the other, and starts anew another day", async () => {
    const known = newNumber();
    const holder = resident();
    expect((await save(holder, { idNumber: known })).data.r.__typename).toBe("PersonalRecord");
    const curious = resident();
    // racing: each is a number of its own
    const tried = typenames(
      await Promise.all(Array.from({ length: 30 }, () => save(curious, { idNumber: newNumber(), expectedVersion: 99 }))),
    );
    expect(tried.filter((name) => name === "VersionConflict")).toHaveLength(10);
    expect(tried.filter((name) => name === "TooManyIdNumbers")).toHaveLength(20);
    const [taken, free] = [await save(curious, { idNumber: known }), await save(curious, { idNumber: newNumber() })];
    expect(taken.data.r).toEqual({ __typename: "TooManyIdNumbers", perDay: 10 });
    expect(free.data.r).toEqual(taken.data.r);
    // to have one's data erased wins nothing, and others are not held up
    expect((await erase(curious)).errors).toEqual([]);
    expect(typenames([await save(curious, { idNumber: known })])).toEqual(["TooManyIdNumbers"]);
    expect(typenames([await save(resident(), { idNumber: known })])).toEqual(["AlreadyExists"]);
    await daysLater();
    expect(typenames([await save(curious, { idNumber: known })])).toEqual(["AlreadyExists"]);
    const days = await story.test.sql("SELECT DISTINCT on_day FROM communities.id_number_attempt WHERE on_day < current_date - 1");
    expect(days).toEqual([]);
  });

  test("a record is compared with no more, by however many, and the same number again is no other", async () => {
    const me = resident();
    const idNumber = newNumber();
    const { id } = (await save(me, { idNumber })).data.r;
    for (let time = 0; time < 15; time++) expect((await compare(worker, id, idNumber)).data.r.matchesIdNumber).toBe(true);
    for (let time = 0; time < 9; time++)
      expect((await compare(time % 2 ? worker : me, id, newNumber())).data.r.matchesIdNumber).toBe(false);
    expect((await compare(worker, id, newNumber())).data.r).toEqual({ perDay: 10 });
    expect((await compare(me, id, newNumber())).data.r).toEqual({ perDay: 10 });
    expect((await compare(worker, id, idNumber)).data.r.matchesIdNumber).toBe(true);
    expect((await compare(worker, id, "nonsense")).data.r.matchesIdNumber).toBe(false);
  });

  test("the database counts: no eleventh can be entered, nor one twice", async () => {
    const enter = (ordinal: number, number: string) =>
      story.test.sql("INSERT INTO communities.id_number_attempt VALUES ('x', current_date, $1, $2)", [number, ordinal]);
    await enter(1, "a");
    await expect(enter(11, "b")).rejects.toThrow("id_number_attempt_limit");
    await expect(enter(1, "b")).rejects.toThrow("id_number_attempt_once");
    await expect(enter(2, "a")).rejects.toThrow("id_number_attempt_pkey");
  });
});

test("an ID number is compared by who may, and each comparison is audited without it", async () => {
  const me = resident();
  const idNumber = newNumber();
  const { id: recordId } = (await save(me, { idNumber })).data.r;
  const verify = (who: Viewer, shown: string, more = {}) =>
    ask(story.endpoint, who, VERIFY, { input: { recordId, idNumber: shown, ...more } });
  const replayed = await Promise.all([1, 2].map(() => verify(me, idNumber, { idempotencyKey: "compared" })));
  expect(replayed.map(({ data }) => data.r.matchesIdNumber)).toEqual([true, true]);
  expect((await verify(worker, idNumber.toLowerCase())).data.r.matchesIdNumber).toBe(true);
  expect((await verify(me, newNumber())).data.r.matchesIdNumber).toBe(false);
  expect((await verify(me, "nonsense")).data.r.matchesIdNumber).toBe(false);
  for (const who of [someone.worker(weijia), someone.admin, someone.auditor, resident()])
    expect(code(await verify(who, idNumber))).toBe("NOT_FOUND");
  const trail = await story.test.sql<{ action: string; after: object }>(
    "SELECT action, after FROM communities.audit_entry WHERE entity_id = $1 AND action = 'verify' ORDER BY id",
    [recordId],
  );
  expect(trail.map(({ after }) => after)).toEqual([{ matches: true }, { matches: true }, { matches: false }, { matches: false }]);
});

test("one of ten who claim an ID number at once has it, and one of ten first records of a person is kept", async () => {
  const idNumber = newNumber();
  const claims = await Promise.all(Array.from({ length: 10 }, () => save(resident(), { idNumber })));
  expect(claims.map(({ data }) => data.r.__typename).sort()).toEqual([...Array(9).fill("AlreadyExists"), "PersonalRecord"]);
  const me = resident();
  const firsts = await Promise.all(Array.from({ length: 10 }, () => save(me, {})));
  expect(firsts.filter(({ data }) => data.r.__typename === "PersonalRecord")).toHaveLength(1);
});

test("a change needs its version, and bad input is not repeated", async () => {
  const me = resident();
  await save(me, {});
  expect((await save(me, {})).data.r).toMatchObject({ __typename: "VersionConflict", currentVersion: 1 });
  expect((await save(me, { expectedVersion: 1 })).data.r).toMatchObject({ version: 2 });
  const answer = await save(me, { idNumber: "110105194912310029", mobile: "1380013999" });
  expect(answer.errors[0]?.extensions.problems).toHaveLength(2);
  expect(JSON.stringify(answer)).not.toMatch(/110105|1380013/);
  expect(code(await save(someone.public, {}))).toBe("UNAUTHENTICATED");
});

test("what is stored about oneself is told to oneself alone", async () => {
  const me = resident();
  const idNumber = newNumber();
  await save(me, { idNumber });
  const { json } = (await ask(story.endpoint, me, "{ exportMyData { json } }")).data.exportMyData;
  expect(JSON.parse(json)).toMatchObject({
    subject: me.subject,
    personalRecord: { name: NAME, mobile: "+8613800139999" },
    actions: [{ action: "create", concept: "personal-record" }],
  });
  expect(json).not.toContain(idNumber);
  expect(code(await ask(story.endpoint, someone.public, "{ exportMyData { json } }"))).toBe("UNAUTHENTICATED");
});

test("erased: gone or under a pseudonym, once however often it is asked, the audit chain whole, and a new start possible", async () => {
  const me = resident();
  const idNumber = newNumber();
  const first = (await save(me, { idNumber, idempotencyKey: "erased" })).data.r;
  const granted = await ask(
    story.endpoint,
    someone.admin,
    `mutation ($input: GrantMembershipInput!) { r: grantMembership(input: $input) { ... on Membership { id } } }`,
    { input: { issuer: ISSUER, subject: me.subject, role: "RESIDENT", scope: `community:${xianghe}`, reason: "搬入" } },
  );
  const answers = await Promise.all(Array.from({ length: 5 }, () => erase(me)));
  expect(new Set(answers.map(({ data }) => data.r.id)).size).toBe(1);
  const { id, pseudonym } = answers[0]!.data.r;
  expect((await erase(me)).data.r.id).toBe(id);
  expect(await story.test.sql("SELECT 1 FROM communities.personal_record WHERE subject = $1", [me.subject])).toEqual([]);
  expect(
    await story.test.sql("SELECT 1 FROM communities.idempotency_record WHERE viewer LIKE '%' || $1 AND operation = 'savePersonalRecord'", [
      me.subject,
    ]),
  ).toEqual([]);
  expect(
    await story.test.sql("SELECT subject, reason, revoked_at IS NOT NULL AS over FROM communities.membership WHERE id = $1", [
      granted.data.r.id,
    ]),
  ).toEqual([{ subject: pseudonym, reason: null, over: true }]);
  expect((await verifyAudit(story.test.adminUrl, ["communities"])).map(({ problem }) => problem)).toEqual([null]);
  expect(await story.test.sql("SELECT 1 FROM communities.audit_entry WHERE subject = $1", [me.subject])).not.toEqual([]);
  expect(await story.test.sql("SELECT 1 FROM communities.audit_entry WHERE action = 'erase' AND entity_id = $1", [id])).toHaveLength(1);
  const anew = (await save(me, { idNumber })).data.r;
  expect(anew).toMatchObject({ __typename: "PersonalRecord", version: 1 });
  expect(anew.id).not.toBe(first.id);
  expect((await erase(me)).data.r.id).not.toBe(id);
});

test("an administrator erases with a reason; nobody else erases another's", async () => {
  const me = resident();
  await save(me, {});
  const whose = { issuer: ISSUER, subject: me.subject };
  for (const who of [worker, someone.officer("510116"), someone.auditor, resident()])
    expect(code(await erase(who, whose))).toBe("FORBIDDEN");
  expect(code(await erase(someone.public, whose))).toBe("UNAUTHENTICATED");
  expect(code(await erase(someone.admin, whose))).toBe("BAD_USER_INPUT");
  expect((await erase(someone.admin, { ...whose, reason: "申请" })).data.r).toMatchObject({ __typename: "Erasure", by: "ADMIN" });
});

test("of two issuers' subjects of one name, one is told and erased, and the other stays as they were", async () => {
  const me = { ...resident(), memberships: [{ role: "ADMIN", scope: "*" }] } as Viewer;
  const other: Viewer = { ...me, issuer: "https://other.example" };
  const added = await ask(
    story.endpoint,
    worker,
    `mutation ($input: AddContactInput!) { r: addContact(input: $input) { ... on Contact { id } } }`,
    { input: { communityId: xianghe, kind: "PHONE", purpose: "值班", value: "028-85550177" } },
  );
  const contactId = added.data.r.id as string;
  const held: string[] = [];
  for (const [who, tokenId] of [
    [me, "mine"],
    [other, "theirs"],
  ] as const) {
    await ask(story.endpoint, who, `query ($id: ID!) { community(id: $id) { contacts(first: 100) { nodes { value } } } }`, { id: xianghe });
    const { id, version } = (
      await ask(
        story.endpoint,
        who,
        `mutation ($input: GrantMembershipInput!) { r: grantMembership(input: $input) { ... on Membership { id version grantedByIssuer } } }`,
        { input: { issuer: ISSUER, subject: `held-${tokenId}`, role: "AUDITOR", scope: "*" } },
      )
    ).data.r;
    const revoked = await ask(
      story.endpoint,
      who,
      `mutation ($input: RevokeMembershipInput!) { r: revokeMembership(input: $input) { ... on Membership { grantedByIssuer revokedByIssuer } } }`,
      { input: { id, expectedVersion: version } },
    );
    expect(revoked.data.r).toEqual({ grantedByIssuer: who.issuer, revokedByIssuer: who.issuer });
    await ask(story.endpoint, who, `mutation ($input: RevokeTokenInput!) { r: revokeToken(input: $input) { __typename } }`, {
      input: { issuer: ISSUER, tokenId, expiresAt: "2099-01-01T00:00:00Z" },
    });
    held.push(id);
  }
  const readingsOf = async (issuer: string | undefined) =>
    (
      await ask(
        story.endpoint,
        someone.auditor,
        `query ($issuer: String, $subject: String, $contactId: ID) { contactReadings(issuer: $issuer, subject: $subject, contactId: $contactId) { nodes { issuer subject } } }`,
        { issuer, subject: me.subject, contactId },
      )
    ).data.contactReadings.nodes;
  expect(await readingsOf(me.issuer)).toEqual([{ issuer: ISSUER, subject: me.subject }]);
  expect(await readingsOf(undefined)).toHaveLength(2);
  const exported = JSON.parse((await ask(story.endpoint, me, "{ exportMyData { json } }")).data.exportMyData.json);
  expect(exported.contactReadings.filter((reading: { contactId: string }) => reading.contactId === contactId)).toHaveLength(1);

  const { pseudonym } = (await erase(me)).data.r;
  expect(await readingsOf(me.issuer)).toEqual([]);
  expect(await readingsOf(other.issuer)).toEqual([{ issuer: other.issuer, subject: me.subject }]);
  const by = await story.test.sql(
    `SELECT granted_by_issuer AS "grantedByIssuer", granted_by AS "grantedBy", revoked_by_issuer AS "revokedByIssuer", revoked_by AS "revokedBy"
     FROM communities.membership WHERE id = ANY($1::uuid[]) ORDER BY array_position($1::uuid[], id)`,
    [held],
  );
  const named = (issuer: string, subject: string) => ({
    grantedByIssuer: issuer,
    grantedBy: subject,
    revokedByIssuer: issuer,
    revokedBy: subject,
  });
  expect(by).toEqual([named("urn:gongjian:erased", pseudonym), named(other.issuer!, me.subject)]);
  const tokens = await story.test.sql(
    "SELECT revoked_by FROM communities.revoked_token WHERE token_id IN ('mine', 'theirs') ORDER BY token_id",
  );
  expect(tokens).toEqual([{ revoked_by: pseudonym }, { revoked_by: me.subject }]);
  // what was done after an erasure is erased again, under a pseudonym of its own
  await ask(story.endpoint, me, `query ($id: ID!) { community(id: $id) { contacts(first: 100) { nodes { value } } } }`, { id: xianghe });
  expect((await erase(me)).data.r.pseudonym).not.toBe(pseudonym);
  expect(await readingsOf(me.issuer)).toEqual([]);
  expect((await verifyAudit(story.test.adminUrl, ["communities"])).map(({ problem }) => problem)).toEqual([null]);
});

test("the number of statements does not grow with the records", async () => {
  const counter = countStatements(story.database);
  const query = (first: number) =>
    `query ($id: ID!) { personalRecords(communityId: $id, first: ${first}) { nodes { maskedName maskedMobile maskedIdNumber community { name } } } }`;
  const counts: number[] = [];
  for (const first of [1, 5]) {
    counter.reset();
    const { data } = await ask(story.endpoint, worker, query(first), { id: xianghe });
    expect(data.personalRecords.nodes).toHaveLength(first);
    counts.push(counter.count());
  }
  expect(counts[1]).toBe(counts[0]);
});

test("the keys are changed while people write: all is sealed anew, an ID number stays taken, and the old key can go", async () => {
  const [a, b] = ["a", "b"].map((id) => `${id}:${randomBytes(32).toString("base64")}`) as [string, string];
  await story.test.sql("DELETE FROM communities.personal_record");
  await story.test.sql("DELETE FROM communities.contact");
  const under = async (keys: string) => {
    const database = await story.test.open("communities", { keys: KeyRing.parse(keys) });
    return { database, endpoint: inProcessEndpoint(communitiesSubgraph(database, {}, () => undefined)) };
  };
  const saveBy = (endpoint: Story["endpoint"], who: Viewer, idNumber: string) =>
    ask(endpoint, who, SAVE, { input: { name: NAME, idNumber, mobile: "13800139999", communityId: xianghe } });
  const old = await under(`${a},${b}`);
  const numbers = Array.from({ length: 25 }, newNumber);
  for (const idNumber of numbers) await saveBy(old.endpoint, resident(), idNumber);
  const fresh = await under(`${b},${a}`);
  expect((await saveBy(fresh.endpoint, resident(), numbers[0]!)).data.r.__typename).toBe("AlreadyExists");
  const [rotated] = await Promise.all([
    rotateSealed(fresh.database, SEALED_TABLES[1]!, { size: 4 }),
    ...Array.from({ length: 10 }, () => saveBy(fresh.endpoint, resident(), newNumber())),
  ]);
  expect(rotated).toBe(25);
  expect(await rotateSealed(fresh.database, SEALED_TABLES[1]!)).toBe(0);
  const alone = await under(b);
  const seen = await ask(alone.endpoint, worker, SEEN, { id: xianghe });
  expect(seen.errors).toEqual([]);
  expect(seen.data.personalRecords.nodes).toHaveLength(35);
  expect((await saveBy(alone.endpoint, resident(), numbers[24]!)).data.r.__typename).toBe("AlreadyExists");
});

test("a rotation that is broken off has done its batches, and goes on with what is left", async () => {
  const [a, b] = ["a", "b"].map((id) => `${id}:${randomBytes(32).toString("base64")}`) as [string, string];
  await story.test.sql("DELETE FROM communities.personal_record");
  const under = (keys: string) => story.test.open("communities", { keys: KeyRing.parse(keys) });
  const old = inProcessEndpoint(communitiesSubgraph(await under(a), {}, () => undefined));
  for (let at = 0; at < 10; at++)
    await ask(old, resident(), SAVE, { input: { name: NAME, idNumber: newNumber(), mobile: "13800139999", communityId: xianghe } });
  const fresh = await under(`${b},${a}`);
  const broken = rotateSealed(fresh, SEALED_TABLES[1]!, {
    size: 4,
    progress: () => {
      throw new Error("broken off");
    },
  });
  await expect(broken).rejects.toThrow("broken off");
  const underKeys = () =>
    story.test.sql("SELECT key_id, count(*)::int AS rows FROM communities.personal_record GROUP BY key_id ORDER BY key_id");
  expect(await underKeys()).toEqual([
    { key_id: "a", rows: 6 },
    { key_id: "b", rows: 4 },
  ]);
  expect(await rotateSealed(fresh, SEALED_TABLES[1]!, { size: 4 })).toBe(6);
  expect(await underKeys()).toEqual([{ key_id: "b", rows: 10 }]);
});
