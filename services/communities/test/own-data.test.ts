import { stableId, verifyAudit } from "@gongjian/database";
import type { Viewer } from "@gongjian/subgraph";
import { ask, someone } from "@gongjian/testing";
import { communitiesStory, type Story } from "./story";

/** Two providers know the same two names: four people. Each does everything that is stored under who did it. */
const ISSUERS = ["https://a.example", "https://b.example"] as const;
const SUBJECTS = ["person-one", "person-two"] as const;
const xianghe = stableId("community", "CN_STATS:510116001001");
const PEOPLE = ISSUERS.flatMap((issuer) =>
  SUBJECTS.map((subject) => ({
    issuer,
    subject,
    memberships: [
      { role: "ADMIN", scope: "*" },
      { role: "RESIDENT", scope: `community:${xianghe}` },
    ],
  })),
) satisfies Viewer[];
type Person = (typeof PEOPLE)[number];
const [me] = PEOPLE as [Person];
const markOf = ({ issuer, subject }: Person): string => `mark-${issuer.slice(8, 9)}-${subject.slice(7)}`;
/** Of nobody, with a right check digit (GB 11643). */
const ID_NUMBERS = ["110105194912310011", "11010519491231002X", "110105194912310038", "110105194912310046"];

let story: Story;
beforeAll(async () => {
  story = await communitiesStory();
  const contact = { communityId: xianghe, kind: "PHONE", purpose: "值班", value: "028-85550177" };
  await did(someone.worker(xianghe), "addContact", contact);
  for (const [index, person] of PEOPLE.entries()) await everythingBy(person, index);
}, 120_000);
afterAll(() => story.test.close());

async function did(who: Viewer, name: string, input: object, selection = "") {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input!`;
  const { data, errors } = await ask(
    story.endpoint,
    who,
    `mutation ($input: ${type}) { r: ${name}(input: $input) { __typename ${selection} } }`,
    {
      input,
    },
  );
  expect([name, errors.map(({ extensions }) => JSON.stringify(extensions))]).toEqual([name, []]);
  return data.r;
}

async function everythingBy(person: Person, index: number): Promise<void> {
  const mark = markOf(person);
  const record = { name: "示例居民", idNumber: ID_NUMBERS[index], mobile: "13800139999", communityId: xianghe, idempotencyKey: mark };
  await did(person, "savePersonalRecord", record, "... on PersonalRecord { id }");
  await did(person, "raiseSuggestion", { communityId: xianghe, title: mark, body: "b", topic: "OTHER" });
  await did(person, "raiseServiceRequest", {
    side: "WISH",
    communityId: xianghe,
    topic: "CHILD_CARE",
    title: mark,
    contactNote: `note ${mark}`,
  });
  await ask(story.endpoint, person, `query ($id: ID!) { community(id: $id) { contacts(first: 100) { nodes { value } } } }`, {
    id: xianghe,
  });
  const held = { issuer: "https://c.example", subject: `held by ${mark}`, role: "AUDITOR", scope: "*" };
  const granted = await did(person, "grantMembership", held, "... on Membership { id version }");
  await did(person, "revokeMembership", { id: granted.id, expectedVersion: granted.version });
  await did(person, "revokeToken", { issuer: "https://c.example", tokenId: mark, expiresAt: "2099-01-01T00:00:00Z" });
  const at = { communityId: xianghe };
  const appointed = await did(
    person,
    "appoint",
    { personName: "某主任", role: "ADVISER", at, startsOn: "2020" },
    "... on Appointment { id version }",
  );
  await did(person, "revokeAppointment", { id: appointed.id, expectedVersion: appointed.version, reason: "有误" });
  const own = { issuer: person.issuer, subject: person.subject, role: "RESIDENT", scope: `community:${xianghe}`, reason: mark };
  await did(someone.admin, "grantMembership", own);
}

/** The rows of every table, as text. */
async function rows(): Promise<Map<string, Set<string>>> {
  const tables = await story.test.sql<{ name: string }>("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'communities'");
  const found = new Map<string, Set<string>>();
  for (const { name } of tables) {
    const texts = await story.test.sql<{ row: string }>(`SELECT t::text AS row FROM communities.${name} t`);
    found.set(name, new Set(texts.map(({ row }) => row)));
  }
  return found;
}
/** Whether a row names the person, by issuer and subject. */
const names = (row: string, { issuer, subject }: Person): boolean => row.includes(issuer) && row.includes(subject);

test("every column that names who did something, or whose it is, names each of them in the story", async () => {
  const columns = await story.test.sql<{ table: string; column: string }>(
    `SELECT c.table_name AS table, c.column_name AS column FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = 'communities' AND t.table_type = 'BASE TABLE' AND c.data_type = 'text' AND c.column_name ~ '(^|_)(subject|viewer|by)$'
       AND (c.table_name, c.column_name) <> ('erasure', 'by')`,
  );
  expect(columns.length).toBeGreaterThan(8);
  const unnamed: string[] = [];
  for (const { table, column } of columns)
    for (const { issuer, subject } of PEOPLE) {
      const found = await story.test.sql(
        `SELECT 1 FROM communities.${table} t WHERE t.${column} IN ($2, $1 || chr(10) || $2) AND t::text LIKE '%' || $1 || '%' LIMIT 1`,
        [issuer, subject],
      );
      if (found.length === 0) unnamed.push(`${table}.${column} of ${issuer} ${subject}`);
    }
  expect(unnamed).toEqual([]);
});

test("each is told what is theirs, of every kind, and nothing of the others", async () => {
  for (const person of PEOPLE) {
    const { data, errors } = await ask(story.endpoint, person, "{ exportMyData { json } }");
    expect(errors).toEqual([]);
    const told = JSON.parse(data.exportMyData.json) as Record<string, Record<string, unknown>[]>;
    const mark = markOf(person);
    expect(told).toMatchObject({
      issuer: person.issuer,
      subject: person.subject,
      memberships: [{ reason: mark }],
      suggestions: [{ title: mark }],
      serviceRequests: [{ title: mark, contactNote: `note ${mark}` }],
      answers: [{ key: mark }],
    });
    expect(told["contactReadings"]).toHaveLength(1);
    const [count] = await story.test.sql<{ n: number }>(
      "SELECT count(*)::int AS n FROM communities.audit_entry WHERE issuer = $1 AND subject = $2",
      [person.issuer, person.subject],
    );
    expect(told["actions"]).toHaveLength(count!.n);
    expect(count!.n).toBeGreaterThan(7);
    const others = PEOPLE.filter((other) => other !== person).map(markOf);
    expect(others.filter((other) => data.exportMyData.json.includes(other))).toEqual([]);
  }
});

test("whoever erases theirs is named nowhere but in the audit trail, and no row of another's is touched", async () => {
  const before = await rows();
  const { pseudonym } = await did(me, "erasePersonalData", {}, "... on Erasure { pseudonym }");
  const after = await rows();
  const changed: string[] = [];
  for (const [table, had] of before) {
    if (table === "audit_head") continue;
    const has = after.get(table)!;
    changed.push(...[...had].filter((row) => !has.has(row) && !names(row, me)).map((row) => `${table}: ${row}`));
    if (table !== "audit_entry") changed.push(...[...has].filter((row) => names(row, me)).map((row) => `${table} still: ${row}`));
  }
  expect(changed).toEqual([]);
  for (const table of ["membership", "suggestion", "service_request", "appointment", "revoked_token", "contact_reading"])
    expect([table, [...after.get(table)!].some((row) => row.includes(pseudonym))]).toEqual([table, true]);
  expect(before.get("personal_record")!.size - after.get("personal_record")!.size).toBe(1);
  expect((await verifyAudit(story.test.adminUrl, ["communities"])).map(({ problem }) => problem)).toEqual([null]);
});
