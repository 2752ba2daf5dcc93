import { createTestDatabase, type TestDatabase } from "@gongjian/testing";
import { auditAnchors, type CommandCall, type Database, prepareDatabase, runCommand, statement, uuidv7, verifyAudit } from "../src";
import { communities, events } from "./fixture";

const takeSeat = statement("test.audit.take", "UPDATE bench SET seats = seats - 1 WHERE id = $1");
const call: CommandCall = { subject: "user-1", role: "OFFICER", requestId: "request-1" };

let test: TestDatabase;
let db: Database;
beforeEach(async () => {
  test = await createTestDatabase({ subgraphs: [communities, events] });
  db = await test.open("communities", { poolSize: 16 });
});
afterEach(() => test?.close());

const write = (step: number, concept = "Bench") =>
  runCommand(db, call, "write", { step }, async (tx) => {
    tx.audit({
      action: "changed",
      concept,
      entityId: `bench-${step}`,
      before: { 座位: step, note: null },
      after: { 座位: step + 1, name: "长椅 𠮷" },
    });
    return null;
  });
async function chainOf(length: number): Promise<void> {
  for (let step = 1; step <= length; step++) await write(step);
}
const verify = async (anchors?: Awaited<ReturnType<typeof auditAnchors>>) =>
  (await verifyAudit(test.adminUrl, ["communities"], { batch: 4, ...(anchors && { anchors }) }))[0];
/** What somebody with every right over the database could do: past all triggers. */
const tamper = (text: string) => test.sql(`SET session_replication_role = replica; SET search_path = communities; ${text}`);
/** A whole and consistent forgery: every hash from `from` on is computed anew, and the head with them. */
const rehash = (from: number) =>
  tamper(`
    CREATE TEMP TABLE copy AS SELECT * FROM audit_entry WHERE id >= ${from} ORDER BY id;
    DELETE FROM audit_entry WHERE id >= ${from};
    SET session_replication_role = origin;
    ALTER TABLE audit_head DISABLE TRIGGER USER;
    UPDATE audit_head SET (id, hash) = (SELECT id, hash FROM audit_entry WHERE id = ${from - 1});
    INSERT INTO audit_entry (subject, role, action, concept, entity_id, before, after, request_id)
      SELECT subject, role, action, concept, entity_id, before, after, request_id FROM copy ORDER BY id;
    ALTER TABLE audit_head ENABLE TRIGGER USER;`);

describe("a whole chain", () => {
  it("is verified, empty or not, one schema apart from another", async () => {
    expect(await verifyAudit(test.adminUrl, ["communities", "events"])).toEqual([
      { schema: "communities", entries: 0, problem: null },
      { schema: "events", entries: 0, problem: null },
    ]);
    await chainOf(9);
    expect(await verify()).toEqual({ schema: "communities", entries: 9, problem: null });
    const [own, other] = await auditAnchors(test.adminUrl, ["communities", "events"]);
    expect(own).toMatchObject({ schema: "communities", id: 9 });
    expect(other).toMatchObject({ schema: "events", id: 0 });
    expect(own?.hash).not.toBe(other?.hash);
  });

  it("gives every value that a column can hold the hash that the database gave it", async () => {
    const odd = [undefined, null, "", "a'\\:-1", "\u{10ffff}\t", { a: 1e300, b: [1.5, -0, "é", "e\u0301"] }, { 2: "x", 10: "y" }, false];
    await runCommand(db, { ...call, subject: "名:'字\\" }, "odd", {}, async (tx) => {
      for (const value of odd) tx.audit({ action: "-", concept: "", entityId: "3:abc", before: value, after: [value] });
      return null;
    });
    expect(await verify()).toMatchObject({ entries: odd.length, problem: null });
  });

  it("has no gap where a transaction was undone", async () => {
    await write(1);
    await expect(
      db.transaction(async (tx) => {
        await tx.manager.query(
          "INSERT INTO audit_entry (subject, role, action, concept, entity_id, request_id) VALUES ('s', 'r', 'a', 'c', 'e', 'q')",
        );
        throw new Error("undone");
      }),
    ).rejects.toThrow("undone");
    await write(2);
    expect(await test.sql("SELECT id::int FROM communities.audit_entry ORDER BY id")).toEqual([{ id: 1 }, { id: 2 }]);
    expect(await verify()).toMatchObject({ entries: 2, problem: null });
  });

  it("goes on where the rows of one statement and of several in one transaction leave it", async () => {
    const insert = (n: number) =>
      `INSERT INTO audit_entry (subject, role, action, concept, entity_id, request_id) SELECT 's', 'r', 'a', 'c', n::text, 'q' FROM generate_series(1, ${n}) AS n`;
    await db.transaction(async (tx) => {
      for (const n of [3, 0, 1, 5]) await tx.manager.query(insert(n));
    });
    await write(1);
    expect(await verify()).toMatchObject({ entries: 10, problem: null });
  });
});

describe("200 commands at the same time", () => {
  it("chain without gap or fork, in the order of their commits, with their locks taken crosswise", async () => {
    await test.sql(`ALTER DATABASE ${test.name} SET deadlock_timeout = '20ms'`);
    const quick = await test.open("communities", { poolSize: 16 });
    const ids = Array.from({ length: 10 }, () => uuidv7());
    for (const id of ids) await test.sql("INSERT INTO communities.bench (id, place, seats) VALUES ($1, $2, 1000)", [id, id]);
    const bench = (n: number) => ids[n % ids.length] as string;
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        runCommand(quick, { ...call, requestId: `r-${n}`, idempotencyKey: `k-${n}` }, "take", { n }, async (tx) => {
          // every fortieth pair takes two benches in opposite order: some of them are the victims of a deadlock and run again
          const crosswise = n % 40 < 2;
          await tx.rows(takeSeat, [crosswise ? bench(n % 2) : bench(n)]);
          if (crosswise) await tx.rows(takeSeat, [bench((n + 1) % 2)]);
          if (n % 20 === 7) return tx.rollback("refused");
          for (let note = 0; note <= n % 3; note++) tx.audit({ action: `note ${note}`, concept: "Bench", entityId: `${n}`, after: { n } });
          return "taken";
        }),
      ),
    );
    const taken = outcomes.filter((outcome) => outcome.kind === "done" && outcome.result === "taken").length;
    expect(taken).toBe(190);
    const expected = Array.from({ length: 200 }, (_, n) => (n % 20 === 7 ? 0 : 1 + (n % 3))).reduce((a, b) => a + b, 0);
    expect(await verify()).toEqual({ schema: "communities", entries: expected, problem: null });
    const [order] = await test.sql<{ forks: number; backwards: number }>(`
      SELECT (SELECT count(*)::int FROM (SELECT 1 FROM communities.audit_entry GROUP BY previous_hash HAVING count(*) > 1) AS fork) AS forks,
        (SELECT count(*)::int FROM (SELECT at < lag(at) OVER (ORDER BY id) AS back FROM communities.audit_entry) AS step WHERE back) AS backwards`);
    expect(order).toEqual({ forks: 0, backwards: 0 });
  }, 60_000);

  it("are not held up by a process that stops between its last statement and its commit", async () => {
    let goOn = (): void => undefined;
    const paused = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let ended = false;
    const stopped = runCommand(db, call, "slow", {}, async (tx) => {
      tx.audit({ action: "slow", concept: "Bench", entityId: "slow" });
      await paused;
      return null;
    }).then(() => {
      ended = true;
    });
    await write(1);
    expect(ended).toBe(false);
    goOn();
    await stopped;
    expect(await test.sql("SELECT entity_id FROM communities.audit_entry ORDER BY id")).toEqual([
      { entity_id: "bench-1" },
      { entity_id: "slow" },
    ]);
  });
});

describe("the subgraph's role", () => {
  const asRole = (text: string) => db.transaction((tx) => tx.manager.query(text));
  const values = "('s', 'r', 'a', 'c', 'e', 'q')";

  it.each([
    [
      "choose an id",
      `INSERT INTO audit_entry (id, subject, role, action, concept, entity_id, request_id) VALUES (9, 's', 'r', 'a', 'c', 'e', 'q')`,
    ],
    [
      "choose a hash",
      `INSERT INTO audit_entry (hash, subject, role, action, concept, entity_id, request_id) VALUES ('x', 's', 'r', 'a', 'c', 'e', 'q')`,
    ],
    [
      "choose a time",
      `INSERT INTO audit_entry (at, subject, role, action, concept, entity_id, request_id) VALUES (now(), 's', 'r', 'a', 'c', 'e', 'q')`,
    ],
    [
      "overwrite",
      `INSERT INTO audit_entry (subject, role, action, concept, entity_id, request_id) VALUES ${values} ON CONFLICT (id) DO UPDATE SET role = 'x'`,
    ],
    ["update", "UPDATE audit_entry SET role = 'x'"],
    ["delete", "DELETE FROM audit_entry"],
    ["truncate", "TRUNCATE audit_entry"],
    ["move the head", "UPDATE audit_head SET id = 0"],
    ["add a head", "INSERT INTO audit_head (single, id, hash, at) VALUES (true, 0, 'x', now())"],
    ["delete the head", "DELETE FROM audit_head"],
    ["lock the head", "SELECT 1 FROM audit_head FOR UPDATE"],
    ["disable the trigger", "ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_chain"],
    ["drop the trigger", "DROP TRIGGER audit_entry_chain ON audit_entry"],
    [
      "replace the function",
      "CREATE OR REPLACE FUNCTION communities.chain_audit_entry() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    ],
    ["switch triggers off", "SET session_replication_role = replica"],
    ["put a table of its own first", "CREATE TABLE communities.audit_head2 (id int)"],
  ])("cannot %s", async (_what, text) => {
    await write(1);
    await expect(asRole(text)).rejects.toMatchObject({ driverError: { code: "42501" } });
    expect(await verify()).toMatchObject({ entries: 1, problem: null });
  });

  it("chains what it inserts by hand, whatever its search path", async () => {
    await db.transaction(async (tx) => {
      await tx.manager.query("SET LOCAL search_path = pg_temp, communities");
      await tx.manager.query(
        `INSERT INTO communities.audit_entry (subject, role, action, concept, entity_id, request_id) VALUES ${values}`,
      );
    });
    expect(await verify()).toMatchObject({ entries: 1, problem: null });
  });

  it("keeps its narrow rights when the platform starts again", async () => {
    const password = decodeURIComponent(new URL(test.urls.communities as string).password);
    await prepareDatabase({ adminUrl: test.adminUrl, rolePrefix: "gongjian_test", subgraphs: [{ ...communities, password }] });
    for (const text of ["UPDATE audit_head SET id = 5", "UPDATE audit_entry SET role = 'x'", "INSERT INTO audit_entry (id) VALUES (1)"])
      await expect(asRole(text)).rejects.toMatchObject({ driverError: { code: "42501" } });
    await write(1);
    expect(await verify()).toMatchObject({ entries: 1, problem: null });
  });
});

describe("the owner", () => {
  it.each(["UPDATE communities.audit_head SET id = 1", "DELETE FROM communities.audit_head", "TRUNCATE communities.audit_head"])(
    "is refused by the triggers: %s",
    async (text) => {
      await chainOf(2);
      await expect(test.sql(text)).rejects.toMatchObject({ code: "42501", message: "audit_head is append only" });
    },
  );
});

describe("verification finds", () => {
  const CASES: [string, string, { kind: string; id: number }][] = [
    ["an edited value", `UPDATE audit_entry SET after = '{"x": 1}' WHERE id = 5`, { kind: "edited", id: 5 }],
    ["an edited subject", "UPDATE audit_entry SET subject = 'somebody else' WHERE id = 1", { kind: "edited", id: 1 }],
    ["an edited time", "UPDATE audit_entry SET at = at + interval '1 microsecond' WHERE id = 9", { kind: "edited", id: 9 }],
    ["null for JSON null", "UPDATE audit_entry SET before = 'null' WHERE id = 3", { kind: "edited", id: 3 }],
    [
      "text moved between columns",
      "UPDATE audit_entry SET action = action || concept, concept = '' WHERE id = 4",
      { kind: "edited", id: 4 },
    ],
    ["an exchanged hash", "UPDATE audit_entry SET hash = sha256('x') WHERE id = 6", { kind: "edited", id: 6 }],
    ["a deleted entry", "DELETE FROM audit_entry WHERE id = 5", { kind: "missing", id: 5 }],
    ["a deleted beginning", "DELETE FROM audit_entry WHERE id <= 3", { kind: "missing", id: 1 }],
    [
      "a deleted entry, the others renumbered",
      "DELETE FROM audit_entry WHERE id = 5; UPDATE audit_entry SET id = id - 1 WHERE id > 5",
      { kind: "missing", id: 5 },
    ],
    [
      "an entry before the first",
      "INSERT INTO audit_entry SELECT 0, at, subject, role, action, concept, entity_id, before, after, request_id, hash, hash FROM audit_entry WHERE id = 2",
      { kind: "inserted", id: 0 },
    ],
    [
      "an entry put in, the others renumbered",
      "UPDATE audit_entry SET id = id + 1000 WHERE id >= 4; UPDATE audit_entry SET id = id - 999 WHERE id > 1000; INSERT INTO audit_entry SELECT 4, at, 'forged', role, action, concept, entity_id, before, after, request_id, hash, sha256('x') FROM audit_entry WHERE id = 3",
      { kind: "inserted", id: 4 },
    ],
    [
      "an entry added without the trigger",
      "INSERT INTO audit_entry SELECT 11, at, 'forged', role, action, concept, entity_id, before, after, request_id, hash, sha256('x') FROM audit_entry WHERE id = 10",
      { kind: "inserted", id: 11 },
    ],
    [
      "an entry added far behind",
      "INSERT INTO audit_entry SELECT 99, at, 'forged', role, action, concept, entity_id, before, after, request_id, hash, sha256('x') FROM audit_entry WHERE id = 10",
      { kind: "inserted", id: 99 },
    ],
    [
      "two neighbours exchanged",
      "UPDATE audit_entry SET id = -6 WHERE id = 6; UPDATE audit_entry SET id = 6 WHERE id = 7; UPDATE audit_entry SET id = 7 WHERE id = -6",
      { kind: "reordered", id: 6 },
    ],
    [
      "two entries far apart exchanged",
      "UPDATE audit_entry SET id = -2 WHERE id = 2; UPDATE audit_entry SET id = 2 WHERE id = 9; UPDATE audit_entry SET id = 9 WHERE id = -2",
      { kind: "reordered", id: 2 },
    ],
    ["an end cut off", "DELETE FROM audit_entry WHERE id > 7", { kind: "truncated", id: 8 }],
    ["an emptied trail", "TRUNCATE audit_entry", { kind: "truncated", id: 1 }],
    ["a lost head", "DELETE FROM audit_head", { kind: "missing", id: 10 }],
    ["a head that names another entry", "UPDATE audit_head SET hash = sha256('x')", { kind: "rewritten", id: 10 }],
    ["a trail that was dropped", "DROP TABLE audit_entry", { kind: "missing", id: 0 }],
    ["a disabled trigger", "ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_chain", { kind: "unguarded", id: 0 }],
    ["a missing trigger", "DROP TRIGGER audit_entry_append_only ON audit_entry", { kind: "unguarded", id: 0 }],
  ];

  it.each(CASES)("%s", async (_what, text, expected) => {
    await chainOf(10);
    await tamper(text);
    const report = await verify();
    expect(report?.problem).toMatchObject(expected);
    expect(report?.problem?.message).toMatch(/\.$/);
  });

  it("an entry that was edited and hashed again, by the one after it", async () => {
    await chainOf(6);
    await tamper("CREATE TABLE kept AS SELECT * FROM audit_entry WHERE id > 4; UPDATE audit_entry SET subject = 'x' WHERE id = 4");
    await rehash(4);
    await tamper("DELETE FROM audit_entry WHERE id > 4; INSERT INTO audit_entry SELECT * FROM kept");
    expect((await verify())?.problem).toMatchObject({ kind: "edited", id: 4 });
  });

  it("nothing in a chain that was rewritten whole, unless an anchor was kept", async () => {
    await chainOf(3);
    const early = await auditAnchors(test.adminUrl, ["communities"]);
    await chainOf(6);
    const late = await auditAnchors(test.adminUrl, ["communities"]);
    expect(await verify([...early, ...late])).toMatchObject({ entries: 9, problem: null });
    await tamper("UPDATE audit_entry SET subject = 'somebody else' WHERE id = 5");
    expect((await verify(late))?.problem).toMatchObject({ kind: "edited", id: 5 });
    await rehash(5);
    expect(await verify()).toMatchObject({ entries: 9, problem: null });
    expect(await verify(early)).toMatchObject({ problem: null });
    expect((await verify(late))?.problem).toMatchObject({ kind: "rewritten", id: 9 });
  });

  it("an end cut off together with the head, when an anchor was kept", async () => {
    await chainOf(6);
    const anchors = await auditAnchors(test.adminUrl, ["communities"]);
    await tamper(
      "DELETE FROM audit_entry WHERE id > 4; UPDATE audit_head SET (id, hash) = (SELECT id, hash FROM audit_entry WHERE id = 4)",
    );
    expect(await verify()).toMatchObject({ entries: 4, problem: null });
    expect((await verify(anchors))?.problem).toMatchObject({ kind: "truncated", id: 5 });
    await chainOf(5);
    expect(await verify()).toMatchObject({ entries: 9, problem: null });
    expect((await verify(anchors))?.problem).toMatchObject({ kind: "rewritten", id: 6 });
  });

  it("that the end is missing even after new entries were written", async () => {
    await chainOf(6);
    await tamper("DELETE FROM audit_entry WHERE id > 4");
    await write(7);
    expect((await verify())?.problem).toEqual({ kind: "missing", id: 5, message: "Entries 5 to 6 are missing." });
  });
});

describe("private values", () => {
  it("do not reach the trail", async () => {
    await runCommand(db, call, "private", {}, async (tx) => {
      const after = { name: "馆", contact: { name: "某", phone: "13800000000" }, people: [{ idNumber: "510116", role: "x" }], email: null };
      tx.audit({ action: "a", concept: "Bench", entityId: "private", before: null, after });
      after.name = "changed after the note was taken";
      return null;
    });
    const [entry] = await test.sql<{ after: unknown }>("SELECT after FROM communities.audit_entry");
    expect(entry?.after).toEqual({ name: "馆", contact: "[private]", people: [{ idNumber: "[private]", role: "x" }], email: null });
  });
});

it("reads 50,000 entries with bounded memory", async () => {
  for (let part = 0; part < 25; part++)
    await test.sql(`INSERT INTO communities.audit_entry (subject, role, action, concept, entity_id, before, after, request_id)
      SELECT 'user', 'OFFICER', 'update', 'Bench', n::text, '{"state": "DRAFT"}', jsonb_build_object('text', repeat('社区', 200)), 'r' FROM generate_series(1, 2000) AS n`);
  global.gc?.();
  const before = process.memoryUsage().heapUsed;
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().heapUsed - before);
  }, 20);
  const started = performance.now();
  const [report] = await verifyAudit(test.adminUrl, ["communities"]);
  clearInterval(watch);
  const seconds = (performance.now() - started) / 1_000;
  expect(report).toEqual({ schema: "communities", entries: 50_000, problem: null });
  if (process.env.AUDIT_FIGURES)
    process.stdout.write(`${Math.round(50_000 / seconds)} entries/s, ${Math.round(peak / 1e6)} MB of heap at most\n`);
  expect(seconds).toBeLessThan(30);
  // the rows hold some 65 MB of text: were they kept, the heap would show it
  expect(peak).toBeLessThan(100e6);
}, 120_000);
