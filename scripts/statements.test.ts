import { citationsIn, footnotesIn, read, referencesIn, statementsOf, testsOf } from "./citations";

/** The pages of which every statement has its test, and how many statements there are at least. */
const PAGES: readonly (readonly [string, number])[] = [
  ["docs/security.md", 60],
  ["docs/permissions.md", 10],
  ["docs/operating.md", 85],
];
/** What people are advised to do says nothing of the system. */
const ADVICE = /^(?:Keep |Lines that begin with “Keep” are advice\.$)/u;
/** The cells of these tables are what the policies say, and all of them are tried. */
const withoutCells = (file: string, text: string): string => (file === "docs/permissions.md" ? text.slice(0, text.indexOf("\n## ")) : text);

describe.each(PAGES)("%s", (file, least) => {
  const text = withoutCells(file, read(file));
  const whole = read(file);
  const footnotes = footnotesIn(whole);

  test("every statement names its test", () => {
    const statements = statementsOf(text);
    expect(statements.length).toBeGreaterThanOrEqual(least);
    const shown = (said: string): boolean => citationsIn(said).length > 0 || /\[\^[\w-]+\](?: \|)?$/u.test(said) || ADVICE.test(said);
    expect(statements.filter((said) => !shown(said))).toEqual([]);
  });

  test("every footnote is there, is used, and names a test", () => {
    const used = new Set(referencesIn(whole));
    expect([...used].filter((name) => !footnotes.has(name))).toEqual([]);
    expect([...footnotes.keys()].filter((name) => !used.has(name))).toEqual([]);
    expect([...footnotes].filter(([, note]) => citationsIn(note).length === 0)).toEqual([]);
  });

  test("every test that is named is there, and runs", () => {
    expect(citationsIn(whole).filter(({ file: at, name }) => !testsOf(at).has(name))).toEqual([]);
  });

  test("no test file is named without one of its tests", () => {
    const files = new Set([...whole.matchAll(/`([\w./-]+\.test\.ts)`/gu)].map(([, at]) => at));
    const withNames = new Set<string | undefined>(citationsIn(whole).map(({ file: at }) => at));
    expect([...files].filter((at) => !withNames.has(at))).toEqual([]);
  });
});

describe("what a page says", () => {
  test("is its sentences, the items of its lists and the rows of its tables; headings and code say nothing", () => {
    const page = `# Title

One sentence of \`a.b c\`.[^a] Another, over
two lines.[^b][^c] A last one:

\`\`\`sh
gongjian backup
\`\`\`

| what | how |
|---|---|
| a | b[^d] |
| c | d |

- An item.[^e]
- Another,
  which goes on. And on.[^f]
1. First.

[^a]: \`x.test.ts\` › “y”`;
    expect(statementsOf(page)).toEqual([
      "One sentence of `a.b c`.[^a]",
      "Another, over two lines.[^b][^c]",
      "A last one:",
      "| a | b[^d] |",
      "| c | d |",
      "An item.[^e]",
      "Another, which goes on.",
      "And on.[^f]",
      "First.",
    ]);
    expect(referencesIn(page)).toEqual(["a", "b", "c", "d", "e", "f"]);
    expect(footnotesIn(page)).toEqual(new Map([["a", "`x.test.ts` › “y”"]]));
  });

  test("is shown by tests that run: by their names, however they are declared, and not by what is skipped", () => {
    const names = testsOf("scripts/statements.test.ts");
    expect(names.has("every statement names its test")).toBe(true);
    expect(names.has("what a page says")).toBe(false);
    expect(testsOf("cli/test/permissions/reading.test.ts").has("%s reads what the table says, on every way")).toBe(true);
    expect(testsOf("no/such.test.ts").size).toBe(0);
  });
});
