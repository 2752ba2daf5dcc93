import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..");
const document = readFileSync(join(root, "docs/security.md"), "utf8");
/** `file.test.ts` › "name of the test", as the document writes it. */
const CITED = /`([\w./-]+\.test\.ts)` › “([^”]+)”/gu;
const cited = [...document.matchAll(CITED)].map(([, file, name]) => [file!, name!] as const);

/** The names that a file gives its tests, as they stand in its source. */
const namesIn = (file: string): Set<string> => {
  const source = readFileSync(join(root, file), "utf8");
  const names = source.matchAll(/(?:\b(?:it|test)|\])(?:\.each(?:<[^(]*>)?\([^)]*\))?\)?\s*\(\s*(["'`])((?:\\.|(?!\1).)+)\1/gsu);
  return new Set([...names].map(([, , name]) => name!));
};

test.each(cited)("%s has the test that the document cites: %s", (file, name) => {
  expect([...namesIn(file)]).toContain(name);
});

test("every threat cites a test", () => {
  const rows = document.split("\n").filter((line) => line.startsWith("| ") && !/^\| (?:Threat|---)/u.test(line));
  expect(rows.length).toBeGreaterThan(30);
  expect(rows.filter((row) => row.match(CITED) === null)).toEqual([]);
  expect(cited.length).toBeGreaterThanOrEqual(rows.length);
});

test("no test file is named without one of its tests", () => {
  const files = new Set([...document.matchAll(/`([\w./-]+\.test\.ts)`/gu)].map(([, file]) => file));
  const withNames = new Set<string | undefined>(cited.map(([file]) => file));
  expect([...files].filter((file) => !withNames.has(file))).toEqual([]);
});
