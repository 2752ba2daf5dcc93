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

const told = new Map<string, string>();

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
  query = query.replace(/<([a-z]+)>/gu, (name, word: string) => told.get(word) ?? name);
  const call = query.trimStart().startsWith("mutation") ? { viewer: OPERATOR } : {};
  const { data, errors } = await story.platform.gateway.executeOperation({ query }, call);
  expect(errors).toBeUndefined();
  tell(expected, data);
  expect(data).toMatchObject(filled(expected) as Record<string, unknown>);
});

/** What stands for a value that differs each time, as `"<plan>"` in an answer: it is remembered, and stands for itself from there on. */
const PLACEHOLDER = /^<([a-z]+)>$/u;

function tell(expected: unknown, answer: unknown): void {
  const word = typeof expected === "string" ? PLACEHOLDER.exec(expected)?.[1] : undefined;
  if (word !== undefined && typeof answer === "string" && answer !== "" && !told.has(word)) told.set(word, answer);
  if (expected !== null && typeof expected === "object" && answer !== null && typeof answer === "object")
    for (const [key, value] of Object.entries(expected)) tell(value, (answer as Record<string, unknown>)[key]);
}

function filled(expected: unknown): unknown {
  if (typeof expected === "string") return told.get(PLACEHOLDER.exec(expected)?.[1] ?? "") ?? expected;
  if (Array.isArray(expected)) return expected.map(filled);
  if (expected === null || typeof expected !== "object") return expected;
  return Object.fromEntries(Object.entries(expected).map(([key, value]) => [key, filled(value)]));
}
