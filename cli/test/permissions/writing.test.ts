import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LOCAL_ISSUER, rulesOf, SHOWN, type Column, type Rule, type Verdict } from "@gongjian/subgraph";
import { ADMIN, COLUMNS, CONCEPTS, GROUND, nameOf, PUBLIC } from "./ground";
import { isVisible } from "./paths";
import { APPOINTMENT } from "./people";
import { columnsWithToken, HOLDINGS, ISSUER, MUTATIONS, mutationOf, RAISED, REVOKED, targets, tellOwn, TRIED_IN } from "./probes";
import { CONTACT, OWN_WRITES, PERSONAL_READINGS, tellRecords, triedOwn } from "./personal";
import { EVENT, HIDDEN } from "./story";
import { openTown, type Answer, type Town } from "./town";

interface Cell {
  operation: string;
  rule: Rule;
  column: Column;
  tag: number;
}

const REFUSALS = ["FORBIDDEN", "UNAUTHENTICATED", "NOT_FOUND"];
/** A row of a list that names what is hidden names nothing. */
const ROW_REFUSALS = ["FORBIDDEN", "UNKNOWN_REFERENCE"];
const everyone = COLUMNS.map((column) => [nameOf(column), column] as const);
let town: Town;
const answers = new Map<Cell, Verdict>();
/** The codes with which whole writes were refused, and to whom. */
const told: { column: Column; code: string }[] = [];

const elsewhere = new Set(Object.values(TRIED_IN).flat());
const rows = CONCEPTS.flatMap((concept) =>
  Object.entries(concept.operations)
    .filter(([operation, entry]) => entry !== SHOWN && !elsewhere.has(operation))
    .flatMap(([operation, entry]) => rulesOf(concept, entry).map((rule) => ({ operation, rule }))),
);
const cells: Cell[] = rows
  .flatMap(({ operation, rule }) => COLUMNS.map((column) => ({ operation, rule, column })))
  .map((cell, tag) => ({ ...cell, tag }));
const ruled = ({ rule, column }: Cell): Verdict => rule.verdict(column.viewer, GROUND);

const refused = ({ errors, text }: Answer): boolean => {
  const codes = errors.map((error) => error.extensions?.code ?? "");
  const strange = codes.filter((code) => !REFUSALS.includes(code));
  if (strange.length > 0) throw new Error(text);
  return codes.length > 0;
};

/** What came of a try to write: refused as a whole or row by row, or let in. */
async function tried({ operation, rule, column, tag }: Cell): Promise<Verdict> {
  if (operation in OWN_WRITES) return triedOwn(town, operation, mutationOf(town, operation), column);
  const input = MUTATIONS[operation]!(tag, rule.when);
  const own = RAISED[rule.policy]?.get(column.viewer.subject);
  if (own !== undefined && !refused(await town.ask(column, mutationOf(town, operation), { input: { ...input, id: own } })))
    return refused(await town.ask(column, mutationOf(town, operation), { input })) ? "OWN" : "ALLOW";
  const answer = await town.ask(column, mutationOf(town, operation), { input });
  told.push(...answer.errors.map((error) => ({ column, code: error.extensions?.code ?? "" })));
  if (refused(answer)) return "DENY";
  const problems = (answer.data.answer.rows ?? []).flatMap((row: { problems: { code: string }[] }) => row.problems.map(({ code }) => code));
  if (problems.some((code: string) => !ROW_REFUSALS.includes(code))) throw new Error(`${operation}: ${answer.text}`);
  return problems.length > 0 ? "DENY" : "ALLOW";
}

/** What came of a guarded reading. */
const READINGS: Readonly<Record<string, (cell: Cell) => Promise<Verdict>>> = {
  async myMemberships({ column }) {
    const answer = await town.ask(column, "{ myMemberships { subject } }");
    if (refused(answer)) return "DENY";
    const subjects = new Set(answer.data.myMemberships.map(({ subject }: { subject: string }) => subject));
    return subjects.size === 1 && subjects.has(column.viewer.subject) ? "OWN" : "ALLOW";
  },
  async memberships({ rule, column }) {
    const subject = `holder of ${rule.when}`;
    const query = `query ($other: String!, $own: String!) { other: memberships(filter: { subject: $other }) { totalCount } own: memberships(filter: { subject: $own }) { totalCount } }`;
    const answer = await town.ask(column, query, { other: subject, own: column.viewer.subject });
    if (refused(answer)) return "DENY";
    expect(answer.data.own.totalCount).toBe(1);
    return answer.data.other.totalCount === 1 ? "ALLOW" : "OWN";
  },
  async viewerMemberships({ column }) {
    const inGateway = await town.ask(column, '{ viewerMemberships(issuer: "x", subject: "y") { id } }');
    expect(inGateway.errors.map(({ extensions }) => extensions?.code)).toEqual(["GRAPHQL_VALIDATION_FAILED"]);
    const answer = await town.askSubgraph("communities", column, '{ viewerMemberships(issuer: "x", subject: "y") { id } }');
    return refused(answer) ? "DENY" : "ALLOW";
  },
  async sameOrganisations({ column }) {
    const query = `{ sameOrganisations(ids: ["${GROUND.organisationId}"]) }`;
    const inGateway = await town.ask(column, query);
    expect(inGateway.errors.map(({ extensions }) => extensions?.code)).toEqual(["GRAPHQL_VALIDATION_FAILED"]);
    return refused(await town.askSubgraph("communities", column, query)) ? "DENY" : "ALLOW";
  },
  async verifyAppointment({ column }) {
    return refused(await town.ask(column, '{ verifyAppointment(number: "x", code: "y") { number } }')) ? "DENY" : "ALLOW";
  },
  async myPersonalRecord({ column }) {
    return refused(await town.ask(column, "{ myPersonalRecord { id } }")) ? "DENY" : "OWN";
  },
  ...Object.fromEntries(
    Object.entries(PERSONAL_READINGS).map(([name, read]) => [name, ({ column }: Cell): Promise<Verdict> => read(town, column)]),
  ),
  async suggestionFigures({ column }) {
    return refused(await town.ask(column, "{ suggestionFigures { total { raised } } }")) ? "DENY" : "ALLOW";
  },
  ...Object.fromEntries(
    [...["communities", "events", "matching"].map((name) => `${name}AuditTrail`)].map((name) => [
      name,
      async ({ column }: Cell): Promise<Verdict> => {
        const answer = await town.ask(column, `{ ${name}(first: 1) { nodes { id } } }`);
        if (refused(answer)) return "DENY";
        expect(answer.data[name].nodes).toHaveLength(1);
        return "ALLOW";
      },
    ]),
  ),
};

/** Everything that is stored, audit trails and keys of replays included, as one text a table. */
async function stored(): Promise<Record<string, string>> {
  const tables = await town.database.sql<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('communities', 'events', 'matching') ORDER BY 1`,
  );
  const found: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await town.database.sql<{ digest: string }>(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '' ORDER BY t::text)), '') AS digest FROM ${name} t`,
    );
    found[name] = row!.digest;
  }
  return found;
}

async function inParts<T>(all: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < all.length; start += 8) await Promise.all(all.slice(start, start + 8).map(work));
}

let before: Record<string, string>;
let afterwards: Record<string, string>;
const isWrite = ({ operation }: { operation: string }): boolean => operation in MUTATIONS || operation in OWN_WRITES;
const valueRules = CONCEPTS.find(({ concept }) => concept === "Contact")!.fields!["Contact.value"]!;
const unprobed = rows.filter((row) => !isWrite(row) && !(row.operation in READINGS)).map(({ operation }) => operation);

beforeAll(async () => {
  town = await openTown();
  const granted = async (issuer: string, subject: string, role: string, scope: string): Promise<string> => {
    const { data, errors } = await town.ask(
      ADMIN,
      `mutation ($input: GrantMembershipInput!) { answer: grantMembership(input: $input) { ... on Membership { id } } }`,
      {
        input: { issuer, subject, role, scope },
      },
    );
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return data.answer.id;
  };
  for (const { when, role, scope } of HOLDINGS) REVOKED.set(when, await granted(ISSUER, `holder of ${when}`, role, scope));
  for (const { role, viewer } of columnsWithToken)
    if (role !== "ADMIN") await granted(LOCAL_ISSUER, viewer.subject, "RESIDENT", `community:${GROUND.otherCommunityId}`);
  await tellOwn(town, LOCAL_ISSUER);
  await tellRecords(town, columnsWithToken, mutationOf(town, "savePersonalRecord"));
  await town.database.sql(
    `INSERT INTO communities.membership (id, issuer, subject, role, scope, starts_on, granted_by) VALUES ($1, $2, $3, 'SERVICE', '*', '2020-01-01', 'story')`,
    [randomUUID(), LOCAL_ISSUER, ADMIN.viewer.subject],
  );
  const known = cells.filter(({ operation }) => !unprobed.includes(operation));
  const denied = known.filter((cell) => isWrite(cell) && ruled(cell) === "DENY");
  before = await stored();
  await inParts(denied, async (cell) => answers.set(cell, await tried(cell)));
  afterwards = await stored();
  await inParts(
    known.filter((cell) => !isWrite(cell)),
    async (cell) => answers.set(cell, await READINGS[cell.operation]!(cell)),
  );
  await inParts(
    known.filter((cell) => isWrite(cell) && ruled(cell) !== "DENY"),
    async (cell) => answers.set(cell, await tried(cell)),
  );
}, 120_000);
afterAll(() => town.close());

test("every guarded operation of the table is tried: what is named here wants a line in cli/test/permissions/probes.ts", () => {
  expect([...new Set(unprobed)]).toEqual([]);
  for (const [file, operations] of Object.entries(TRIED_IN)) {
    const text = readFileSync(join(__dirname, "../../..", file), "utf8");
    expect(operations.filter((operation) => !text.includes(operation))).toEqual([]);
  }
  const inTable = new Set(rows.map(({ operation }) => operation));
  expect(
    [...Object.keys(MUTATIONS), ...Object.keys(OWN_WRITES), ...Object.keys(READINGS)].filter((operation) => !inTable.has(operation)),
  ).toEqual([]);
  expect(answers.size).toBe(rows.length * COLUMNS.length);
});

test.each(everyone)("%s may do what the table says", (_name, column) => {
  const mine = [...answers.keys()].filter((cell) => cell.column === column);
  const named = (verdict: (cell: Cell) => Verdict) =>
    mine.map((cell) => `${cell.operation}, ${cell.rule.when ?? ""}: ${verdict(cell)}`).sort();
  expect(named((cell) => answers.get(cell)!)).toEqual(named(ruled));
});

test("whoever is refused is told FORBIDDEN, and UNAUTHENTICATED where nobody is signed in", () => {
  const codes = (signedIn: boolean) => new Set(told.filter(({ column }) => (column === PUBLIC) !== signedIn).map(({ code }) => code));
  expect(codes(false)).toEqual(new Set(["UNAUTHENTICATED", "NOT_FOUND"]));
  expect(codes(true)).toEqual(new Set(["FORBIDDEN", "NOT_FOUND"]));
  const given = (code: string) => told.filter((one) => one.code === code).length;
  expect(given("FORBIDDEN")).toBeGreaterThan(given("NOT_FOUND"));
});

test.each(everyone)("%s reads contacts in full where the table says, each reading is logged, and no other is", async (_name, column) => {
  const rules = rulesOf(CONCEPTS.find(({ concept }) => concept === "Contact")!, valueRules);
  const readings = async (): Promise<number> => {
    const [row] = await town.database.sql<{ count: number }>("SELECT count(*)::int AS count FROM communities.contact_reading");
    return row!.count;
  };
  const query = `{ community(id: "${GROUND.communityId}") { contacts(first: 100) { nodes { ...C } } }
      organisation(id: "${GROUND.organisationId}") { contacts(first: 100) { nodes { ...C } } }
      appointment(id: "${APPOINTMENT.open}") { contacts(first: 100) { nodes { ...C } } } } fragment C on Contact { id published value maskedValue }`;
  const before = await readings();
  const { data, errors } = await town.ask(column, query);
  expect(errors).toEqual([]);
  const seen = [...data.community.contacts.nodes, ...data.organisation.contacts.nodes, ...data.appointment.contacts.nodes] as {
    id: string;
    published: boolean;
    value: string | null;
    maskedValue: string;
  }[];
  for (const [when, open, hidden] of [
    ["a community's", CONTACT.community, CONTACT.hiddenOfCommunity],
    ["an organisation's", CONTACT.organisation, CONTACT.hiddenOfOrganisation],
    ["an appointment's", CONTACT.appointment, CONTACT.hiddenOfAppointment],
  ] as const) {
    expect(seen.find(({ id }) => id === open)?.value).toMatch(/^\+8628/u);
    const verdict = rules.find((rule) => rule.when === when)!.verdict(column.viewer, GROUND);
    const found = seen.find(({ id }) => id === hidden);
    expect([when, found !== undefined]).toEqual([when, isVisible(`Contact:${hidden}`, column)]);
    if (found) expect(found.maskedValue).toMatch(/^138\*{4}\d{4}$/u);
    expect([when, found?.value != null]).toEqual([when, verdict === "ALLOW"]);
  }
  expect((await readings()) - before).toBe(seen.filter(({ published, value }) => !published && value !== null).length);
});

test("what was refused has left nothing, not even an audit entry", () => {
  expect(Object.keys(before).length).toBeGreaterThan(15);
  expect(afterwards).toEqual(before);
});

test("what was let in is in the audit trail, under the role that let it in", async () => {
  const trail = await town.database.sql<{ role: string; subject: string }>(
    `SELECT DISTINCT role, subject FROM communities.audit_entry WHERE action = 'create' AND concept = 'community' AND subject LIKE '% of %'`,
  );
  expect(trail.map(({ role, subject }) => subject.startsWith(`${role} of `))).toEqual(trail.map(() => true));
  expect(trail.length).toBe(cells.filter((cell) => cell.operation === "createCommunity" && ruled(cell) === "ALLOW").length);
});

test.each(["AUDITOR", "SERVICE", "PUBLIC"])("%s writes nothing, but to what they raised themselves and what is about them", (role) => {
  const writes = cells.filter((cell) => isWrite(cell) && cell.column.role === role);
  expect(writes.length).toBeGreaterThan(40);
  const letIn = writes.filter(
    (cell) =>
      answers.get(cell) !== "DENY" && !(answers.get(cell) === "OWN" && (cell.rule.policy in RAISED || cell.operation in OWN_WRITES)),
  );
  expect(letIn.map(({ operation }) => operation)).toEqual([]);
});

test.each(everyone)("to %s, writing to what is hidden answers as to what does not exist", async (_name, column) => {
  const missing = randomUUID();
  const tries: [string, string, string][] = [];
  for (const { type, named, mutations } of targets())
    for (const record of [...HIDDEN.keys()].filter((hidden) => hidden.startsWith(`${type}:`) && !isVisible(hidden, column)))
      for (const mutation of mutations) tries.push([mutation, named.join("|"), record.slice(type.length + 1)]);
  await inParts(tries, async ([mutation, named, id]) => {
    const as = (key: string) =>
      town.ask(column, mutationOf(town, mutation), {
        input: JSON.parse(JSON.stringify(MUTATIONS[mutation]!(0, "to PROPOSED")).replaceAll(new RegExp(named, "gu"), key)),
      });
    const [hidden, none] = [await as(id), await as(missing)];
    expect([mutation, hidden.text]).toEqual([mutation, none.text]);
    expect(refused(hidden)).toBe(true);
  });
  if (column === PUBLIC) expect(tries.length).toBeGreaterThan(20);
});

test.each(everyone)("to %s, a list's row that names what is hidden answers as one that names nothing", async (_name, column) => {
  for (const [mutation, hidden, key] of [
    ["importOrganisers", "Event", '"eventKey":"open"'],
    ["importSessions", "Event", '"eventKey":"open"'],
    ["importParticipants", "Session", '"sessionKey":"open-talk"'],
    ["importNeeds", "Round", '"roundKey":"collecting"'],
    ["importOffers", "Round", '"roundKey":"collecting"'],
  ] as const) {
    if ([...HIDDEN].some(([record]) => record.startsWith(`${hidden}:`) && record !== "x" && isVisible(record, column))) continue;
    const as = (name: string) =>
      town.ask(column, mutationOf(town, mutation), {
        input: JSON.parse(
          JSON.stringify(MUTATIONS[mutation]!(0))
            .replace(key, key.replace(/(open|collecting)/u, name))
            .replace('"key":"open-talk"', '"key":"other"'),
        ),
      });
    expect([mutation, (await as("draft")).text]).toEqual([mutation, (await as("gone")).text.replaceAll("gone", "draft")]);
  }
});

test.each(everyone)("to %s, a link to an event that is hidden answers as a link to none", async (_name, column) => {
  if (isVisible(`Event:${EVENT.draft}`, column)) return;
  const missing = randomUUID();
  // where the column's own person may write, if anywhere: who has a round of their own must not learn of another district's drafts
  const own = column.viewer.memberships.find(({ scope }) => scope.startsWith("region:"))?.scope.slice("region:".length) ?? GROUND.region;
  const round = { key: "of my own", regionCode: own, year: 2025, title: "清单" };
  const tries: [string, (eventId: string) => object][] = [
    ["createRound", (eventId) => ({ ...round, eventId })],
    ["importRounds", (eventId) => ({ rows: [{ ...round, eventId }], dryRun: true })],
    ["raiseSuggestion", (eventId) => ({ ...MUTATIONS["raiseSuggestion"]!(5_000), eventId })],
    ["appoint", (eventId) => ({ ...MUTATIONS["appoint"]!(5_000, "at a community"), eventId })],
  ];
  for (const [mutation, input] of tries) {
    const as = (eventId: string) => town.ask(column, mutationOf(town, mutation), { input: input(eventId) });
    const [hidden, none] = [await as(EVENT.draft), await as(missing)];
    expect([mutation, hidden.text]).toEqual([mutation, none.text]);
    if (mutation === "createRound" && column.role === "OFFICER") expect(hidden.text).toContain("UNKNOWN_REFERENCE");
  }
});
