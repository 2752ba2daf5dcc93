import type { Database } from "@gongjian/database";
import type { ExecutionResult } from "graphql";
import type { SubgraphEndpoint, SubgraphRequest } from "../execution";
import { type Call, PLATFORM } from "../identity";
import { SubgraphContext } from "./context";
import { fetchEntities, missingEntities } from "./peers";

const call: Call = { viewer: { subject: "officer-1", memberships: [] }, requestId: "r-1", script: "zh-Hant" };

/** A context whose peer gives this answer, and what the peer was asked. */
function peerThat(answer: (keys: string[]) => ExecutionResult) {
  const asked: { request: SubgraphRequest; call: Call }[] = [];
  const endpoint = {
    name: "communities",
    execute: async (request: SubgraphRequest, as: Call) => {
      asked.push({ request, call: as });
      return answer((request.variables!["representations"] as Record<string, string>[]).map((key) => key["id"] ?? key["code"]!));
    },
  } as unknown as SubgraphEndpoint;
  return { context: new SubgraphContext({} as Database, call, { communities: endpoint }), asked };
}

const knows =
  (...known: string[]) =>
  (keys: string[]): ExecutionResult => ({
    data: { _entities: keys.map((key) => (known.includes(key) ? { id: key, name: `n-${key}` } : null)) },
  });

test("entities are read in one request, each key once, as the platform", async () => {
  const { context, asked } = peerThat(knows("a", "c"));
  const found = await fetchEntities<{ name: string }>(context, "communities", "Community", "id", ["a", "b", "a", "c"], "name");
  expect([...found].map(([key, { name }]) => [key, name])).toEqual([
    ["a", "n-a"],
    ["c", "n-c"],
  ]);
  expect(asked).toHaveLength(1);
  expect(asked[0]!.request.variables).toEqual({ representations: ["a", "b", "c"].map((id) => ({ __typename: "Community", id })) });
  expect(asked[0]!.call).toEqual({
    viewer: PLATFORM,
    requestId: "r-1",
    script: null,
  });
});

test("what the peer does not know is missing, and so is a key that no record can have", async () => {
  const { context } = peerThat(knows("a"));
  expect(await missingEntities(context, "communities", "Community", ["a", "b", "\0"])).toEqual(new Set(["b", "\0"]));
});

test("regions are found by their code", async () => {
  const { context, asked } = peerThat(knows("51"));
  expect(await missingEntities(context, "communities", "Region", ["51"])).toEqual(new Set());
  expect(asked[0]!.request.variables).toEqual({ representations: [{ __typename: "Region", code: "51" }] });
});

test("no key, no request", async () => {
  const { context, asked } = peerThat(knows());
  expect(await missingEntities(context, "communities", "Community", [])).toEqual(new Set());
  expect(asked).toEqual([]);
});

test.each<[string, (keys: string[]) => ExecutionResult]>([
  ["nothing", () => ({ data: null })],
  ["an error", (keys) => ({ ...knows(...keys)(keys), errors: [new Error("x")] as never })],
  ["too few records", () => ({ data: { _entities: [] } })],
])("a peer that answers with %s does not make a record missing", async (_name, answer) => {
  const { context } = peerThat(answer);
  await expect(missingEntities(context, "communities", "Community", ["a"])).rejects.toMatchObject({ code: "PEER_UNAVAILABLE" });
});

test("a peer that is not there is unavailable", async () => {
  const context = new SubgraphContext({} as Database, call, {});
  await expect(missingEntities(context, "communities", "Community", ["a"])).rejects.toMatchObject({ code: "PEER_UNAVAILABLE" });
});

test("type and key names are names, never text from outside", async () => {
  const { context } = peerThat(knows());
  await expect(fetchEntities(context, "communities", "X { id } }", "id", ["a"], "id")).rejects.toThrow(TypeError);
});

test("more entities than one request may ask for are asked for in several, none left out", async () => {
  const keys = Array.from({ length: 23_456 }, (_, n) => String(n));
  const { context, asked } = peerThat((some) => ({
    data: { _entities: some.map((key) => (Number(key) % 7 === 0 ? null : { id: key, name: `n-${key}` })) },
  }));
  const found = await fetchEntities<{ name: string }>(context, "communities", "Community", "id", keys, "name");
  expect([...found.keys()]).toEqual(keys.filter((key) => Number(key) % 7 !== 0));
  expect(found.get("23455")).toEqual({ id: "23455", name: "n-23455" });
  const sizes = asked.map(({ request }) => (request.variables!["representations"] as unknown[]).length);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(5_000);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(keys.length);
});
