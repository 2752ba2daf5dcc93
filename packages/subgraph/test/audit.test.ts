import { commonEntities, countStatements, createCommonTables, dropCommonTables, runCommand, type Database } from "@gongjian/database";
import { ask, createTestDatabase, someone, type TestDatabase } from "@gongjian/testing";
import type { MigrationInterface, QueryRunner } from "typeorm";
import {
  assembleSubgraph,
  auditResolver,
  buildSchema,
  declaredAccess,
  inProcessEndpoint,
  SubgraphContext,
  type SubgraphEndpoint,
} from "../src";

class Trail1700000000001 implements MigrationInterface {
  name = "Trail1700000000001";
  up(runner: QueryRunner): Promise<void> {
    return createCommonTables(runner, "events");
  }
  down(runner: QueryRunner): Promise<void> {
    return dropCommonTables(runner, "events");
  }
}

const parts = () => buildSchema({ resolvers: [auditResolver("events")], references: {} });

let test_: TestDatabase;
let database: Database;
let endpoint: SubgraphEndpoint;
beforeAll(async () => {
  test_ = await createTestDatabase({ subgraphs: [{ name: "events", entities: commonEntities, migrations: [Trail1700000000001] }] });
  database = await test_.open("events");
  endpoint = inProcessEndpoint(
    assembleSubgraph({
      name: "events",
      ...parts(),
      database,
      log: () => undefined,
      createContext: (call) => new SubgraphContext(database, call, {}),
    }),
  );
  for (let step = 1; step <= 7; step++)
    await runCommand(
      database,
      { subject: `officer-${step % 2}`, role: "OFFICER", requestId: `r-${step}` },
      "change",
      { step },
      async (tx) => {
        const after = { step, contact: { phone: "13800000000" }, title: "邻里节" };
        tx.audit({
          action: step === 1 ? "create" : "update",
          concept: step > 5 ? "event" : "series",
          entityId: `e-${step}`,
          before: null,
          after,
        });
        return null;
      },
    );
}, 60_000);
afterAll(() => test_?.close());

const FIELDS =
  "totalCount nodes { id at subject role action concept entityId before after requestId previousHash hash } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";
const trail = (who: Parameters<typeof ask>[1], variables: Record<string, unknown> = {}, fields = FIELDS) =>
  ask(
    endpoint,
    who,
    `query ($filter: AuditFilter, $first: Int, $after: String) { eventsAuditTrail(filter: $filter, first: $first, after: $after) { ${fields} } }`,
    variables,
  );
const ids = async (variables: Record<string, unknown>): Promise<string[]> => {
  const { data, errors } = await trail(someone.auditor, variables);
  expect(errors).toEqual([]);
  expect(data.eventsAuditTrail.totalCount >= data.eventsAuditTrail.nodes.length).toBe(true);
  return data.eventsAuditTrail.nodes.map((node: { id: string }) => node.id);
};
const timeOf = async (id: number): Promise<string> =>
  (
    await test_.sql<{ at: string }>(
      "SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') AS at FROM events.audit_entry WHERE id = $1",
      [id],
    )
  )[0]!.at;

test("an auditor reads the whole trail, newest first, without private values", async () => {
  const { data, errors } = await trail(someone.auditor);
  expect(errors).toEqual([]);
  const { totalCount, nodes, pageInfo } = data.eventsAuditTrail;
  expect(totalCount).toBe(7);
  expect(nodes.map((node: { id: string }) => node.id)).toEqual(["7", "6", "5", "4", "3", "2", "1"]);
  expect(nodes[6]).toMatchObject({
    subject: "officer-1",
    role: "OFFICER",
    action: "create",
    concept: "series",
    entityId: "e-1",
    before: null,
    after: { step: 1, contact: "[private]", title: "邻里节" },
    requestId: "r-1",
  });
  expect(nodes[6].at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(nodes.slice(0, 6).map((node: { previousHash: string }) => node.previousHash)).toEqual(
    nodes.slice(1).map((node: { hash: string }) => node.hash),
  );
  expect(JSON.stringify(data)).not.toContain("13800000000");
  expect(pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: false });
});

test("pages walk the trail once, also while it grows", async () => {
  const seen: string[] = [];
  let after: string | null = null;
  for (let page = 0; ; page++) {
    const { data, errors }: Awaited<ReturnType<typeof trail>> = await trail(someone.admin, {
      first: 2,
      after,
      filter: { concept: "series" },
    });
    expect(errors).toEqual([]);
    seen.push(...data.eventsAuditTrail.nodes.map((node: { id: string }) => node.id));
    if (!data.eventsAuditTrail.pageInfo.hasNextPage) break;
    after = data.eventsAuditTrail.pageInfo.endCursor;
    await runCommand(database, { subject: "x", role: "ADMIN", requestId: "later" }, "change", {}, async (tx) => {
      tx.audit({ action: "update", concept: "series", entityId: `later-${page}` });
      return null;
    });
  }
  expect(seen).toEqual(["5", "4", "3", "2", "1"]);
});

test.each([
  [{ subject: "officer-0" }, ["6", "4", "2"]],
  [{ concept: "event" }, ["7", "6"]],
  [{ concept: "series", entityId: "e-3" }, ["3"]],
  [{ entityId: "e-7" }, ["7"]],
  [{ action: "create" }, ["1"]],
  [{ requestId: "r-4" }, ["4"]],
  [{ subject: "officer-1", concept: "event", action: "update" }, ["7"]],
  [{ subject: "nobody" }, []],
  [{ subject: "" }, []],
  [{ subject: "officer-1' OR '1'='1" }, []],
  [{ from: "2000-01-01T00:00:00Z", requestId: "r-2" }, ["2"]],
  [{ from: "2999-01-01T00:00:00Z" }, []],
  [{ to: "2000-01-01T00:00:00Z" }, []],
  [{ to: "2999-01-01T00:00:00Z", requestId: "r-2" }, ["2"]],
])("the filter %j", async (filter, expected) => expect(await ids({ filter })).toEqual(expected));

test("a period has its beginning and not its end", async () => {
  const at = await timeOf(5);
  const millisecond = `${at.slice(0, 23)}Z`;
  const later = new Date(Date.parse(millisecond) + 1).toISOString();
  expect(await ids({ filter: { requestId: "r-5", from: millisecond, to: later } })).toEqual(["5"]);
  expect(await ids({ filter: { requestId: "r-5", to: millisecond } })).toEqual([]);
  expect(await ids({ filter: { requestId: "r-5", from: later } })).toEqual([]);
});

test.each([
  ["a reversed period", { filter: { from: "2024-02-01T00:00:00Z", to: "2024-01-01T00:00:00Z" } }, "BAD_USER_INPUT"],
  ["a NUL character", { filter: { subject: "a\0" } }, "BAD_USER_INPUT"],
  ["a long text", { filter: { requestId: "x".repeat(501) } }, "BAD_USER_INPUT"],
  ["a time that is none", { filter: { from: "yesterday" } }, "BAD_USER_INPUT"],
  ["too large a page", { first: 101 }, "PAGE_SIZE_INVALID"],
  ["a cursor of another list", { after: Buffer.from(JSON.stringify(["events:ID_DESC", 5])).toString("base64url") }, "CURSOR_INVALID"],
])("%s is refused", async (_what, variables, code) => {
  const { errors } = await trail(someone.auditor, variables);
  expect(errors[0]?.extensions.code).toBe(code);
});

test.each([
  ["the public", someone.public, "UNAUTHENTICATED"],
  ["an officer", someone.officer("51"), "FORBIDDEN"],
  ["a worker", someone.worker("11111111-1111-4111-8111-111111111111"), "FORBIDDEN"],
  ["a representative", someone.representative("11111111-1111-4111-8111-111111111111"), "FORBIDDEN"],
  ["a resident", someone.resident("11111111-1111-4111-8111-111111111111"), "FORBIDDEN"],
  ["a service", { subject: "service", memberships: [{ role: "SERVICE" as const, scope: "*" }] }, "FORBIDDEN"],
  ["an auditor of one region", { subject: "auditor", memberships: [{ role: "AUDITOR" as const, scope: "region:51" }] }, "FORBIDDEN"],
])("%s may not read it, nor ask anything of the database", async (_who, who, code) => {
  const counter = countStatements(database);
  for (const fields of ["totalCount", "nodes { id }", "pageInfo { hasNextPage }"]) {
    const { data, errors } = await trail(who, {}, fields);
    expect(data).toBeNull();
    expect(errors[0]?.extensions.code).toBe(code);
  }
  expect(counter.count()).toBe(0);
});

test("the page costs one statement, the count another when it is asked for", async () => {
  const counter = countStatements(database);
  await trail(someone.auditor, {}, "nodes { id }");
  expect(counter.count()).toBe(1);
  await trail(someone.auditor);
  expect(counter.count()).toBe(3);
});

test("is declared, shared where it must be, and made once for each subgraph", () => {
  const { sdl } = parts();
  for (const type of ["AuditEntry", "AuditEntryEdge", "AuditEntryConnection", "PageInfo"])
    expect(sdl).toMatch(new RegExp(`type ${type} @shareable`));
  expect([...declaredAccess().keys()]).toContain("AuditQueries.eventsAuditTrail");
  expect(auditResolver("events")).toBe(auditResolver("events"));
  expect(buildSchema({ resolvers: [auditResolver("matching")], references: {} }).sdl).not.toContain("eventsAuditTrail");
});
