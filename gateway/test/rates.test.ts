import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { createTestDatabase, type TestDatabase } from "@gongjian/testing";
import pino from "pino";
import { postgresStore } from "../src/guard/rate-store";
import { type Door, openDoor } from "./door";

const codeOf = ({ json }: { json: { errors?: { extensions: { code: string } }[] } }) => json.errors?.[0]?.extensions.code;
const ask = (door: Door, headers?: Record<string, string>) => door.ask("{ me { subject } }", {}, headers);
const bearer = async (door: Door, subject: string) => ({
  authorization: `Bearer ${await door.issuer.mint({ subject, memberships: [] }, 60)}`,
});
/** The codes of so many requests, one after the other; "ok" for none. */
const codes = async (count: number, request: () => ReturnType<typeof ask>) => {
  const found: string[] = [];
  for (let i = 0; i < count; i++) found.push(codeOf(await request()) ?? "ok");
  return found;
};

describe("rate limits in this process", () => {
  let door: Door;
  beforeEach(async () => {
    door = await openDoor({
      settings: {
        rateLimitPerMinute: 5,
        rateLimitViewerPerMinute: 8,
        rateLimitCostPerPoint: 10,
        trustedProxies: ["127.0.0.1"],
        corsOrigins: ["https://a.example"],
      },
    });
  });
  afterEach(() => door.close());
  const forwarded = (address: string) => ({ "x-forwarded-for": address });

  it("say no with 429, a code and the seconds to wait", async () => {
    expect(await codes(5, () => ask(door))).toEqual(["ok", "ok", "ok", "ok", "ok"]);
    const answer = await ask(door, { origin: "https://a.example" });
    expect(answer.status).toBe(429);
    expect(answer.json).toEqual({
      errors: [{ message: "Too many requests; wait for the seconds that Retry-After gives", extensions: { code: "RATE_LIMITED" } }],
    });
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThanOrEqual(50);
    expect(Number(answer.headers.get("retry-after"))).toBeLessThanOrEqual(60);
    expect(answer.headers.get("access-control-expose-headers")).toContain("retry-after");
    expect((await door.send("/health")).status).toBe(200);
    expect((await door.send("/metrics", { headers: forwarded("198.51.100.9") })).text).toMatch(
      /gongjian_errors_total\{code="RATE_LIMITED",service="gateway"\} [1-9]/,
    );
  });

  it("count each address and each viewer on their own", async () => {
    const [a, b] = [forwarded("198.51.100.1"), forwarded("198.51.100.2")];
    expect(await codes(6, () => ask(door, a))).toEqual(["ok", "ok", "ok", "ok", "ok", "RATE_LIMITED"]);
    expect(codeOf(await ask(door, b))).toBeUndefined();
    const [wang, li] = [await bearer(door, "wang"), await bearer(door, "li")];
    expect((await codes(9, () => ask(door, { ...a, ...wang }))).indexOf("RATE_LIMITED")).toBe(8);
    expect(codeOf(await ask(door, { ...b, ...wang }))).toBe("RATE_LIMITED");
    expect(codeOf(await ask(door, { ...a, ...li }))).toBeUndefined();
  });

  it("count a network of IPv6 as one, and nothing that a caller writes before the proxy's word", async () => {
    let i = 0;
    const found = await codes(6, () => ask(door, forwarded(`203.0.113.${i++}, 2001:db8:1:2::${i}`)));
    expect(found.at(-1)).toBe("RATE_LIMITED");
  });

  it("count credentials that are not good against the address", async () => {
    const bad = { authorization: "Bearer a.b.c" };
    expect(await codes(6, () => ask(door, bad))).toEqual([...Array(5).fill("UNAUTHENTICATED"), "RATE_LIMITED"]);
    expect(codeOf(await ask(door))).toBe("RATE_LIMITED");
  });

  it("count who reads the metrics, and not who asks whether the gateway is there", async () => {
    const seen: number[] = [];
    for (let i = 0; i < 6; i++) seen.push((await door.send("/metrics")).status);
    expect(seen).toEqual([200, 200, 200, 200, 200, 429]);
    expect((await door.send("/health")).status).toBe(200);
    expect((await door.send("/ready")).status).toBe(200);
  });

  it("count what is refused before it is executed", async () => {
    await codes(5, () => door.ask("{ nothing"));
    expect(codeOf(await ask(door))).toBe("RATE_LIMITED");
  });

  it("take a point for each thing that one request writes", async () => {
    const rename = (name: string) => `${name}: rename(id: 1, name: "x") { __typename }`;
    const six = `mutation A { ${rename("a")} ...B ...B } mutation One { ${rename("o")} } fragment B on Mutation { ${rename("b")} ... { ${rename("c")} } }`;
    const one = async () =>
      door.send("/graphql", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query: six, operationName: "One" }),
      });
    expect(codeOf(await door.ask(`mutation { ${rename("a")} ${rename("b")} ${rename("c")} }`))).toBeUndefined();
    expect(codeOf(await one())).toBeUndefined();
    const answer = await door.ask(`mutation { ${rename("a")} ${rename("b")} }`);
    expect([answer.status, codeOf(answer), answer.json.data]).toEqual([429, "RATE_LIMITED", undefined]);
  });

  it("take more for an operation that costs more, before it is executed", async () => {
    const costly = "{ communities(first: 10) { nodes { id name founded } } }";
    const answer = await door.ask(costly);
    expect(codeOf(answer)).toBeUndefined();
    const again = await door.ask(costly);
    expect([again.status, codeOf(again), again.json.data]).toEqual([429, "RATE_LIMITED", undefined]);
    expect(Number(again.headers.get("retry-after"))).toBeGreaterThan(1);
  });
});

it("has no limit in demo mode, and one in production", async () => {
  const demo = await openDoor();
  expect(new Set(await codes(700, () => ask(demo)))).toEqual(new Set(["ok"]));
  await demo.close();
  const production = await openDoor({ settings: { demoMode: false, internalSecret: "s".repeat(32) } });
  expect((await codes(610, () => ask(production))).indexOf("RATE_LIMITED")).toBe(600);
  await production.close();
});

describe("rate limits in PostgreSQL", () => {
  let database: TestDatabase;
  let proxy: Awaited<ReturnType<typeof openProxy>>;
  const doors: Door[] = [];
  const openOne = async (url: string) => {
    const door = await openDoor({
      settings: { rateLimitPerMinute: 6, rateLimitViewerPerMinute: 4, rateLimitStore: "postgres", rateLimitDatabaseUrl: url },
    });
    doors.push(door);
    return door;
  };
  beforeEach(async () => {
    database = await createTestDatabase({ subgraphs: [] });
    proxy = await openProxy(database.adminUrl);
  });
  afterEach(async () => {
    await Promise.all(doors.splice(0).map((door) => door.close()));
    await proxy.close();
    await database.close();
  });

  it("are one limit for several gateways that start together", async () => {
    const [a, b] = await Promise.all([openOne(database.adminUrl), openOne(database.adminUrl)]);
    const found = (await Promise.all(Array.from({ length: 20 }, (_, i) => ask(i % 2 ? a : b)))).map(codeOf);
    expect(found.filter((code) => code === undefined)).toHaveLength(6);
    expect(found.filter((code) => code === "RATE_LIMITED")).toHaveLength(14);
    expect([...a.log, ...b.log].join("")).not.toContain("does not answer");
  });

  it("have their table made once by gateways that come to it together", async () => {
    const logger = pino({ level: "silent" });
    for (let round = 0; round < 5; round++) {
      const stores = Array.from({ length: 8 }, () => postgresStore({ address: 4, viewer: 1 }, database.adminUrl, logger));
      const waits = await Promise.allSettled(stores.map((store) => store.take("address", "one", 1)));
      await Promise.all(stores.map((store) => store.close()));
      expect(waits.filter(({ status }) => status === "rejected")).toEqual([]);
      expect(waits.filter((wait) => wait.status === "fulfilled" && wait.value === null)).toHaveLength(4);
      await database.sql("DROP SCHEMA gongjian_gateway CASCADE");
    }
  });

  it("do not write down who asked", async () => {
    const door = await openOne(database.adminUrl);
    await ask(door);
    await ask(door, await bearer(door, "13800001111"));
    const rows = await database.sql<{ key: string }>("SELECT key FROM gongjian_gateway.rate_limit");
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toMatch(/127\.0\.0\.1|13800001111/);
  });

  it.each(["refuses", "hangs"] as const)("still hold for the public, and let viewers through, while the store %s", async (how) => {
    const door = await openOne(proxy.url);
    expect(codeOf(await ask(door))).toBeUndefined();
    proxy.fail(how);
    const wang = await bearer(door, "wang");
    const began = performance.now();
    expect(await codes(7, () => ask(door))).toEqual([...Array(6).fill("ok"), "RATE_LIMITED"]);
    expect(await codes(10, () => ask(door, wang))).toEqual(Array(10).fill("ok"));
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(door.log.some((line) => line.includes("the store of the rate limits does not answer"))).toBe(true);
    expect(door.log.join("")).not.toContain(new URL(database.adminUrl).password || "no password");

    proxy.mend();
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect(await codes(5, () => ask(door, wang))).toEqual([...Array(4).fill("ok"), "RATE_LIMITED"]);
  });

  it("do not keep a gateway from starting while the store is down", async () => {
    proxy.fail("refuses");
    const door = await openOne(proxy.url);
    expect(await codes(7, () => ask(door))).toEqual([...Array(6).fill("ok"), "RATE_LIMITED"]);
  });
});

/** A way to the database that can be cut, or fall silent. */
async function openProxy(target: string) {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let state: "mended" | "refuses" | "hangs" = "mended";
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => {}));
    if (state === "refuses") return void socket.destroy();
    if (state === "hangs") return;
    const onward = connect(Number(port || 5432), hostname.replace(/^\[|\]$/g, "")).on("error", () => socket.destroy());
    sockets.add(onward);
    socket.on("data", (chunk) => state !== "hangs" && onward.write(chunk)).on("close", () => onward.destroy());
    onward.on("data", (chunk) => state !== "hangs" && socket.write(chunk)).on("close", () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(target);
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as AddressInfo).port);
  const cut = () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  return {
    url: url.href,
    fail(how: "refuses" | "hangs") {
      state = how;
      if (how === "refuses") cut();
    },
    mend() {
      state = "mended";
      cut();
    },
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
