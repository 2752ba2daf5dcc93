import { createTestDatabase, type TestDatabase } from "@gongjian/testing";
import { Client } from "pg";
import { type MigrationInterface, type QueryRunner } from "typeorm";
import { databaseUrl, openAdminDataSource, prepareDatabase, schemaDrift } from "../src";
import { communities, events } from "./fixture";

const withPasswords = [communities, events].map((subgraph) => ({ ...subgraph, password: `of ${subgraph.name}/?#` }));
const serverUrl = process.env.TEST_DATABASE_URL as string;

async function asRole<T>(url: string, text: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

describe("a database prepared from nothing", () => {
  const name = `gongjian_test_prepared_${process.pid}`;
  const adminUrl = databaseUrl(serverUrl, name);
  const rolePrefix = `test_prepare_${process.pid}`;
  const prepare = (subgraphs = withPasswords) => prepareDatabase({ adminUrl, rolePrefix, subgraphs });
  afterAll(async () => {
    await asRole(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    for (const subgraph of withPasswords) await asRole(serverUrl, `DROP ROLE IF EXISTS ${rolePrefix}_${subgraph.name}`);
  });

  it("is made once by four starters at the same time", async () => {
    const all = await Promise.all([prepare(), prepare(), prepare(), prepare()]);
    const migrated = all.flatMap((prepared) => prepared.migrated);
    expect(migrated.sort()).toEqual(["communities.BenchTables1700000000001", "events.OtherTables1700000000002"]);
    const extensions = await asRole<{ extname: string }>(
      adminUrl,
      "SELECT extname FROM pg_extension WHERE extnamespace = 'public'::regnamespace ORDER BY 1",
    );
    expect(extensions.map((row) => row.extname)).toEqual(["btree_gist", "pg_trgm"]);
  });

  it("lets each role into its own schema only", async () => {
    const { urls, migrated } = await prepare();
    expect(migrated).toEqual([]);
    const own = await asRole(urls.communities as string, "SELECT count(*)::int AS n FROM communities.bench");
    expect(own).toEqual([{ n: 0 }]);
    const denied = { code: "42501" };
    await expect(asRole(urls.events as string, "SELECT * FROM communities.bench")).rejects.toMatchObject(denied);
    await expect(asRole(urls.communities as string, "SELECT * FROM events.audit_entry")).rejects.toMatchObject(denied);
    await expect(asRole(urls.events as string, "CREATE TABLE events.mine (id int)")).rejects.toMatchObject(denied);
    await expect(asRole(urls.events as string, "CREATE TABLE public.mine (id int)")).rejects.toMatchObject(denied);
    await expect(asRole(urls.events as string, "CREATE TEMP TABLE mine (id int)")).rejects.toMatchObject(denied);
    await expect(asRole(urls.communities as string, "DELETE FROM communities.schema_migration")).rejects.toMatchObject(denied);
    await expect(asRole(urls.communities as string, "TRUNCATE communities.bench")).rejects.toMatchObject(denied);
  });

  it("lets nobody else in", async () => {
    const stranger = `test_stranger_${process.pid}`;
    await asRole(serverUrl, `CREATE ROLE ${stranger} LOGIN PASSWORD 'x'`);
    try {
      const url = new URL(adminUrl);
      url.username = stranger;
      url.password = "x";
      await expect(asRole(url.toString(), "SELECT 1")).rejects.toMatchObject({ code: "42501" });
    } finally {
      await asRole(serverUrl, `DROP ROLE ${stranger}`);
    }
  });

  it("takes a new password and a new migration", async () => {
    class AddTable1700000000003 implements MigrationInterface {
      name = "AddTable1700000000003";
      async up(queryRunner: QueryRunner): Promise<void> {
        await queryRunner.query("CREATE TABLE events.late (id integer)");
      }
      async down(queryRunner: QueryRunner): Promise<void> {
        await queryRunner.query("DROP TABLE events.late");
      }
    }
    const later = { ...events, migrations: [...events.migrations, AddTable1700000000003], password: "another" };
    const { urls, migrated } = await prepare([later]);
    expect(migrated).toEqual(["events.AddTable1700000000003"]);
    expect(await asRole(urls.events as string, "INSERT INTO events.late VALUES (1) RETURNING id")).toEqual([{ id: 1 }]);
  });

  it("keeps nothing of a migration that fails half-way, and says why", async () => {
    class Broken1700000000004 implements MigrationInterface {
      name = "Broken1700000000004";
      async up(queryRunner: QueryRunner): Promise<void> {
        await queryRunner.query("CREATE TABLE events.half (id integer)");
        await queryRunner.query("ALTER TABLE events.missing ADD COLUMN x int");
      }
      async down(): Promise<void> {}
    }
    await expect(prepare([{ ...events, migrations: [Broken1700000000004], password: "x" }])).rejects.toThrow("events.missing");
    expect(await asRole(adminUrl, "SELECT to_regclass('events.half') AS half")).toEqual([{ half: null }]);
  });

  it("refuses names that are not plain identifiers", async () => {
    await expect(prepare([{ ...events, name: 'x"; DROP DATABASE postgres; --' as "events", password: "x" }])).rejects.toThrow(RangeError);
  });
});

describe("schemaDrift", () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase({ subgraphs: [communities] });
  });
  afterAll(() => test?.close());

  async function drift(): Promise<string[]> {
    const dataSource = await openAdminDataSource(test.adminUrl, communities);
    try {
      return await schemaDrift(dataSource);
    } finally {
      await dataSource.destroy();
    }
  }

  it("is empty when entities and migrations agree", async () => {
    expect(await drift()).toEqual([]);
  });

  it.each([
    [
      "a check that the entity lacks",
      "ADD CONSTRAINT bench_place_check CHECK (place <> '')",
      "DROP CONSTRAINT bench_place_check",
      "bench_place_check",
    ],
    ["a column that the entity lacks", "ADD COLUMN colour text", "DROP COLUMN colour", "colour"],
    ["a lost NOT NULL", "ALTER COLUMN place DROP NOT NULL", "ALTER COLUMN place SET NOT NULL", "place"],
    ["another default", "ALTER COLUMN seats SET DEFAULT 1", "ALTER COLUMN seats SET DEFAULT 0", "seats"],
    ["a lost check", "DROP CONSTRAINT bench_seats_check", "ADD CONSTRAINT bench_seats_check CHECK (seats >= 0)", "bench_seats_check"],
  ])("tells of %s", async (_what, change, undo, word) => {
    await test.sql(`ALTER TABLE communities.bench ${change}`);
    expect((await drift()).join("\n")).toContain(word);
    await test.sql(`ALTER TABLE communities.bench ${undo}`);
    expect(await drift()).toEqual([]);
  });

  it("tells of indexes, except those that only SQL can make, and of tables without an entity", async () => {
    await test.sql("CREATE INDEX bench_lower_expr ON communities.bench (lower(place))");
    expect(await drift()).toEqual([]);
    await test.sql("CREATE INDEX bench_seats_idx ON communities.bench (seats)");
    await test.sql("CREATE TABLE communities.forgotten (id integer)");
    expect(await drift()).toEqual(['DROP INDEX "communities"."bench_seats_idx"', 'DROP TABLE "communities"."forgotten"']);
  });
});
