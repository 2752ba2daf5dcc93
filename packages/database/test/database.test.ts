import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createTestDatabase, type TestDatabase } from "@gongjian/testing";
import { constraintOf, countStatements, Database, statement, TransactionAborted, uuidv7 } from "../src";
import { Bench, communities } from "./fixture";

const addBench = statement("test.bench.add", "INSERT INTO bench (id, place, seats) VALUES ($1, $2, $3) RETURNING id");
const allBenches = statement("test.bench.all", "SELECT id, place, seats FROM bench ORDER BY place");
const takeSeats = statement("test.bench.take", "UPDATE bench SET seats = seats + $2 WHERE place = $1");
const one = statement("test.one", "SELECT 1 AS one");

let test: TestDatabase;
let db: Database;
beforeAll(async () => {
  test = await createTestDatabase({ subgraphs: [communities] });
  db = await test.open("communities");
});
afterAll(() => test?.close());
beforeEach(() => test.sql("TRUNCATE communities.bench"));

const plant = (place: string, seats = 0) => db.transaction((tx) => tx.rows(addBench, [uuidv7(), place, seats]));
const seatsOf = async (place: string) => (await db.rows<Bench>(allBenches)).find((bench) => bench.place === place)?.seats;

/** Ends every connection of the database but those that are in use by this call. */
const killConnections = () =>
  test.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

describe("row shapes", () => {
  const shapes = statement(
    "test.shapes",
    `SELECT '2024-05-01 16:00:00.123456+08'::timestamptz AS instant, '2024-05-01 00:00:00+00'::timestamptz AS whole,
       '2024-05-01 00:00:00.5+00'::timestamptz AS half, DATE '2024-02-29' AS day, 9007199254740991::int8 AS big, -5::int8 AS small,
       sum(n)::numeric AS total, 12.50::numeric(10,2) AS scaled, '{"a":[1,null]}'::jsonb AS doc, '"x"'::json AS text_doc,
       ARRAY['2024-05-01 00:00:00+00'::timestamptz, NULL] AS instants, ARRAY[DATE '2024-02-29'] AS days, ARRAY[1::int8, NULL] AS bigs,
       ARRAY[[1::int8, 2], [3, 4]] AS nested, ARRAY['{"a": "b,\\"c"}'::jsonb, 'null'] AS docs, ARRAY['a', NULL, '逗,号"'] AS words, NULL::timestamptz AS nothing
     FROM generate_series(1, 3) AS n`,
  );
  const expected = {
    instant: "2024-05-01T08:00:00.123Z",
    whole: "2024-05-01T00:00:00.000Z",
    half: "2024-05-01T00:00:00.500Z",
    day: "2024-02-29",
    big: 9007199254740991,
    small: -5,
    total: 6,
    scaled: "12.50",
    doc: { a: [1, null] },
    text_doc: "x",
    instants: ["2024-05-01T00:00:00.000Z", null],
    days: ["2024-02-29"],
    bigs: [1, null],
    nested: [
      [1, 2],
      [3, 4],
    ],
    docs: [{ a: 'b,"c' }, null],
    words: ["a", null, '逗,号"'],
    nothing: null,
  };

  it("are the same for reads and inside transactions", async () => {
    expect(await db.rows(shapes)).toEqual([expected]);
    expect(await db.transaction((tx) => tx.rows(shapes))).toEqual([expected]);
  });

  it("refuse a whole number that JavaScript would round", async () => {
    const tooBig = statement("test.tooBig", "SELECT 9007199254740993::int8 AS n");
    await expect(db.rows(tooBig)).rejects.toThrow("9007199254740993 is not a whole number that JavaScript holds exactly");
    const tooBigSum = statement("test.tooBigSum", "SELECT 9007199254740993::numeric AS n");
    await expect(db.rows(tooBigSum)).rejects.toThrow(RangeError);
    expect(await db.rows(one)).toEqual([{ one: 1 }]);
  });
});

describe("reads", () => {
  it("count their statements and prepare them once", async () => {
    const counter = countStatements(db);
    const meter = { statements: 0 };
    for (let n = 0; n < 3; n++) await db.rows(one, [], meter);
    expect(meter.statements).toBe(3);
    expect(counter.count()).toBe(3);
    expect(counter.texts()[0]).toContain("SELECT 1");
    counter.reset();
    await db.transaction((tx) => tx.manager.findBy(Bench, { place: "nowhere" }));
    expect(counter.texts().filter((text) => text.includes("bench"))).toHaveLength(1);
    const prepared = statement("test.prepared", "SELECT name FROM pg_prepared_statements WHERE name = 'test.one'");
    expect(await db.rows(prepared)).toEqual([{ name: "test.one" }]);
  });

  it("cannot write", async () => {
    await expect(db.rows(addBench, [uuidv7(), "a", 1])).rejects.toMatchObject({ code: "25006" });
  });

  it("use a replica when there is one, and pass over one that is down", async () => {
    const url = test.urls.communities as string;
    const dead = new URL(url);
    dead.port = "1";
    const replicated = await test.open("communities", { readUrls: [url, dead.toString()] });
    for (let n = 0; n < 4; n++) expect(await replicated.rows(one)).toEqual([{ one: 1 }]);
    await replicated.ping();
  });

  it("go on after a migration changed a table under a prepared statement", async () => {
    const everything = statement("test.bench.star", "SELECT * FROM bench");
    await plant("gate");
    const single = await test.open("communities", { poolSize: 1 });
    expect(Object.keys((await single.rows<object>(everything))[0] ?? {})).not.toContain("colour");
    await single.transaction((tx) => tx.rows(everything));
    const backend = statement("test.backend", "SELECT pg_backend_pid() AS pid");
    const connection = await single.rows(backend);
    await test.sql("ALTER TABLE communities.bench ADD COLUMN colour text");
    try {
      expect(Object.keys((await single.rows<object>(everything))[0] ?? {})).toContain("colour");
      expect(await single.rows(backend)).not.toEqual(connection);
      await single.transaction((tx) => tx.rows(everything));
    } finally {
      await test.sql("ALTER TABLE communities.bench DROP COLUMN colour");
    }
  });

  it("stop a statement that takes too long", async () => {
    const hasty = await test.open("communities", { statementTimeoutMs: 50 });
    await expect(hasty.rows(statement("test.sleep", "SELECT pg_sleep(5)"))).rejects.toMatchObject({ code: "57014" });
    expect(await hasty.rows(one)).toEqual([{ one: 1 }]);
  });
});

describe("lost connections", () => {
  it("survive pg_terminate_backend of every idle connection", async () => {
    await Promise.all(Array.from({ length: 8 }, () => db.rows(one)));
    await Promise.all(Array.from({ length: 4 }, (_, n) => plant(`idle ${n}`)));
    await killConnections();
    const answers = await Promise.all(Array.from({ length: 8 }, () => db.rows(one)));
    expect(answers).toEqual(Array(8).fill([{ one: 1 }]));
    await plant("after");
    expect(await seatsOf("after")).toBe(0);
    await db.ping();
  });

  it("retry a read that was under way, once", async () => {
    const counter = countStatements(db);
    const slow = db.rows(statement("test.slow", "SELECT pg_sleep(0.4)::text AS slept"));
    await sleep(150);
    await killConnections();
    expect(await slow).toEqual([{ slept: "" }]);
    expect(counter.count()).toBe(1);
  });

  it("do not end the process when the network resets one during a read", async () => {
    const target = new URL(test.urls.communities as string);
    const sockets: Socket[] = [];
    const proxy = createServer((socket) => {
      sockets.push(socket);
      const onward = connect(Number(target.port), target.hostname);
      for (const side of [socket, onward]) side.on("error", () => undefined);
      socket.pipe(onward).pipe(socket);
      socket.on("close", () => onward.destroy());
    }).listen(0, "127.0.0.1");
    await once(proxy, "listening");
    const through = new URL(target);
    through.port = String((proxy.address() as AddressInfo).port);
    const far = await test.open("communities", { readUrls: [through.toString()] });
    const slow = far.rows(statement("test.slow", "SELECT pg_sleep(0.4)::text AS slept"));
    await sleep(150);
    for (const socket of sockets) socket.resetAndDestroy();
    expect(await slow).toEqual([{ slept: "" }]);
    expect(sockets).toHaveLength(2);
    await far.close();
    proxy.close();
  });

  it("never repeat a write that was under way", async () => {
    let runs = 0;
    const write = db.transaction(async (tx) => {
      runs += 1;
      await tx.rows(addBench, [uuidv7(), "half-done", 1]);
      await tx.manager.query("SELECT pg_sleep(0.4)");
    });
    const outcome = expect(write).rejects.toThrow();
    await sleep(150);
    await killConnections();
    await outcome;
    expect(runs).toBe(1);
    expect(await seatsOf("half-done")).toBeUndefined();
  });

  it("do not end the process when a connection dies between two statements of a transaction", async () => {
    const write = db.transaction(async (tx) => {
      await tx.rows(addBench, [uuidv7(), "gone", 1]);
      await killConnections();
      await sleep(50);
      await tx.rows(allBenches);
    });
    await expect(write).rejects.toThrow();
    expect(await seatsOf("gone")).toBeUndefined();
  });
});

describe("transactions", () => {
  it("roll back what threw", async () => {
    await expect(
      db.transaction(async (tx) => {
        await tx.manager.insert(Bench, { id: uuidv7(), place: "gate", seats: 2 });
        throw new Error("changed my mind");
      }),
    ).rejects.toThrow("changed my mind");
    expect(await db.rows(allBenches)).toEqual([]);
  });

  it("run the whole work again after a real deadlock", async () => {
    await plant("east");
    await plant("west");
    let runs = 0;
    let waiting = 0;
    let bothHold!: () => void;
    const met = new Promise<void>((resolve) => {
      bothHold = resolve;
    });
    const swap = (first: string, second: string) =>
      db.transaction(async (tx) => {
        runs += 1;
        await tx.rows(takeSeats, [first, 1]);
        if (++waiting === 2) bothHold();
        await met;
        await tx.rows(takeSeats, [second, 10]);
      });
    await Promise.all([swap("east", "west"), swap("west", "east")]);
    expect(runs).toBe(3);
    expect(await seatsOf("east")).toBe(11);
    expect(await seatsOf("west")).toBe(11);
  });

  it("run again also when the work caught the deadlock's error and went on", async () => {
    await plant("gate");
    for (const last of [statement("test.one", "SELECT 1 AS one"), null]) {
      let runs = 0;
      await db.transaction(async (tx) => {
        await tx.rows(takeSeats, ["gate", 1]);
        const raise = "DO $$ BEGIN RAISE EXCEPTION 'victim' USING ERRCODE = '40P01'; END $$";
        if (++runs === 1) await tx.manager.query(raise).catch(() => undefined);
        if (last) await tx.rows(last);
      });
      expect(runs).toBe(2);
    }
    expect(await seatsOf("gate")).toBe(2);
  });

  it("give up after a bounded number of tries", async () => {
    let runs = 0;
    const raise = "DO $$ BEGIN RAISE EXCEPTION 'no luck' USING ERRCODE = '40001'; END $$";
    const write = db.transaction(async (tx) => {
      runs += 1;
      await tx.manager.query(raise);
    });
    await expect(write).rejects.toMatchObject({ driverError: { code: "40001" } });
    expect(runs).toBe(6);
  });

  it("never acknowledge a commit that PostgreSQL turned into a rollback", async () => {
    await plant("gate");
    const write = db.transaction(async (tx) => {
      await tx.rows(addBench, [uuidv7(), "pond", 1]);
      await tx.rows(addBench, [uuidv7(), "gate", 1]).catch(() => undefined);
    });
    await expect(write).rejects.toThrow(TransactionAborted);
    expect(await seatsOf("pond")).toBeUndefined();
  });

  it("refuse statements after their end", async () => {
    let late!: () => Promise<unknown>;
    await db.transaction(async (tx) => {
      late = () => tx.rows(one);
    });
    await expect(late()).rejects.toThrow("has ended");
  });

  it("are READ COMMITTED, whatever the database's own default", async () => {
    await test.sql(`ALTER DATABASE "${test.name}" SET default_transaction_isolation = 'serializable'`);
    const fresh = await test.open("communities");
    const level = await fresh.transaction((tx) =>
      tx.rows(statement("test.level", "SELECT current_setting('transaction_isolation') AS level")),
    );
    expect(level).toEqual([{ level: "read committed" }]);
  });
});

describe("constraintOf", () => {
  it("names the constraint that a statement or an entity broke", async () => {
    await plant("gate");
    const raw = await plant("gate").catch((error: unknown) => error);
    expect(constraintOf(raw)).toEqual({ code: "23505", constraint: "bench_place_key" });
    const entity = await db
      .transaction((tx) => tx.manager.insert(Bench, { id: uuidv7(), place: "pond", seats: -1 }))
      .catch((error: unknown) => error);
    expect(constraintOf(entity)).toEqual({ code: "23514", constraint: "bench_seats_check" });
  });

  it("knows no other errors", () => {
    for (const other of [null, "23505", new Error("x"), Object.assign(new Error("x"), { code: "EPIPE" }), { code: 23505 }]) {
      expect(constraintOf(other)).toBeNull();
    }
  });
});

describe("opening and closing", () => {
  it("fails at once with a wrong password", async () => {
    const url = new URL(test.urls.communities as string);
    url.password = "wrong";
    const opening = Database.open({ subgraph: "communities", url: url.toString(), entities: communities.entities });
    await expect(opening).rejects.toMatchObject({ code: "28P01" });
  });

  it("keeps one connection however long nobody asks, by which the service is seen to run, and closes the others", async () => {
    const connections = async () =>
      (
        await test.sql<{ n: number }>(
          "SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'gongjian-communities'",
        )
      )[0]!.n;
    const before = await connections();
    jest.useFakeTimers({ doNotFake: ["setImmediate", "nextTick", "queueMicrotask", "Date", "performance", "hrtime", "setInterval"] });
    try {
      const idle = await test.open("communities");
      await Promise.all(Array.from({ length: 4 }, (_, n) => idle.transaction((tx) => tx.rows(addBench, [uuidv7(), `idle ${n}`, 0]))));
      await Promise.all(Array.from({ length: 4 }, () => idle.rows(one)));
      expect(await connections()).toBeGreaterThan(before + 2);
      jest.advanceTimersByTime(3_600_000);
    } finally {
      jest.useRealTimers();
    }
    for (let tries = 0; tries < 200 && (await connections()) > before + 1; tries++) await sleep(25);
    await sleep(200);
    expect(await connections()).toBe(before + 1);
  });

  it("leaves no connection behind", async () => {
    const connections = async () =>
      (
        await test.sql<{ pid: number }>(
          "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'gongjian-communities'",
        )
      ).map(({ pid }) => pid);
    const before = new Set(await connections());
    const brief = await Database.open({ subgraph: "communities", url: test.urls.communities as string, entities: communities.entities });
    await brief.rows(one);
    const own = new Set((await connections()).filter((pid) => !before.has(pid)));
    expect(own.size).toBeGreaterThan(0);
    await brief.close();
    // the server takes a moment to forget them
    const left = async () => (await connections()).filter((pid) => own.has(pid));
    for (let tries = 0; tries < 200 && (await left()).length > 0; tries++) await sleep(25);
    expect(await left()).toEqual([]);
  });
});
