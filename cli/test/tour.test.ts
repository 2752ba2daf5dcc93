import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { OPERATOR } from "../src/import/ask";
import { loadDemo } from "../src/import/demo";
import { testPlatform, type TestPlatform } from "./platform";

const TOUR = join(__dirname, "..", "..", "docs", "tour");
let story: TestPlatform;

beforeAll(async () => {
  story = await testPlatform();
  await loadDemo(story.platform, story.database.adminUrl, () => undefined);
}, 180_000);
afterAll(() => story.close());

interface Stop {
  page: string;
  heading: string;
  query: string;
  expected: Record<string, unknown>;
}

/** Every query of a page with the answer that stands below it, in order. A query without an answer, or the other way round, is an error. */
function stopsOf(page: string): Stop[] {
  const stops: Stop[] = [];
  let heading = page;
  let query: string | null = null;
  const text = readFileSync(join(TOUR, page), "utf8");
  for (const [, title, kind, block] of text.matchAll(/^#+ (.+)$|^```(graphql|json)\n([\s\S]*?)^```$/gmu)) {
    if (title !== undefined) heading = title;
    else if ((kind === "graphql") === (query !== null)) throw new Error(`${page}, ${heading}: each query is followed by its answer`);
    else if (kind === "graphql") query = block!;
    else {
      stops.push({ page, heading, query: query!, expected: JSON.parse(block!) as Record<string, unknown> });
      query = null;
    }
  }
  if (query !== null) throw new Error(`${page}, ${heading}: the last query has no answer`);
  return stops;
}

const stops = readdirSync(TOUR)
  .filter((name) => name.endsWith(".md"))
  .flatMap(stopsOf)
  .map((stop, index) => [`${stop.page}, ${index + 1}: ${stop.heading}`, stop] as const);

test.each(stops)("%s", async (_name, { query, expected }) => {
  // what changes something is an administrator's to do
  const call = query.trimStart().startsWith("mutation") ? { viewer: OPERATOR } : {};
  const { data, errors } = await story.platform.gateway.executeOperation({ query }, call);
  expect(errors).toBeUndefined();
  expect(data).toMatchObject(expected);
});
