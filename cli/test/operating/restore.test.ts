import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { auditAnchors, prepareDatabase, verifyAudit } from "@gongjian/database";
import { SCHEMAS } from "../../src/backup/catalog";
import { restoreBackup } from "../../src/backup/restore";
import { writeBackup } from "../../src/backup/write";
import { SUBGRAPHS } from "../../src/platform/subgraphs";
import { dataDir, endAll, gongjian, PATIENCE_MS } from "../faults/processes";
import { asAdmin, asSuperuser, dropAll, emptyDatabase, PASSWORD, ROLE_PREFIX } from "./database";

jest.setTimeout(2 * PATIENCE_MS);

const folder = mkdtempSync(join(tmpdir(), "gongjian-restore-"));
const fileOf = (name: string): string => join(folder, name);
afterAll(async () => {
  await endAll();
  await dropAll();
  rmSync(folder, { recursive: true, force: true });
});

const modules = (leaveOut: number) =>
  SUBGRAPHS.map(({ name, entities, migrations }) => ({
    name,
    entities,
    migrations: name === "matching" ? migrations.slice(0, migrations.length - leaveOut) : migrations,
    password: PASSWORD,
  }));
const prepare = (adminUrl: string, leaveOut: number) =>
  prepareDatabase({ adminUrl, rolePrefix: ROLE_PREFIX, subgraphs: modules(leaveOut) });
const migrateOf = (adminUrl: string) => (only?: Record<string, readonly string[]>) =>
  prepareDatabase({
    adminUrl,
    rolePrefix: ROLE_PREFIX,
    subgraphs: modules(0).map((module) => ({
      ...module,
      migrations: module.migrations.filter(({ name }) => !only || only[module.name]?.includes(name)),
    })),
  });
const ROWS = `INSERT INTO communities.region (code, scheme, name, name_key, level, search_vector, source, scope_codes) VALUES ('51', 'CN_STATS', '四川省', '四川省', 'PROVINCE', '''四川'':1', 'x', '{51}');
  INSERT INTO matching.audit_entry (subject, role, action, concept, entity_id, request_id) SELECT 's', 'OFFICER', 'a', 'c', n::text, 'r' FROM generate_series(1, 3) AS n`;

test("a backup of an older version comes back by a login that is no superuser, and is brought up to date", async () => {
  const [old, fresh] = [await emptyDatabase("made"), await emptyDatabase("made")];
  await prepare(old, 1);
  await asAdmin(old, ROWS);
  const file = fileOf("older.backup");
  const written = await writeBackup(old, file);
  expect(await restoreBackup(fresh, file, false, migrateOf(fresh))).toMatchObject(written);
  expect(await asAdmin(fresh, "SELECT code, name, search_vector::text, scope_codes FROM communities.region")).toEqual([
    { code: "51", name: "四川省", search_vector: "'四川':1", scope_codes: ["51"] },
  ]);
  const names = "SELECT name FROM matching.schema_migration ORDER BY id";
  expect((await asAdmin(fresh, names)).map(({ name }) => name)).toEqual(SUBGRAPHS[2]!.migrations.map(({ name }) => name));
  expect((await verifyAudit(fresh, SCHEMAS)).map(({ entries, problem }) => [entries, problem])).toEqual([
    [0, null],
    [0, null],
    [3, null],
  ]);
  // guards are up again: foreign keys, the append-only trail
  await expect(asAdmin(fresh, "DELETE FROM matching.audit_entry")).rejects.toThrow("append only");
  const keys = "SELECT count(*)::int AS count FROM pg_constraint WHERE contype = 'f'";
  const whole = await emptyDatabase("made");
  await prepare(whole, 0);
  expect(await asAdmin(fresh, keys)).toEqual(await asAdmin(whole, keys));

  // over a newer database's rows it is refused
  await asAdmin(whole, ROWS);
  await expect(restoreBackup(whole, file, true, migrateOf(whole))).rejects.toThrow("of an older version than the database that is there");
  expect(await asAdmin(whole, "SELECT count(*)::int AS count FROM matching.audit_entry")).toEqual([{ count: 3 }]);
});

test("a backup whose rows break a rule of the database is refused by its name, and what was there stays", async () => {
  const [from, to] = [await emptyDatabase("made"), await emptyDatabase("made")];
  await prepare(from, 0);
  await prepare(to, 0);
  await asAdmin(to, ROWS);
  await asAdmin(
    from,
    `ALTER TABLE communities.region DROP CONSTRAINT region_parent_fk; ${ROWS}; UPDATE communities.region SET parent_code = '5'`,
  );
  const file = fileOf("dangling.backup");
  await writeBackup(from, file);
  await expect(restoreBackup(to, file, true, migrateOf(to))).rejects.toThrow("break region_parent_fk. Nothing was changed.");
  expect(await asAdmin(to, "SELECT parent_code FROM communities.region")).toEqual([{ parent_code: null }]);
});

test("a database without tables has nothing to back up, and no file is made", async () => {
  const file = fileOf("none.backup");
  await expect(writeBackup(await emptyDatabase("made"), file)).rejects.toThrow(
    "There is nothing to back up: communities, events, matching",
  );
  expect(existsSync(file)).toBe(false);
});

/** A table of a backup, as its file describes it. */
interface Kept {
  schema: string;
  name: string;
  columns: string[];
  rows: string[];
  sum: { rows: number; sha256: string };
}

/** Reads the file by its description alone: a header, then for each table a line about it, its rows, `\\.` and their checksum. */
function tablesIn(file: string): Kept[] {
  const lines = gunzipSync(readFileSync(file)).toString().split("\n");
  const tables: Kept[] = [];
  for (let at = 1; at < lines.length - 2; ) {
    const end = lines.indexOf("\\.", at);
    tables.push({ ...JSON.parse(lines[at]!), rows: lines.slice(at + 1, end), sum: JSON.parse(lines[end + 1]!) });
    at = end + 2;
  }
  return tables;
}

const PAIR = "INSERT INTO %.idempotency_record (viewer, key, operation, request_hash, result) VALUES ('v', $1, 'o', 'h', '{}')";
const keysIn = (tables: readonly Kept[], schema: string): string[] => {
  const { columns, rows } = tables.find((table) => table.schema === schema && table.name === "idempotency_record")!;
  return rows.map((row) => row.split("\t")[columns.indexOf("key")]!).sort();
};

test("a backup has every row of every table in COPY form with its checksum, as they were at one moment, whoever writes meanwhile", async () => {
  const url = await emptyDatabase("made");
  await prepare(url, 0);
  await asAdmin(url, ROWS);
  await asAdmin(
    url,
    "INSERT INTO communities.idempotency_record (viewer, key, operation, request_hash, result) SELECT 'v', n, 'o', 'h', to_json(repeat(md5(n::text), 20)) FROM generate_series(1, 20000) AS n",
  );
  let [written, busy] = [0, true];
  const writing = (async () => {
    for (; busy; written++) {
      const both = SCHEMAS.slice(0, 2).map((schema) => PAIR.replace("%", schema).replace("$1", `'pair-${written}'`));
      await asAdmin(url, `BEGIN; ${both.join("; ")}; COMMIT`);
    }
  })();
  while (written < 3) await new Promise((done) => setTimeout(done, 5));
  const file = fileOf("moment.backup");
  await writeBackup(url, file);
  const during = written;
  busy = false;
  await writing;

  const tables = tablesIn(file);
  const there = await asAdmin<{ name: string }>(
    url,
    "SELECT schemaname || '.' || tablename AS name FROM pg_tables WHERE schemaname = ANY ($1) AND tablename <> 'schema_migration' ORDER BY 1",
    [SCHEMAS],
  );
  expect(tables.map(({ schema, name }) => `${schema}.${name}`).sort()).toEqual(there.map(({ name }) => name).sort());
  for (const { rows, sum } of tables)
    expect(sum).toEqual({
      rows: rows.length,
      sha256: createHash("sha256")
        .update(rows.map((row) => `${row}\n`).join(""))
        .digest("hex"),
    });
  const [first, second] = SCHEMAS.slice(0, 2).map((schema) => keysIn(tables, schema).filter((key) => key.startsWith("pair-")));
  expect(first!.length).toBeGreaterThan(2);
  expect(first!.length).toBeLessThan(during);
  expect(second).toEqual(first);
  expect(keysIn(tables, "communities")).toHaveLength(20_000 + first!.length);
  expect(tables.find(({ schema, name }) => schema === "matching" && name === "audit_entry")!.rows).toHaveLength(3);
});

test("a backup whose audit trail is broken is restored, and gongjian restore says where, with exit code 1", async () => {
  const from = await emptyDatabase("made");
  await prepare(from, 0);
  await asAdmin(from, ROWS);
  await asAdmin(
    asSuperuser(from),
    "SET session_replication_role = replica; UPDATE matching.audit_entry SET subject = 'somebody else' WHERE id = 2",
  );
  const file = fileOf("tampered.backup");
  await writeBackup(from, file);
  const DATABASE_URL = await emptyDatabase("made");
  const restoring = gongjian(["restore", file], {
    DATABASE_URL,
    DATABASE_ROLE_PREFIX: ROLE_PREFIX,
    DATA_DIR: dataDir(),
    LOG_LEVEL: undefined,
  });
  expect(await restoring.ended).toEqual({ code: 1, signal: null });
  expect(restoring.out).toMatch(
    /^Restored \d+ rows of \d+ tables, as they were at .*\nok {3}communities: 0 entries\nok {3}events: 0 entries\nBAD {2}matching: edited at 2\./,
  );
});

test("rows of a dump that are copied into a migrated schema get a new audit chain, which a kept anchor tells from the old one", async () => {
  const [from, to] = [await emptyDatabase("made"), await emptyDatabase("made")];
  for (const url of [from, to]) await prepare(url, 0);
  await asAdmin(from, ROWS);
  const anchors = await auditAnchors(from, ["matching"]);
  const rows = await asAdmin<object>(from, "SELECT to_jsonb(e) AS entry FROM matching.audit_entry e ORDER BY id");
  for (const row of rows)
    await asAdmin(to, "INSERT INTO matching.audit_entry SELECT (jsonb_populate_record(NULL::matching.audit_entry, $1)).*", [
      (row as { entry: object }).entry,
    ]);
  const hashes = (url: string) => asAdmin(url, "SELECT id, encode(hash, 'hex') AS hash FROM matching.audit_entry ORDER BY id");
  expect(await hashes(to)).not.toEqual(await hashes(from));
  expect(await verifyAudit(to, ["matching"])).toMatchObject([{ entries: 3, problem: null }]);
  expect(await verifyAudit(to, ["matching"], { anchors })).toMatchObject([{ problem: { kind: "rewritten" } }]);
});
