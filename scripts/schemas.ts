/**
 * Writes each service's schema.graphql, the composed gateway/supergraph.graphql and gateway/api.graphql (what clients see).
 * With `--check` it writes nothing and fails when a committed file differs, when the subgraphs do not compose, or when the API
 * breaks what gateway/released.graphql promised without a line in gateway/breaking-changes.json. `--release` makes today's
 * API the promised one.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Supergraph } from "@apollo/federation-internals";
import { communitiesSchema } from "@gongjian/communities";
import { eventsSchema } from "@gongjian/events";
import { compose } from "@gongjian/gateway";
import { matchingSchema } from "@gongjian/matching";
import { CriticalityLevel, diff } from "@graphql-inspector/core";
import { buildSchema, lexicographicSortSchema, printSchema } from "graphql";

const root = join(__dirname, "..");
const RELEASED = "gateway/released.graphql";
const DECLARED = "gateway/breaking-changes.json";

const read = (file: string): string | null => (existsSync(join(root, file)) ? readFileSync(join(root, file), "utf8") : null);

/** Every generated file with the text it must have. */
function generated(): Map<string, string> {
  const subgraphs = [
    { name: "communities", sdl: communitiesSchema().sdl },
    { name: "events", sdl: eventsSchema().sdl },
    { name: "matching", sdl: matchingSchema().sdl },
  ];
  const supergraph = compose(subgraphs);
  const api = printSchema(lexicographicSortSchema(Supergraph.build(supergraph).apiSchema().toGraphQLJSSchema()));
  return new Map([
    ...subgraphs.map(({ name, sdl }) => [`services/${name}/schema.graphql`, sdl] as const),
    ["gateway/supergraph.graphql", `${supergraph.trimEnd()}\n`],
    ["gateway/api.graphql", `${api}\n`],
  ]);
}

/** Changes that break a client of the released API and are not declared. */
async function undeclaredBreaks(api: string): Promise<string[]> {
  const released = read(RELEASED);
  if (released === null) return [`${RELEASED} is missing; run: npm run schemas -- --release`];
  const declared = new Set(JSON.parse(read(DECLARED) ?? "[]") as string[]);
  const changes = await diff(buildSchema(released), buildSchema(api));
  return changes
    .filter((change) => change.criticality.level === CriticalityLevel.Breaking && !declared.has(change.message))
    .map((change) => change.message);
}

async function main(): Promise<void> {
  const files = generated();
  const api = files.get("gateway/api.graphql")!;
  if (!process.argv.includes("--check")) {
    for (const [file, text] of files) writeFileSync(join(root, file), text);
    if (process.argv.includes("--release")) {
      writeFileSync(join(root, RELEASED), api);
      writeFileSync(join(root, DECLARED), "[]\n");
    }
    return;
  }
  const problems = [...files]
    .filter(([file, text]) => read(file) !== text)
    .map(([file]) => `${file} is not what the code says; run: npm run schemas`);
  for (const change of await undeclaredBreaks(api))
    problems.push(`This breaks clients: ${change}. Declare it in ${DECLARED} with this very sentence, or take it back.`);
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
});
