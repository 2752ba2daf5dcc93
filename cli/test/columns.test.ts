import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readTable, writeTable, type RowValues } from "@gongjian/importer";
import { askInProcess } from "../src/import/ask";
import { loadDemo } from "../src/import/demo";
import { runImport, type ImportReport } from "../src/import/run";
import { TABLE_NAMES, tableNamed } from "../src/import/tables";
import { testPlatform, type TestPlatform } from "./platform";

/** Columns that say where another column's name lies, or what kind of body it is: they store nothing, and without them a name may be lost. */
const SAY_WHERE = /^within$|Kind$/;
/** Every such list says of each row what it is about in one of two columns. */
const PLACES: Record<string, string[]> = {
  facilities: ["community", "region"],
  pairings: ["sideA", "sideB"],
  suggestions: ["community", "region"],
  surveys: ["community", "region"],
};
/** What says nothing of its own when it is left out. */
const DEFAULTS: readonly unknown[] = [false, 1, "Asia/Shanghai", "CNY", "EXACT", "NORMAL", "PUBLIC_BENEFIT"];
/** Columns for whoever keeps the list. */
const UNSTORED = ["note"];
/** What is not stored with the record, or stands once it is told, whatever a later list says. */
const STANDS: Record<string, string[]> = {
  areas: ["source"],
  // another list tells them too
  communities: ["traits"],
  contacts: ["source"],
  // rows are numbered in their order
  participants: ["order"],
  // counted from the groups that are named
  populations: ["ethnicGroupCount"],
  responses: ["source"],
  suggestions: ["published", "rating", "urgency"],
  surveys: ["periods"],
  traits: ["source"],
};

let story: TestPlatform;
beforeAll(async () => {
  story = await testPlatform();
  await loadDemo(story.platform, story.database.adminUrl, () => undefined);
}, 120_000);
afterAll(() => story.close());

const demo = async (table: string): Promise<RowValues[]> => {
  const bytes = readFileSync(join(__dirname, "..", "..", "data", "demo", `${table}.csv`));
  return (await readTable(tableNamed(table).definition, bytes, `${table}.csv`)).rows.map(({ values }) => values);
};
/** What a list of these columns alone would do. */
const check = async (table: string, rows: readonly RowValues[], columns: readonly string[]): Promise<ImportReport> => {
  const { definition } = tableNamed(table);
  const shape = { ...definition, columns: definition.columns.filter(({ key }) => columns.includes(key)) };
  const options = { dryRun: true, skipBadRows: true };
  return runImport(askInProcess(story.platform), tableNamed(table), await writeTable(shape, rows, { format: "csv" }), "list.csv", options);
};
/** What is stored where a row says nothing. */
const isDefault = (value: unknown): boolean =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0) || DEFAULTS.includes(value);

describe.each(TABLE_NAMES)("%s", (table) => {
  const { columns } = tableNamed(table).definition;
  const all = columns.map(({ key }) => key);
  const isNeeded = ({ key, required }: { key: string; required: boolean }) =>
    required || SAY_WHERE.test(key) || key === "round" || (PLACES[table] ?? []).includes(key);
  const needed = columns.filter(isNeeded).map(({ key }) => key);
  const optional = all.filter((key) => !needed.includes(key));

  test("a list with the columns that are needed alone changes nothing of what is stored", async () => {
    const rows = await demo(table);
    const whole = await check(table, rows, all);
    const { created, updated, unchanged, refused } = await check(table, rows, needed);
    expect({ created, updated, unchanged, refused }).toEqual({
      created: 0,
      updated: 0,
      unchanged: whole.unchanged,
      refused: whole.refused,
    });
    expect(unchanged + refused).toBe(rows.length);
  });

  if (optional.length === 0) return;
  test.each(optional)("without %s nothing changes; emptied, it is cleared where something stood", async (column) => {
    const rows = await demo(table);
    const others = all.filter((key) => key !== column);
    const { updated, created } = await check(table, rows, others);
    expect({ created, updated }).toEqual({ created: 0, updated: 0 });
    const filled = rows.filter((row) => !isDefault(row[column]));
    if (filled.length === 0 || UNSTORED.includes(column) || (STANDS[table] ?? []).includes(column)) return;
    const emptied = await check(
      table,
      filled.map((row) => ({ ...row, [column]: null })),
      all,
    );
    expect(emptied.unchanged).toBe(0);
  });
});
