import { createHash } from "node:crypto";
import { type Door, openDoor } from "./door";

const ENTRIES = { operations: 1_000, persisted_queries: 100, plans: 1_000, communities_documents: 1_000, communities_compiled: 250 };

/** The numbers of one gauge, by cache. */
async function gauge(door: Door, name: string): Promise<Record<string, number>> {
  const { text } = await door.send("/metrics");
  const found = [...text.matchAll(new RegExp(`^${name}\\{cache="(\\w+)".*\\} (\\d+)$`, "gm"))];
  return Object.fromEntries(found.map(([, cache, value]) => [cache, Number(value)]));
}

async function askEach(door: Door, count: number, queryOf: (i: number) => string, times = 1): Promise<void> {
  for (let start = 0; start < count; start += 20) {
    const answers = Array.from({ length: Math.min(20, count - start) }, async (_, i) => {
      const query = queryOf(start + i);
      const sha256Hash = createHash("sha256").update(query).digest("hex");
      const body = JSON.stringify({ query, extensions: { persistedQuery: { version: 1, sha256Hash } } });
      for (let time = 0; time < times; time++) {
        const { status } = await door.send("/graphql", { method: "POST", headers: { "content-type": "application/json" }, body });
        if (status !== 200) return status;
      }
      return 200;
    });
    expect(new Set(await Promise.all(answers))).toEqual(new Set([200]));
  }
}

describe("what is kept of operations", () => {
  let door: Door;
  beforeEach(async () => {
    door = await openDoor({ settings: { maxPersistedQueries: 100, bodyLimitBytes: 10_000_000 }, logLevel: "info" });
  });
  afterEach(() => door.close());

  it("is bounded in number, however many different ones are asked", async () => {
    await askEach(door, 1_500, (i) => `{ community(id: 1) { n${i}: name } }`);
    expect(await gauge(door, "gongjian_cache_entries")).toMatchObject({ ...ENTRIES, communities_compiled: 0 });
    await askEach(door, 300, (i) => `{ community(id: 1) { m${i}: name } }`, 6);
    expect(await gauge(door, "gongjian_cache_entries")).toMatchObject(ENTRIES);
  }, 60_000);

  it("is bounded in size, however long they are", async () => {
    const long = "x".repeat(2_000_000);
    await askEach(door, 24, (i) => `{ echo(labels: { i: ${i}, long: "${long}" }) }`, 1);
    const sizes = await gauge(door, "gongjian_cache_characters");
    expect(Object.keys(sizes).sort()).toEqual(
      [
        "communities_compiled",
        "communities_documents",
        "events_compiled",
        "events_documents",
        "operations",
        "persisted_queries",
        "plans",
      ].sort(),
    );
    for (const size of Object.values(sizes)) expect(size).toBeLessThanOrEqual(32_000_000);
    expect(sizes.operations).toBeGreaterThan(2_000_000);
    expect(sizes.communities_documents).toBeGreaterThan(2_000_000);
    expect(Math.max(sizes.operations ?? 0, sizes.persisted_queries ?? 0, sizes.communities_documents ?? 0)).toBeLessThanOrEqual(16_000_000);
  }, 60_000);
});
