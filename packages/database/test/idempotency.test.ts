import { createTestDatabase, type TestDatabase } from "@gongjian/testing";
import { type CommandCall, type Database, keepSwept, runCommand, sweepIdempotency, verifyAudit } from "../src";
import { communities } from "./fixture";

let test: TestDatabase;
let db: Database;
beforeAll(async () => {
  test = await createTestDatabase({ subgraphs: [communities] });
  db = await test.open("communities");
});
afterAll(() => test?.close());
beforeEach(() => test.sql("DELETE FROM communities.idempotency_record"));

const call = (key: string, who: Partial<CommandCall> = {}): CommandCall => ({
  issuer: "https://a.example",
  subject: "wang",
  role: "OFFICER",
  requestId: "request-1",
  idempotencyKey: key,
  ...who,
});
let runs = 0;
const run = (as: CommandCall, input: object = {}) =>
  runCommand(db, as, "count", input, async (tx) => {
    tx.audit({ action: "count", concept: "Run", entityId: as.idempotencyKey ?? "", after: null });
    return { run: ++runs, phone: "13800000000", contacts: { wechat: "wx-1", count: 2 }, title: "t" };
  });
const age = (days: number) => test.sql("UPDATE communities.idempotency_record SET created_at = now() - make_interval(days => $1)", [days]);
const left = async () => (await test.sql<{ n: number }>("SELECT count(*)::int AS n FROM communities.idempotency_record"))[0]?.n;

describe("a viewer", () => {
  it("is an issuer's subject: two issuers' subjects of one name have their own keys, and so has the platform", async () => {
    const viewers = [{}, { issuer: "https://b.example" }, { issuer: undefined }];
    const outcomes = [];
    for (const who of viewers) outcomes.push(await run(call("shared", who)));
    expect(outcomes.map((outcome) => outcome.kind === "done" && outcome.replayed)).toEqual([false, false, false]);
    for (const who of viewers) expect(await run(call("shared", who))).toMatchObject({ replayed: true });
    expect(await run(call("shared"), { other: "body" })).toEqual({ kind: "conflict" });
  });

  it("is named with its issuer in the trail, whose chain holds", async () => {
    await run(call("trail"));
    await run(call("trail", { issuer: undefined }));
    const entries = await test.sql("SELECT issuer, subject FROM communities.audit_entry WHERE entity_id = 'trail' ORDER BY id");
    expect(entries).toEqual([
      { issuer: "https://a.example", subject: "wang" },
      { issuer: null, subject: "wang" },
    ]);
    expect(await verifyAudit(test.adminUrl, ["communities"])).toMatchObject([{ problem: null }]);
  });
});

describe("a stored result", () => {
  it("is given for seven days, and then the key is a new request's", async () => {
    const first = await run(call("aged"));
    await age(6);
    expect(await run(call("aged"))).toMatchObject({ replayed: true, result: { run: (first as { result: { run: number } }).result.run } });
    await age(8);
    const again = await Promise.all(Array.from({ length: 20 }, () => run(call("aged"))));
    expect(again.filter((outcome) => outcome.kind === "done" && !outcome.replayed)).toHaveLength(1);
    expect(new Set(again.map((outcome) => outcome.kind === "done" && outcome.result.run)).size).toBe(1);
    // also with another body, which was a conflict before
    await age(8);
    expect(await run(call("aged"), { other: "body" })).toMatchObject({ kind: "done", replayed: false });
  });

  it("has no private text, and the first answer had it", async () => {
    expect(await run(call("private"))).toMatchObject({ result: { phone: "13800000000", contacts: { wechat: "wx-1" } } });
    const [row] = await test.sql<{ text: string }>("SELECT result::text AS text FROM communities.idempotency_record");
    expect(row?.text).not.toMatch(/13800000000|wx-1/);
    expect(await run(call("private"))).toMatchObject({
      replayed: true,
      result: { phone: "[private]", contacts: { wechat: "[private]", count: 2 }, title: "t" },
    });
  });
});

describe("the sweep", () => {
  const fill = (n: number, days: number) =>
    test.sql(
      `INSERT INTO communities.idempotency_record (viewer, key, operation, request_hash, result, created_at)
       SELECT 'v', $2::text || '-' || n, 'o', 'h', '{}', now() - make_interval(days => $2::int) FROM generate_series(1, $1::int) AS n`,
      [n, days],
    );

  it("takes what is older than seven days, so many at a time, and nothing younger", async () => {
    await fill(25, 8);
    await fill(10, 6);
    expect([await sweepIdempotency(db, 10), await sweepIdempotency(db, 10), await sweepIdempotency(db, 10)]).toEqual([10, 10, 5]);
    expect(await sweepIdempotency(db, 10)).toBe(0);
    expect(await left()).toBe(10);
  });

  it("comes again every hour, and takes what is older than IDEMPOTENCY_DAYS", async () => {
    const hasty = await test.open("communities", { idempotencyDays: 1 });
    jest.useFakeTimers({ doNotFake: ["setTimeout", "setImmediate", "nextTick", "queueMicrotask", "Date", "performance", "hrtime"] });
    try {
      await fill(4, 2);
      keepSwept(hasty, (error) => {
        throw error;
      });
      const swept = async (expected: number): Promise<void> => {
        for (let tries = 0; tries < 200 && (await left()) !== expected; tries++) await new Promise((resolve) => setTimeout(resolve, 25));
        expect(await left()).toBe(expected);
      };
      await swept(0);
      await fill(3, 2);
      await test.sql("UPDATE communities.idempotency_record SET created_at = now() WHERE key = '2-1'");
      jest.advanceTimersByTime(3_600_000);
      await swept(1);
    } finally {
      jest.useRealTimers();
    }
  });

  it("begins when the database is opened, and goes on until all that is old has gone", async () => {
    await fill(1_500, 8);
    await fill(3, 6);
    keepSwept(db, (error) => {
      throw error;
    });
    for (let tries = 0; tries < 200 && (await left()) !== 3; tries++) await new Promise((resolve) => setTimeout(resolve, 25));
    expect(await left()).toBe(3);
  });
});
