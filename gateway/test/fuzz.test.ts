import type { SubgraphEndpoint } from "@gongjian/subgraph";
import fc from "fast-check";
import { GraphQLError } from "graphql";
import { type Door, openDoor } from "./door";
import { documentOf, type Source } from "./documents";

/** Longest that an answer may take, in milliseconds; the toys' slow field is never asked for more than a tenth of it. */
const PATIENCE_MS = 10_000;
const RUNS = 300;
/** What subgraphs and their errors say inside, and nobody may see outside. */
const SECRETS = /postgres:|hush|ECONN|node_modules|\.ts:\d|did you mean|at Object\.|subgraph:/i;

/** A subgraph that masks nothing: the gateway must. */
const indiscreet = (endpoint: SubgraphEndpoint): SubgraphEndpoint => ({
  ...endpoint,
  async execute(request, call) {
    const result = await endpoint.execute(request, call);
    const bare = ({ extensions, path }: GraphQLError) =>
      new GraphQLError("connect to postgres://user:hush@db:5432 failed", { path, extensions: { code: extensions.code } });
    return { ...result, errors: result.errors?.map((error) => (error.extensions.code === "INTERNAL" ? bare(error) : error)) };
  },
});

describe.each([false, true])("documents generated over the schema, with subgraphs over HTTP: %s", (split) => {
  let door: Door;
  beforeAll(async () => {
    door = await openDoor({ split, logLevel: "info", wrap: indiscreet, settings: { maxCost: 300 } });
  });
  afterAll(() => door.close());

  it.each([false, true])(
    "are answered or refused in time, and say nothing that stays inside (broken ones too: %s)",
    async (isNoisy) => {
      const seen = { answered: 0, refused: 0 };
      const numbers = fc.array(fc.nat({ max: 1_000_000 }), { minLength: 80, maxLength: 80 });
      const property = fc.asyncProperty(numbers, fc.jsonValue(), fc.boolean(), async (given, v, yes) => {
        let next = 0;
        const source: Source = { isNoisy, random: (max) => (given[next++ % given.length] ?? 0) % max };
        const query = documentOf(door.gateway.schema, source);
        const began = performance.now();
        const { status, text, json } = await door.ask(query, { yes, v });
        expect(performance.now() - began).toBeLessThan(PATIENCE_MS);
        expect([200, 400]).toContain(status);
        expect(json.data !== undefined || json.errors.length > 0).toBe(true);
        for (const error of json.errors ?? []) {
          expect(error.extensions.code).toMatch(/^[A-Z][A-Z0-9_]+$/);
          expect(Object.keys(error).filter((key) => !["message", "path", "locations", "extensions"].includes(key))).toEqual([]);
        }
        expect(JSON.stringify(json.errors ?? [])).not.toMatch(SECRETS);
        expect(text).not.toContain("hush");
        seen[json.data === undefined ? "refused" : "answered"] += 1;
      });
      await fc.assert(property, { numRuns: RUNS, endOnFailure: true });
      // the generator is worth something: what it takes for valid is, and the broken is mostly broken
      if (isNoisy) expect(seen.refused).toBeGreaterThan(RUNS / 3);
      else expect(seen.answered).toBeGreaterThan(RUNS / 2);
      expect((await door.send("/health")).status).toBe(200);
    },
    60_000,
  );
});
