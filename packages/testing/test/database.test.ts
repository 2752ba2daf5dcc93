import { createCommonTables, dropCommonTables } from "@gongjian/database";
import { Client } from "pg";
import type { MigrationInterface, QueryRunner } from "typeorm";
import { createTestDatabase, type TestSubgraph } from "../src";
import { dropTestDatabase, ensureTestDatabase, TEMPLATE_PREFIX } from "../src/admin";

const MARK = `mark_${process.pid}`;

class First1700000000001 implements MigrationInterface {
  name = "First1700000000001";
  async up(queryRunner: QueryRunner): Promise<void> {
    await createCommonTables(queryRunner, "matching");
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await dropCommonTables(queryRunner, "matching");
  }
}
/** A migration whose text is new with every run, as after an edit. */
const edited = new Function(
  `return class Edited1700000000002 { name = "Edited1700000000002"; async up(q) { await q.query("CREATE TABLE matching.${MARK} (id int)") } async down() {} }`,
)() as new () => MigrationInterface;

const matching: TestSubgraph = { name: "matching", entities: [], migrations: [First1700000000001] };
const serverUrl = process.env.TEST_DATABASE_URL as string;
const onServer = async <T>(text: string, params: unknown[] = []): Promise<T[]> => {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    return (await client.query(text, params)).rows;
  } finally {
    await client.end();
  }
};
const templates = async () =>
  (await onServer<{ datname: string }>("SELECT datname FROM pg_database WHERE datname LIKE $1", [`${TEMPLATE_PREFIX}%`])).map(
    (row) => row.datname,
  );
const there = async (name: string) => (await onServer("SELECT 1 FROM pg_database WHERE datname = $1", [name])).length > 0;

describe("createTestDatabase", () => {
  it("gives eight callers at once eight databases of one template, which nobody else sees", async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => createTestDatabase({ subgraphs: [matching] })));
    expect(new Set(all.map((database) => database.name)).size).toBe(8);
    await all[0]?.sql("INSERT INTO matching.idempotency_record (viewer, key, operation, request_hash) VALUES ('a', 'b', 'c', 'd')");
    expect(await all[0]?.sql("SELECT viewer FROM matching.idempotency_record")).toEqual([{ viewer: "a" }]);
    expect(await all[1]?.sql("SELECT viewer FROM matching.idempotency_record")).toEqual([]);
    const before = await templates();
    const again = await createTestDatabase({ subgraphs: [matching] });
    expect(await templates()).toEqual(before);
    await Promise.all([...all, again].map((database) => database.close()));
    for (const database of all) expect(await there(database.name)).toBe(false);
  });

  it("builds another template for other migrations", async () => {
    const before = await templates();
    const database = await createTestDatabase({ subgraphs: [{ ...matching, migrations: [First1700000000001, edited] }] });
    expect(await database.sql(`SELECT * FROM matching.${MARK}`)).toEqual([]);
    await database.close();
    const added = (await templates()).filter((name) => !before.includes(name));
    expect(added).toHaveLength(1);
    await onServer(`DROP DATABASE ${added[0]}`);
  });

  it("drops a database that is still in use", async () => {
    const database = await createTestDatabase({ subgraphs: [matching] });
    const client = new Client({ connectionString: database.adminUrl });
    client.on("error", () => undefined);
    await client.connect();
    await database.close();
    expect(await there(database.name)).toBe(false);
    await client.end();
  });

  it("refuses databases whose names do not say test", async () => {
    const production = new URL(serverUrl);
    production.pathname = "/gongjian";
    await expect(ensureTestDatabase(production.toString())).rejects.toThrow(
      'Tests refuse the database "gongjian": its name does not say test',
    );
    await expect(dropTestDatabase(new Client(), "gongjian")).rejects.toThrow("does not say test");
    process.env.TEST_DATABASE_URL = production.toString();
    try {
      await expect(createTestDatabase({ subgraphs: [matching] })).rejects.toThrow("does not say test");
    } finally {
      process.env.TEST_DATABASE_URL = serverUrl;
    }
  });
});
