import { createServer } from "node:http";
import { connect, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { httpEndpoint, type SubgraphEndpoint } from "@gongjian/subgraph";
import { type Answer, type Door, type DoorOptions, openDoor } from "./door";

const codeOf = ({ json }: Answer) => json.errors?.[0]?.extensions.code;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const doors: Door[] = [];
const sockets: Socket[] = [];
async function open(options: DoorOptions): Promise<Door> {
  const door = await openDoor(options);
  doors.push(door);
  return door;
}
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(doors.splice(0).map((door) => door.close()));
});

/** A connection that writes what it is told. `ended` resolves to all that came back once the other side has closed it. */
function raw(door: Door): { socket: Socket; ended: Promise<string> } {
  const socket = connect(Number(new URL(door.url).port), "127.0.0.1");
  sockets.push(socket);
  const ended = new Promise<string>((resolve) => {
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(text));
  });
  return { socket, ended };
}
const within = <T>(promise: Promise<T>, ms: number) => Promise.race([promise, wait(ms).then(() => "still open" as const)]);

describe("the breaker of a subgraph", () => {
  const gone = (endpoint: SubgraphEndpoint, isDown: () => boolean, asked: () => void): SubgraphEndpoint => ({
    ...endpoint,
    execute: async (request, call) => {
      asked();
      return isDown() ? new Promise(() => {}) : endpoint.execute(request, call);
    },
  });

  it("answers at once while it is open, shows its state, and closes when the subgraph is back", async () => {
    let isDown = false;
    let asked = 0;
    const door = await open({
      settings: { subgraphTimeoutMs: 100, breakerFailures: 3, breakerCooldownMs: 500 },
      wrap: (endpoint) =>
        endpoint.name === "events"
          ? gone(
              endpoint,
              () => isDown,
              () => asked++,
            )
          : endpoint,
    });
    const ask = () => door.ask("{ events { id } }");
    isDown = true;
    for (let i = 0; i < 3; i++) expect(codeOf(await ask())).toBe("SERVICE_TIMEOUT");
    const before = asked;
    for (let i = 0; i < 5; i++) expect(codeOf(await ask())).toBe("SERVICE_UNAVAILABLE");
    expect(asked).toBe(before);
    expect((await door.ask("{ all { id } }")).json.data.all).toHaveLength(5);
    expect((await door.send("/ready")).json.breakers).toEqual({ communities: "closed", events: "open" });
    expect((await door.send("/metrics")).text).toMatch(/gongjian_breaker_state\{subgraph="events",service="gateway"\} 2/);

    isDown = false;
    await wait(550);
    expect((await ask()).json.data.events).toHaveLength(5);
    expect((await door.send("/ready")).json.breakers.events).toBe("closed");
    expect((await door.send("/metrics")).text).toMatch(/gongjian_breaker_state\{subgraph="events",service="gateway"\} 0/);
  });

  it("opens for a subgraph in another process that is gone", async () => {
    const door = await open({ split: true, settings: { breakerFailures: 2, subgraphTimeoutMs: 500 } });
    const [, events] = door.servers;
    await events?.close();
    for (let i = 0; i < 3; i++) expect(codeOf(await door.ask("{ events { id } }"))).toBe("SERVICE_UNAVAILABLE");
    expect((await door.send("/ready")).json).toMatchObject({ services: { events: "unavailable" }, breakers: { events: "open" } });
  });
});

describe("a flood", () => {
  it("is told to come again beyond the requests that may be in flight", async () => {
    const door = await open({ settings: { maxInFlight: 3 } });
    const slow = Array.from({ length: 3 }, () => door.ask("{ slow(ms: 400) }"));
    await wait(150);
    const answer = await door.ask("{ __typename }");
    expect([answer.status, codeOf(answer), answer.headers.get("retry-after")]).toEqual([503, "OVERLOADED", "1"]);
    expect((await door.send("/health")).status).toBe(200);
    for (const { json } of await Promise.all(slow)) expect(json.data.slow).toBe("done");
    for (let i = 0; i < 10; i++) expect((await door.ask("{ __typename }")).status).toBe(200);
    for (let i = 0; i < 10; i++) expect((await door.ask("{ nothing")).status).toBe(400);
  });

  it("has its places back from clients that went away", async () => {
    const door = await open({ settings: { maxInFlight: 2 } });
    for (let i = 0; i < 4; i++) {
      const { socket } = raw(door);
      socket.write("POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{");
      await wait(50);
      socket.destroy();
      await wait(50);
    }
    expect((await door.ask("{ __typename }")).status).toBe(200);
  });

  it("has no more connections of one address than may be, and trusted proxies as many as they like", async () => {
    const [limited, proxied] = await Promise.all([
      open({ settings: { maxConnectionsPerAddress: 2 } }),
      open({ settings: { maxConnectionsPerAddress: 2, trustedProxies: ["127.0.0.0/8"] } }),
    ]);
    for (const [door, lets] of [
      [limited, false],
      [proxied, true],
    ] as const) {
      const first = raw(door);
      raw(door);
      await wait(50);
      const third = raw(door);
      expect(await within(third.ended, 300)).toBe(lets ? "still open" : "");
      first.socket.destroy();
      await wait(50);
      expect(await within(raw(door).ended, 300)).toBe("still open");
    }
  });

  it("has no more connections than may be", async () => {
    const door = await open({ settings: { maxConnections: 2 } });
    raw(door);
    raw(door);
    await wait(50);
    expect(await within(raw(door).ended, 300)).toBe("");
  });
});

it("does not send an answer that is larger than the limit", async () => {
  const door = await open({ settings: { responseLimitBytes: 10_000 } });
  const [fits, large] = ["x".repeat(9_000), "社".repeat(3_500)];
  const query = "query ($l: Labels) { echo(labels: $l) }";
  expect((await door.ask(query, { l: fits })).json.data.echo).toBe(fits);
  const answer = await door.ask(query, { l: large });
  expect([answer.status, codeOf(answer), answer.json.data]).toEqual([400, "RESPONSE_TOO_LARGE", undefined]);
});

describe("slow and swollen requests", () => {
  const POST = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";

  const HEADERS = { headersTimeoutMs: 300, requestTimeoutMs: 5_000 };
  const BODY = { headersTimeoutMs: 300, requestTimeoutMs: 600 };
  it.each([
    ["headers that trickle", HEADERS, "POST /graphql HTTP/1.1\r\nhost: x\r\n", "a: b\r\n"],
    ["nothing at all", HEADERS, "", ""],
    ["a body that trickles", BODY, `${POST}content-length: 10000\r\n\r\n`, "{"],
    ["a body in chunks that trickles", BODY, `${POST}transfer-encoding: chunked\r\n\r\n`, "1\r\n{\r\n"],
  ])("cut off: %s", async (_, settings, start, drop) => {
    const door = await open({ settings });
    const { socket, ended } = raw(door);
    if (start) socket.write(start);
    const trickle = setInterval(() => drop && socket.writable && socket.write(drop), 50);
    const answer = await within(ended, 1_500);
    clearInterval(trickle);
    expect(answer).not.toBe("still open");
    if (start) expect(answer).toMatch(/^HTTP\/1\.1 4/);
    expect((await door.ask("{ __typename }")).status).toBe(200);
  });

  it("closes a connection that is kept alive for nothing", async () => {
    const door = await open({ settings: { keepAliveTimeoutMs: 200 } });
    const { socket, ended } = raw(door);
    socket.write("GET /health HTTP/1.1\r\nhost: x\r\n\r\n");
    expect(await within(ended, 2_500)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it("cuts off a client that does not take its answer, and has its place back", async () => {
    const door = await open({ settings: { maxInFlight: 1, headersTimeoutMs: 500, requestTimeoutMs: 500, bodyLimitBytes: 20_000_000 } });
    const { socket } = raw(door);
    const body = JSON.stringify({ query: "query ($l: Labels) { echo(labels: $l) }", variables: { l: "x".repeat(15_000_000) } });
    socket.pause();
    socket.write(`${POST}content-length: ${body.length}\r\n\r\n${body}`);
    let status = 0;
    for (let tries = 0; tries < 40 && status !== 200; tries++) {
      await wait(100);
      status = (await door.ask("{ __typename }")).status;
    }
    expect(status).toBe(200);
  });

  it("counts those who do not take GraphiQL's files, and has their places back", async () => {
    const door = await open({ settings: { maxInFlight: 30, requestTimeoutMs: 60_000 } });
    const [script = ""] = /\/graphiql\/assets\/[\w-]+\.js/.exec((await door.send("/graphiql")).text) ?? [];
    expect((await door.send(script)).text.length).toBeGreaterThan(1_000_000);
    const { socket } = raw(door);
    socket.pause();
    // more than any system keeps for a connection that nobody reads
    socket.write(`GET ${script} HTTP/1.1\r\nhost: x\r\n\r\n`.repeat(30));
    await wait(300);
    const asked = () => Promise.all(Array.from({ length: 30 }, () => door.ask("{ slow(ms: 200) }")));
    expect((await asked()).map(codeOf)).toContain("OVERLOADED");
    socket.destroy();
    let codes: unknown[] = ["OVERLOADED"];
    for (let tries = 0; tries < 10 && codes.includes("OVERLOADED"); tries++) codes = (await asked()).map(codeOf);
    expect(new Set(codes)).toEqual(new Set([undefined]));
  });

  it("has the places back of requests that waited behind another when their connection broke", async () => {
    const door = await open({ settings: { maxInFlight: 30, bodyLimitBytes: 30_000_000 } });
    const large = JSON.stringify({ query: "query ($l: Labels) { echo(labels: $l) }", variables: { l: "x".repeat(15_000_000) } });
    const small = JSON.stringify({ query: "{ __typename }" });
    const { socket } = raw(door);
    socket.pause();
    socket.write([large, ...Array(29).fill(small)].map((body) => `${POST}content-length: ${body.length}\r\n\r\n${body}`).join(""));
    await wait(1_000);
    const asked = () => Promise.all(Array.from({ length: 30 }, () => door.ask("{ slow(ms: 200) }")));
    expect((await asked()).map(codeOf)).toContain("OVERLOADED");
    socket.destroy();
    let codes: unknown[] = ["OVERLOADED"];
    for (let tries = 0; tries < 10 && codes.includes("OVERLOADED"); tries++) codes = (await asked()).map(codeOf);
    expect(new Set(codes)).toEqual(new Set([undefined]));
  });

  it("refuses headers over 16 KiB", async () => {
    const door = await open({});
    const { socket, ended } = raw(door);
    socket.write(`${POST}x: ${"y".repeat(17_000)}\r\n\r\n`);
    expect(await within(ended, 1_500)).toMatch(/^HTTP\/1\.1 431 /);
  });

  it.each(["gzip", "deflate", "br", "zstd", "gzip, gzip", "x-unknown"])("does not unfold a body in %s", async (encoding) => {
    const door = await open({});
    const bomb = gzipSync(Buffer.alloc(50_000_000, " "));
    expect(bomb.length).toBeLessThan(100_000);
    const before = process.memoryUsage().arrayBuffers;
    const answer = await door.send("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", "content-encoding": encoding },
      body: bomb,
    });
    expect([answer.status, codeOf(answer)]).toEqual([415, "UNSUPPORTED_MEDIA_TYPE"]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  });

  it("takes no bomb from a subgraph either", async () => {
    const bomb = gzipSync(Buffer.from(`{"data":{"events":[${" ".repeat(50_000_000)}]}}`));
    const server = createServer((_, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" }).end(bomb);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    const url = `http://127.0.0.1:${port}`;
    const other = httpEndpoint({ name: "events", url, secret: "s", timeoutMs: 2_000, maxResponseBytes: 1_000_000 });
    const door = await open({ wrap: (endpoint) => (endpoint.name === "events" ? other : endpoint) });
    expect(codeOf(await door.ask("{ events { id } }"))).toBe("SERVICE_UNAVAILABLE");
    await door.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});
