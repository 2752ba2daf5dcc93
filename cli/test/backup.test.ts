import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { databaseUrl, prepareDatabase, verifyAudit } from "@gongjian/database";
import { localIssuer } from "@gongjian/subgraph";
import { Client } from "pg";
import { SCHEMAS } from "../src/backup/catalog";
import { restoreBackup } from "../src/backup/restore";
import { writeBackup } from "../src/backup/write";
import { SUBGRAPHS } from "../src/platform/subgraphs";
import { ask, dataDir, endAll, gongjian, PATIENCE_MS, type Running, urlOf } from "./faults/processes";

jest.setTimeout(4 * PATIENCE_MS);

const folder = mkdtempSync(join(tmpdir(), "gongjian-backup-"));
const fileOf = (name: string): string => join(folder, name);
const databases: string[] = [];
const roles: string[] = [];

async function sql(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

const SERVER = process.env["TEST_DATABASE_URL"] as string;
afterAll(async () => {
  await endAll();
  for (const name of databases) await sql(SERVER, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  for (const name of roles) await sql(SERVER, `DROP ROLE IF EXISTS ${name}`);
  rmSync(folder, { recursive: true, force: true });
});

type Import = "importRegions" | "importOrganisations";
const mutation = (name: Import): string =>
  `mutation ($input: I${name.slice(1)}Input!) { result: ${name}(input: $input) { ... on BulkOutcome { written } } }`;
const ALL = `{ regions(first: 100) { nodes { code name level } } organisations(first: 100) { nodes { id key name description version createdAt: id } }
  auditEntries: __typename }`;

describe("an embedded database", () => {
  const one = dataDir();
  const file = fileOf("embedded.backup");
  let server: Running;
  let url: string;
  let token: string;
  let before: unknown;

  const up = async (data: string): Promise<void> => {
    server = gongjian(["start", "--no-demo"], { DATA_DIR: data });
    url = await urlOf(server);
    const issuer = await localIssuer(join(data, "keys"));
    token = await issuer.mint({ subject: "admin", memberships: [{ role: "ADMIN", scope: "*" }] }, 3_600);
  };
  const down = async (): Promise<void> => {
    server.signal("SIGTERM");
    expect(await server.ended).toEqual({ code: 0, signal: null });
  };
  const write = async (name: Import, rows: object[]): Promise<void> => {
    expect((await ask(url, mutation(name), { input: { rows } }, token)).data).toEqual({ result: { written: true } });
  };
  const organisation = (key: string) => ({
    key,
    name: `邻里中心 ${key}`,
    kind: "SOCIAL_ORGANISATION",
    regionCode: "51",
    description: 'a\\b\t"c"\\.\n\\.\n末行',
  });
  const answers = async (): Promise<unknown> => {
    const answer = await ask(url, ALL, {}, token);
    expect(answer.errors).toBeUndefined();
    return answer.data;
  };
  const command = async (data: string, ...args: string[]) => {
    const running = gongjian(args, { DATA_DIR: data, LOG_LEVEL: undefined });
    const { code } = await running.ended;
    return { code, out: running.out, err: running.err };
  };

  beforeAll(async () => {
    await up(one);
    await write("importRegions", [{ code: "51", scheme: "CN_STATS", name: "四川省", level: "PROVINCE" }]);
    await write(
      "importOrganisations",
      Array.from({ length: 90 }, (_, index) => organisation(`o-${index}`)),
    );
    before = await answers();
  });

  test("is backed up while it serves, into a file for its owner alone, and never over another file", async () => {
    expect(await command(one, "backup", file)).toMatchObject({ code: 0, out: expect.stringMatching(/^Wrote \d+ rows of \d+ tables to /) });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const kept = readFileSync(file);
    expect(await command(one, "backup", file)).toMatchObject({
      code: 1,
      err: `gongjian: ${file} is there already; a backup does not write over a file.\n`,
    });
    expect(readFileSync(file)).toEqual(kept);
    expect(readdirSync(folder)).toEqual(["embedded.backup"]);
  });

  test("is not restored under running services, nor over data unless that is asked for", async () => {
    await write("importOrganisations", [organisation("later")]);
    expect(await command(one, "restore", file, "--replace")).toMatchObject({
      code: 1,
      err: expect.stringMatching(
        /^gongjian: gongjian-\w+(, gongjian-\w+)* are connected to the database: stop the services first\. Nothing was changed\.\n$/,
      ),
    });
    await down();
    expect(await command(one, "restore", file)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^gongjian: The database is not empty \(\S+ has rows\)\. Pass --replace/),
    });
    await up(one);
    expect((await ask(url, ALL, {}, token)).data.organisations.nodes).toHaveLength(91);
    await down();
  });

  const broken: Record<string, [(whole: Buffer) => Buffer, RegExp]> = {
    "cut off": [(whole) => whole.subarray(0, whole.length - 200), /is cut off/],
    "with a changed bit": [
      (whole) => {
        const copy = Buffer.from(whole);
        copy[copy.length - 6] = copy[copy.length - 6]! ^ 1;
        return copy;
      },
      /is no backup of gongjian, or it is damaged/,
    ],
    "with a changed row": [
      (whole) => gzipSync(gunzipSync(whole).toString().replace("邻里中心 o-7", "邻里中心 o-8")),
      /the checksum of communities\.\S+ is not/,
    ],
    "with a row too few": [
      (whole) =>
        gzipSync(
          gunzipSync(whole)
            .toString()
            .replace(/^51\t.*\n/mu, ""),
        ),
      /the checksum of communities\.\w+ is not/,
    ],
    "without its end": [
      (whole) =>
        gzipSync(
          gunzipSync(whole)
            .toString()
            .replace(/[^\n]*\n$/u, ""),
        ),
      /is no backup of gongjian, or it is cut off/,
    ],
    "that is something else": [() => gzipSync("hello\n"), /is no backup of gongjian/],
    "that is not packed": [() => Buffer.from("hello\n"), /is no backup of gongjian/],
    "of a newer gongjian": [
      (whole) => gzipSync(gunzipSync(whole).toString().replace('"Memberships', '"Tomorrow1900000000000","Memberships')),
      /was made by a newer gongjian, with Tomorrow1900000000000/,
    ],
    "of another format": [
      (whole) => gzipSync(gunzipSync(whole).toString().replace('"version":1', '"version":2')),
      /is a backup of format 2/,
    ],
  };

  test.each(Object.keys(broken))("a file %s changes nothing", async (name) => {
    const [spoil, message] = broken[name]!;
    const path = fileOf("broken.backup");
    writeFileSync(path, spoil(readFileSync(file)));
    const { code, err } = await command(one, "restore", path, "--replace");
    expect([code, err.trim().split("\n").length]).toEqual([1, 1]);
    expect(err).toMatch(message);
  });

  test("is restored in the place of what is there, and then answers as it did", async () => {
    await up(one);
    // none of the broken files has changed anything
    expect((await ask(url, ALL, {}, token)).data.organisations.nodes).toHaveLength(91);
    await down();
    const restored = await command(one, "restore", file, "--replace");
    expect(restored).toMatchObject({ code: 0, err: "" });
    expect(restored.out).toMatch(
      /^Restored \d+ rows of \d+ tables, as they were at \d{4}-.*\nok {3}communities: 91 entries\nok {3}events: 0 entries\nok {3}matching: 0 entries\n$/,
    );
    await up(one);
    expect(await answers()).toEqual(before);
    await down();
  });

  test("that was lost is restored into an empty folder: the same answers, a whole audit trail, and it can be written on", async () => {
    rmSync(join(one, "postgres"), { recursive: true, force: true });
    const two = dataDir();
    expect(await command(two, "restore", file)).toMatchObject({ code: 0, out: expect.stringContaining("ok   communities: 91 entries") });
    await up(two);
    expect(await answers()).toEqual(before);
    await write("importOrganisations", [organisation("next")]);
    await down();
    expect(await command(two, "audit", "verify")).toMatchObject({
      code: 0,
      out: "ok   communities: 92 entries\nok   events: 0 entries\nok   matching: 0 entries\n",
    });
  });
});

describe("an outside PostgreSQL", () => {
  const modules = (leaveOut: number) =>
    SUBGRAPHS.map(({ name, entities, migrations }) => ({
      name,
      entities,
      migrations: name === "matching" ? migrations.slice(0, migrations.length - leaveOut) : migrations,
      password: "backup-test",
    }));
  const rolePrefix = `gj_backup_${process.pid}`;
  beforeAll(() => roles.push(...SUBGRAPHS.map(({ name }) => `${rolePrefix}_${name}`)));
  let made = 0;

  /** An empty database of a login that is no superuser, as a managed PostgreSQL gives. */
  async function emptyDatabase(): Promise<string> {
    const name = `gj_backup_${process.pid}_${++made}`;
    const owner = `gj_owner_${process.pid}`;
    if (made === 1) {
      roles.push(owner);
      await sql(SERVER, `CREATE ROLE ${owner} LOGIN CREATEDB CREATEROLE NOSUPERUSER PASSWORD 'backup-test'`);
    }
    databases.push(name);
    const url = new URL(databaseUrl(SERVER, name));
    await sql(SERVER, `CREATE DATABASE ${name} OWNER ${owner}`);
    url.username = owner;
    url.password = "backup-test";
    return url.href;
  }
  const prepare = (adminUrl: string, leaveOut: number) => prepareDatabase({ adminUrl, rolePrefix, subgraphs: modules(leaveOut) });
  const migrateOf = (adminUrl: string) => (only?: Record<string, readonly string[]>) =>
    prepareDatabase({
      adminUrl,
      rolePrefix,
      subgraphs: modules(0).map((module) => ({
        ...module,
        migrations: module.migrations.filter(({ name }) => !only || only[module.name]?.includes(name)),
      })),
    });
  const ROWS = `INSERT INTO communities.region (code, scheme, name, name_key, level, search_vector, source, scope_codes) VALUES ('51', 'CN_STATS', '四川省', '四川省', 'PROVINCE', '''四川'':1', 'x', '{51}');
    INSERT INTO matching.audit_entry (subject, role, action, concept, entity_id, request_id) SELECT 's', 'OFFICER', 'a', 'c', n::text, 'r' FROM generate_series(1, 3) AS n`;

  test("of an older version comes back by a login that is no superuser, and is brought up to date", async () => {
    const [old, fresh] = [await emptyDatabase(), await emptyDatabase()];
    await prepare(old, 1);
    await sql(old, ROWS);
    const file = fileOf("older.backup");
    const written = await writeBackup(old, file);
    expect(await restoreBackup(fresh, file, false, migrateOf(fresh))).toMatchObject(written);
    expect(await sql(fresh, "SELECT code, name, search_vector::text, scope_codes FROM communities.region")).toEqual([
      { code: "51", name: "四川省", search_vector: "'四川':1", scope_codes: ["51"] },
    ]);
    const names = "SELECT name FROM matching.schema_migration ORDER BY id";
    expect((await sql(fresh, names)).map(({ name }) => name)).toEqual(SUBGRAPHS[2]!.migrations.map(({ name }) => name));
    expect((await verifyAudit(fresh, SCHEMAS)).map(({ entries, problem }) => [entries, problem])).toEqual([
      [0, null],
      [0, null],
      [3, null],
    ]);
    // guards are up again: foreign keys, the append-only trail
    await expect(sql(fresh, "DELETE FROM matching.audit_entry")).rejects.toThrow("append only");
    const keys = "SELECT count(*)::int AS count FROM pg_constraint WHERE contype = 'f'";
    const whole = await emptyDatabase();
    await prepare(whole, 0);
    expect(await sql(fresh, keys)).toEqual(await sql(whole, keys));

    // over a newer database's rows it is refused
    await sql(whole, ROWS);
    await expect(restoreBackup(whole, file, true, migrateOf(whole))).rejects.toThrow("of an older version than the database that is there");
    expect(await sql(whole, "SELECT count(*)::int AS count FROM matching.audit_entry")).toEqual([{ count: 3 }]);
  });

  test("rows that break a rule of the database are refused by its name, and what was there stays", async () => {
    const [from, to] = [await emptyDatabase(), await emptyDatabase()];
    await prepare(from, 0);
    await prepare(to, 0);
    await sql(to, ROWS);
    await sql(
      from,
      `ALTER TABLE communities.region DROP CONSTRAINT region_parent_fk; ${ROWS}; UPDATE communities.region SET parent_code = '5'`,
    );
    const file = fileOf("dangling.backup");
    await writeBackup(from, file);
    await expect(restoreBackup(to, file, true, migrateOf(to))).rejects.toThrow("break region_parent_fk. Nothing was changed.");
    expect(await sql(to, "SELECT parent_code FROM communities.region")).toEqual([{ parent_code: null }]);
  });

  test("without tables has nothing to back up, and no file is made", async () => {
    const file = fileOf("none.backup");
    await expect(writeBackup(await emptyDatabase(), file)).rejects.toThrow("There is nothing to back up: communities, events, matching");
    expect(existsSync(file)).toBe(false);
  });
});
