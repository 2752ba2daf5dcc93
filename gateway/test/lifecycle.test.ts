import { connect } from "node:net";
import { readSettings } from "@gongjian/settings";
import type { SubgraphEndpoint } from "@gongjian/subgraph";
import pino from "pino";
import { compose, createGateway } from "../src";
import { type Door, openDoor } from "./door";
import { toyCommunities } from "./toys";

describe.each([false, true])("with subgraphs over HTTP: %s", (split) => {
  it("answers by the deadline when a subgraph does not", async () => {
    const door = await openDoor({ split, settings: { subgraphTimeoutMs: 300 } });
    const began = performance.now();
    const answer = await door.ask("{ slow(ms: 3000) me { subject } }");
    expect(performance.now() - began).toBeLessThan(8_000);
    expect(answer.json.errors[0].extensions).toEqual({ code: "SERVICE_TIMEOUT" });
    expect(answer.json.errors[0].message).toBe("A service did not answer in time");
    const other = await door.ask("{ events { id } }");
    expect(other.json.data.events).toHaveLength(5);
    await door.close();
  });

  it("lets requests in flight finish when it closes, and takes no new ones", async () => {
    const door = await openDoor({ split });
    const inFlight = door.ask("{ slow(ms: 400) }");
    await new Promise((resolve) => setTimeout(resolve, 100));
    const closed = door.close();
    await expect(door.send("/health")).rejects.toThrow();
    expect((await inFlight).json).toEqual({ data: { slow: "done" } });
    await closed;
  });
});

/** A subgraph that takes requests and never answers. */
const hung = (endpoint: SubgraphEndpoint): SubgraphEndpoint => ({ ...endpoint, execute: () => new Promise(() => {}) });
const within = <T>(promise: Promise<T>, ms: number) =>
  Promise.race([promise, new Promise<"still waiting">((resolve) => setTimeout(resolve, ms, "still waiting").unref())]);

/** Asks what will not be answered; `stop` takes the client away, so that a gateway that waits for it can end all the same. */
function askInVain(door: Door) {
  const client = new AbortController();
  const outcome = door
    .send("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "{ events { id } }" }),
      signal: client.signal,
    })
    .then(
      ({ json }) => json.errors?.[0]?.extensions.code as string,
      () => "cut off",
    );
  return { outcome, stop: () => client.abort() };
}

it("cuts off what outlasts the grace period", async () => {
  const door = await openDoor({ settings: { shutdownGraceMs: 200 }, wrap: hung });
  const { outcome, stop } = askInVain(door);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const began = performance.now();
  const closed = door.close();
  try {
    expect(await within(outcome, 1_500)).toBe("cut off");
    expect(performance.now() - began).toBeGreaterThanOrEqual(150);
    expect(await within(closed, 500)).toBeUndefined();
  } finally {
    stop();
    await closed;
  }
});

it("answers by the deadline when a subgraph in this process hangs", async () => {
  const door = await openDoor({ settings: { subgraphTimeoutMs: 300 }, wrap: hung });
  const { outcome, stop } = askInVain(door);
  try {
    expect(await within(outcome, 1_500)).toBe("SERVICE_TIMEOUT");
  } finally {
    stop();
    await door.close();
  }
});

it("does not wait for a client that trickles its request", async () => {
  const door = await openDoor({ settings: { headersTimeoutMs: 300, requestTimeoutMs: 600 } });
  const { port } = new URL(door.url);
  const began = performance.now();
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), "127.0.0.1", () => socket.write("POST /graphql HTTP/1.1\r\nhost: x\r\n"));
    socket.on("data", () => {});
    socket.on("error", () => {});
    socket.on("close", () => resolve());
  });
  expect(performance.now() - began).toBeLessThan(10_000);
  await door.close();
});

it("names the subgraph that has no endpoint when it starts", async () => {
  const start = createGateway({
    supergraphSdl: compose([toyCommunities()]),
    endpoints: [],
    verifier: { verify: () => Promise.reject(new Error("not asked")) },
    settings: readSettings({}),
    logger: pino({ level: "silent" }),
  });
  await expect(start).rejects.toThrow(/communities/);
});

it("says that a service is down, and nothing about it", async () => {
  const down = (endpoint: SubgraphEndpoint): SubgraphEndpoint => ({
    ...endpoint,
    execute: async () => {
      throw new Error(`connect ECONNREFUSED 10.0.0.7:4002 (${endpoint.name})`);
    },
  });
  const door = await openDoor({ wrap: (endpoint) => (endpoint.name === "events" ? down(endpoint) : endpoint) });
  const answer = await door.ask("{ community(id: 1) { name events { id } } }");
  expect(answer.json.errors[0].extensions.code).toBe("INTERNAL");
  expect(answer.text).not.toMatch(/ECONNREFUSED|10\.0\.0\.7|events"?\)/);
  const { errorId } = answer.json.errors[0].extensions;
  expect(door.log.some((line) => line.includes(errorId) && line.includes("ECONNREFUSED"))).toBe(true);
  await door.close();
});
