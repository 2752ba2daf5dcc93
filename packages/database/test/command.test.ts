import { createTestDatabase, type TestDatabase } from "@gongjian/testing";
import { type CommandCall, type Database, MalformedIdempotencyKey, runCommand, statement, uuidv7 } from "../src";
import { communities } from "./fixture";

const addBench = statement("test.bench.add", "INSERT INTO bench (id, place, seats) VALUES ($1, $2, $3) RETURNING id");

let test: TestDatabase;
let db: Database;
beforeAll(async () => {
  test = await createTestDatabase({ subgraphs: [communities] });
  db = await test.open("communities");
});
afterAll(() => test?.close());

const call = (key: string | null, subject = "user-1"): CommandCall => ({
  subject,
  role: "OFFICER",
  requestId: "request-1",
  idempotencyKey: key,
});
const benches = (place: string) =>
  test.sql<{ id: string; seats: number }>("SELECT id, seats FROM communities.bench WHERE place = $1", [place]);
const records = (key: string) => test.sql("SELECT * FROM communities.idempotency_record WHERE key = $1", [key]);
const audited = (id: string) =>
  test.sql<Record<string, unknown>>("SELECT * FROM communities.audit_entry WHERE entity_id = $1 ORDER BY id", [id]);

interface Input {
  place: string;
  seats: number;
}
const addOne = (input: Input, as: CommandCall, operation = "addBench") =>
  runCommand(db, as, operation, input, async (tx) => {
    const id = uuidv7();
    await tx.rows(addBench, [id, `${input.place}`, input.seats]);
    tx.audit({ action: "created", concept: "Bench", entityId: id, after: input });
    return { id, at: new Date(0), note: undefined };
  });

describe("runCommand", () => {
  it("writes, audits and answers with JSON", async () => {
    const outcome = await addOne({ place: "hall", seats: 3 }, call(null));
    const [bench] = await benches("hall");
    expect(outcome).toEqual({ kind: "done", result: { id: bench?.id, at: "1970-01-01T00:00:00.000Z" }, replayed: false });
    const [entry] = await audited(bench?.id as string);
    expect(entry).toMatchObject({ subject: "user-1", role: "OFFICER", action: "created", concept: "Bench", request_id: "request-1" });
    expect(entry).toMatchObject({ before: null, after: { place: "hall", seats: 3 } });
    expect(entry?.at).toBeInstanceOf(Date);
  });

  it("keeps the order of many audit notes in one statement", async () => {
    await runCommand(db, call(null), "many", {}, async (tx) => {
      for (let n = 0; n < 30; n++) tx.audit({ action: `step ${n}`, concept: "Bench", entityId: "many", before: n, after: null });
      return null;
    });
    const entries = await audited("many");
    expect(entries.map((entry) => entry.action)).toEqual(Array.from({ length: 30 }, (_, n) => `step ${n}`));
    expect(entries[7]).toMatchObject({ before: 7, after: null });
  });

  it("gives twenty racing replays one write and one same result", async () => {
    const replies = await Promise.all(Array.from({ length: 20 }, () => addOne({ place: "race", seats: 1 }, call("race"))));
    const [bench, ...more] = await benches("race");
    expect(more).toEqual([]);
    expect(replies.map((reply) => reply.kind === "done" && reply.result.id)).toEqual(Array(20).fill(bench?.id));
    expect(replies.filter((reply) => reply.kind === "done" && !reply.replayed)).toHaveLength(1);
    expect(await audited(bench?.id as string)).toHaveLength(1);
    expect(await records("race")).toHaveLength(1);
  });

  it("takes the same members in another order for the same input", async () => {
    const first = await addOne({ place: "order", seats: 1 }, call("order"));
    const again = await addOne({ seats: 1, place: "order" }, call("order"));
    expect(again).toEqual({ ...first, replayed: true });
  });

  it("answers conflict to another input or operation under the same key, and keeps viewers apart", async () => {
    await addOne({ place: "conflict", seats: 1 }, call("conflict"));
    expect(await addOne({ place: "conflict", seats: 2 }, call("conflict"))).toEqual({ kind: "conflict" });
    expect(await addOne({ place: "conflict", seats: 1 }, call("conflict"), "removeBench")).toEqual({ kind: "conflict" });
    const other = await addOne({ place: "conflict, elsewhere", seats: 1 }, call("conflict", "user-2"));
    expect(other).toMatchObject({ kind: "done", replayed: false });
    expect(await benches("conflict")).toHaveLength(1);
  });

  it("stores nothing of a typed failure, so that a later try succeeds", async () => {
    const full = await runCommand(db, call("retry"), "addBench", { place: "retry", seats: 1 }, async (tx) => {
      await tx.rows(addBench, [uuidv7(), "retry", 1]);
      tx.audit({ action: "created", concept: "Bench", entityId: "retry" });
      return tx.rollback<{ code: string }>({ code: "FULL" });
    });
    expect(full).toEqual({ kind: "done", result: { code: "FULL" }, replayed: false });
    expect(await benches("retry")).toEqual([]);
    expect(await audited("retry")).toEqual([]);
    expect(await records("retry")).toEqual([]);
    expect(await addOne({ place: "retry", seats: 1 }, call("retry"))).toMatchObject({ kind: "done", replayed: false });
  });

  it("stores nothing of a crash, and lets a waiting replay do the work", async () => {
    let fail!: () => void;
    let begin!: () => void;
    const gate = new Promise<void>((resolve) => {
      fail = resolve;
    });
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const crash = runCommand(db, call("crash"), "addBench", { place: "crash", seats: 1 }, async () => {
      begin();
      await gate;
      throw new Error("out of paper");
    });
    const crashed = expect(crash).rejects.toThrow("out of paper");
    await begun;
    const replay = addOne({ place: "crash", seats: 1 }, call("crash"));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await benches("crash")).toEqual([]);
    fail();
    await crashed;
    expect(await replay).toMatchObject({ kind: "done", replayed: false });
    expect(await benches("crash")).toHaveLength(1);
  });

  it("replays a result of nothing as null", async () => {
    const nothing = () => runCommand<void>(db, call("void"), "nothing", undefined, async () => undefined);
    expect(await nothing()).toEqual({ kind: "done", result: null, replayed: false });
    expect(await nothing()).toEqual({ kind: "done", result: null, replayed: true });
  });

  it("rolls back when the result is not JSON", async () => {
    const odd = runCommand(db, call("odd"), "odd", {}, async (tx) => {
      await tx.rows(addBench, [uuidv7(), "odd", 1]);
      return { amount: 1n };
    });
    await expect(odd).rejects.toThrow(TypeError);
    expect(await benches("odd")).toEqual([]);
  });

  it.each(["", "x".repeat(201), "a\u0000b", "a\nb"])("refuses the key %j before anything is done", async (key) => {
    await expect(addOne({ place: "key", seats: 1 }, call(key))).rejects.toThrow(MalformedIdempotencyKey);
    expect(await benches("key")).toEqual([]);
  });
});

describe("the audit trail", () => {
  it("is append only for the subgraph's role, by its rights", async () => {
    for (const text of ["UPDATE audit_entry SET role = 'x'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"]) {
      await expect(db.transaction((tx) => tx.manager.query(text))).rejects.toMatchObject({
        driverError: { code: "42501", message: expect.stringContaining("permission denied") },
      });
    }
  });

  it("is append only for the owner too, by its trigger", async () => {
    for (const text of ["UPDATE audit_entry SET role = 'x'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"]) {
      await expect(test.sql(text.replace("audit_entry", "communities.audit_entry"))).rejects.toMatchObject({
        code: "42501",
        message: "audit_entry is append only",
      });
    }
  });
});
