import { ask, someone } from "@gongjian/testing";
import fc from "fast-check";
import { communitiesStory, type Story } from "./story";

let story: Story;
beforeAll(async () => {
  story = await communitiesStory();
}, 60_000);
afterAll(() => story.test.close());

interface Node {
  code: string;
  parentCode: string | null;
  manages: string[];
}

/** The same answer by walking up one edge at a time. */
function reach(nodes: readonly Node[], code: string): string[] {
  const found = new Set<string>();
  const pending = [code];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    const node = nodes.find((candidate) => candidate.code === next);
    if (node?.parentCode) pending.push(node.parentCode);
    for (const zone of nodes) if (zone.manages.includes(next)) pending.push(zone.code);
  }
  return [...found].sort();
}

const forest = fc
  .integer({ min: 1, max: 8 })
  .chain((size) =>
    fc.tuple(
      fc.array(fc.integer({ min: -1, max: size - 1 }), { minLength: size, maxLength: size }),
      fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 5 }),
    ),
  );

test("whose officers reach a region follows the tree and the zones, after any change", async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(forest, async ([parents, edges]) => {
      const prefix = `r${run++}-`;
      const nodes: Node[] = parents.map((parent, index) => ({
        code: `${prefix}${index}`,
        parentCode: parent >= 0 && parent < index ? `${prefix}${parent}` : null,
        manages: [],
      }));
      for (const [zone, managed] of edges)
        if (managed < zone && !nodes[zone]!.manages.includes(nodes[managed]!.code)) nodes[zone]!.manages.push(nodes[managed]!.code);
      // twice: first everything loose, then with its edges, so that scopes must be refreshed below what changed
      for (const rows of [nodes.map((node) => ({ ...node, parentCode: null, manages: [] as string[] })), nodes]) {
        const input = {
          rows: rows.map(({ code, parentCode, manages }) => ({ code, name: code, level: "STREET", kind: "ZONE", parentCode, manages })),
        };
        const { data, errors } = await ask(
          story.endpoint,
          someone.admin,
          `mutation ($input: ImportRegionsInput!) { importRegions(input: $input) { ... on BulkOutcome { refused } } }`,
          { input },
        );
        expect(errors).toEqual([]);
        expect(data.importRegions.refused).toBe(0);
      }
      const stored = await story.test.sql<{ code: string; codes: string[] }>(
        `SELECT code, scope_codes AS codes FROM communities.region WHERE starts_with(code, $1) ORDER BY code`,
        [prefix],
      );
      expect(stored.map(({ code, codes }) => [code, [...codes].sort()])).toEqual(nodes.map(({ code }) => [code, reach(nodes, code)]));
    }),
    { numRuns: 25 },
  );
}, 60_000);
