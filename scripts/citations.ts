import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { ROOT } from "./workspaces";

/** A test that a document names: `file.test.ts` › “name of the test”. */
export interface Citation {
  file: string;
  name: string;
}

const CITED = /`([\w./-]+\.test\.ts)` › “([^”]+)”/gu;
const REFERENCE = /\[\^([\w-]+)\]/gu;
const DEFINITION = /^\[\^([\w-]+)\]: /u;
/** What is neither said nor shown: headings, the rows that a table begins with, definitions of footnotes. */
const NO_STATEMENT = /^(?:#|\[\^[\w-]+\]: |\|[\s:|-]+\|$)/u;
const ITEM = /^(?:[-*]|\d+\.) /u;
/** The end of a sentence, with the footnotes that belong to it. */
const SENTENCE = /(?<=[.!?](?:\*\*)?(?:\[\^[\w-]+\])*)\s+(?=\S)/u;

export const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

export const citationsIn = (text: string): Citation[] => [...text.matchAll(CITED)].map(([, file, name]) => ({ file: file!, name: name! }));

export const referencesIn = (text: string): string[] =>
  text
    .split("\n")
    .filter((line) => !DEFINITION.test(line))
    .flatMap((line) => [...line.matchAll(REFERENCE)].map(([, name]) => name!));

/** The footnotes that a document defines, with their text. */
export const footnotesIn = (text: string): Map<string, string> =>
  new Map(
    text
      .split("\n")
      .filter((line) => DEFINITION.test(line))
      .map((line) => [DEFINITION.exec(line)![1]!, line.replace(DEFINITION, "")]),
  );

/** What a document says: the sentences of its paragraphs and lists, and the rows of its tables. Blocks of code say nothing by themselves. */
export function statementsOf(markdown: string): string[] {
  const lines = markdown.replaceAll(/^```[\s\S]*?^```$/gmu, "").split("\n");
  const blocks: string[] = [];
  lines.forEach((raw, at) => {
    const line = raw.trim();
    const headsTable = /^\|[\s:|-]+\|$/u.test(lines[at + 1]?.trim() ?? "") && line.startsWith("|");
    if (line === "" || NO_STATEMENT.test(line) || headsTable) blocks.push("");
    else if (line.startsWith("|")) blocks.push(line, "");
    else if (ITEM.test(line)) blocks.push(line.replace(ITEM, ""));
    else blocks.push(`${blocks.pop() ?? ""} ${line}`.trim());
  });
  return blocks.filter((block) => block !== "").flatMap((block) => (block.startsWith("|") ? [block] : block.split(SENTENCE)));
}

const named = new Map<string, Set<string>>();

/** Whether a call declares a test that runs: it(…), test(…), test.each(…)(…), and not what is skipped. */
function declaresTest(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return callee.text === "it" || callee.text === "test";
  if (!ts.isCallExpression(callee) || !ts.isPropertyAccessExpression(callee.expression)) return false;
  const { expression, name } = callee.expression;
  return name.text === "each" && ts.isIdentifier(expression) && (expression.text === "it" || expression.text === "test");
}

/** The names that a file gives its tests. A missing file has none. */
export function testsOf(file: string): ReadonlySet<string> {
  const known = named.get(file);
  if (known) return known;
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    const [first] = ts.isCallExpression(node) && declaresTest(node.expression) ? node.arguments : [];
    if (first && ts.isStringLiteralLike(first)) names.add(first.text);
    ts.forEachChild(node, visit);
  };
  if (ts.sys.fileExists(join(ROOT, file))) visit(ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest));
  named.set(file, names);
  return names;
}
