import type { ColumnDefinition, TableDefinition } from "../definition";
import { headingIndex } from "../header";
import { cellValue } from "../cells/value";
import { labelIndex } from "../cells/text";
import { isCreditCode, TABLES, tableByName } from "./index";

const tables = Object.values<TableDefinition<unknown>>(TABLES);
const columns = tables.flatMap((table) => table.columns.map((column) => [`${table.name}.${column.key}`, column] as const));

describe("the tables", () => {
  it.each(tables.map((table) => [table.name, table] as const))("%s: no heading means two columns", (_, table) => {
    expect(() => headingIndex(table)).not.toThrow();
    expect(headingIndex(table).size).toBeGreaterThanOrEqual(table.columns.length);
  });

  it.each(tables.map((table) => [table.name, table] as const))("%s: keys and pairs name columns of it", (_, table) => {
    const keys = table.columns.map(({ key }) => key);
    const named = [...table.key, ...[...(table.periods ?? []), ...(table.ranges ?? [])].flatMap(({ from, to }) => [from, to])];
    expect(keys).toEqual(expect.arrayContaining(named));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toEqual(expect.arrayContaining(["source", "note"]));
  });

  it.each(columns.filter(([, column]) => "labels" in column && column.labels))("%s: no label means two values", (_, column) => {
    const labels = (column as Extract<ColumnDefinition, { kind: "enum" }>).labels;
    const index = labelIndex(labels);
    expect(new Set(index.values())).toEqual(new Set(Object.keys(labels)));
  });

  it.each(columns)("%s: its example is a value of it", (_, column) => {
    const outcome = cellValue({ type: "text", text: column.example }, column, { power: 0, zone: "Asia/Shanghai", date1904: false });
    expect(outcome).toMatchObject({ ok: true });
  });

  it("are found by name and by title", () => {
    expect(tableByName("needs")).toBe(TABLES.needs);
    expect(tableByName(" 资源清单 ")).toBe(TABLES.offers);
    expect(tableByName("__proto__")).toBeNull();
  });
});

describe("isCreditCode", () => {
  it("knows the standard's own example and every single wrong character in it", () => {
    const code = "91350100M000100Y43";
    expect(isCreditCode(code)).toBe(true);
    for (let i = 0; i < code.length; i += 1) {
      const other = code[i] === "7" ? "8" : "7";
      expect(isCreditCode(code.slice(0, i) + other + code.slice(i + 1))).toBe(false);
    }
  });
});
