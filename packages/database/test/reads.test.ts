import { createTestDatabase, type TestDatabase } from "@gongjian/testing";
import { type Database, statement } from "../src";
import { communities } from "./fixture";

const backend = statement("reads.backend", "SELECT pg_backend_pid() AS pid, $1::integer AS asked");
const quotient = statement("reads.quotient", "SELECT 10 / $1::integer AS n");
const whole = statement("reads.whole", "SELECT $1::bigint AS n");
const sleep = statement("reads.sleep", "SELECT pg_sleep(0.5)::text AS slept");

let test: TestDatabase;
let db: Database;
beforeAll(async () => {
  test = await createTestDatabase({ subgraphs: [communities] });
  db = await test.open("communities");
});
afterAll(() => test?.close());

const TOGETHER = 6;
const pids = async (): Promise<Set<number>> => {
  const asked = Array.from({ length: TOGETHER }, (_, n) => n);
  const rows = (await Promise.all(asked.map((n) => db.rows<{ pid: number; asked: number }>(backend, [n])))).flat();
  expect(rows.map((row) => row.asked)).toEqual(asked);
  return new Set(rows.map(({ pid }) => pid));
};

describe("reads that come up together", () => {
  it("share a connection once they are known to be quick, and each gets its own answer", async () => {
    expect((await pids()).size).toBeGreaterThan(1);
    let fewest = TOGETHER;
    // how quick they are is measured, and the machine may be busy
    for (let round = 0; fewest > 1 && round < 200; round++) fewest = Math.min(fewest, (await pids()).size);
    expect(fewest).toBe(1);
  });

  it("fail alone: one that the server refuses, and one whose value cannot be held", async () => {
    for (let round = 0; round < 20; round++) {
      const quotients = await Promise.allSettled([5, 0, 2].map((n) => db.rows(quotient, [n])));
      expect(quotients).toMatchObject([{ value: [{ n: 2 }] }, { reason: { code: "22012" } }, { value: [{ n: 5 }] }]);
      const wholes = await Promise.allSettled(["1", "9007199254740993", "3", "x"].map((n) => db.rows(whole, [n])));
      expect(wholes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "rejected"]);
      expect(wholes).toMatchObject([{ value: [{ n: 1 }] }, { reason: expect.any(RangeError) }, { value: [{ n: 3 }] }, {}]);
    }
  });

  it("do not wait for one that is slow", async () => {
    await db.rows(sleep);
    await pids();
    const order: string[] = [];
    const slow = db.rows(sleep).then(() => order.push("slow"));
    const quick = Promise.all(Array.from({ length: 3 }, (_, n) => db.rows(backend, [n]))).then(() => order.push("quick"));
    await Promise.all([slow, quick]);
    expect(order).toEqual(["quick", "slow"]);
  });

  it("are more than there are connections, and all are answered", async () => {
    const narrow = await test.open("communities", { poolSize: 2 });
    const asked = Array.from({ length: 200 }, (_, n) => n);
    for (let round = 0; round < 3; round++) {
      const rows = await Promise.all(asked.map((n) => narrow.rows<{ asked: number }>(backend, [n])));
      expect(rows.map(([row]) => row?.asked)).toEqual(asked);
    }
  });
});
