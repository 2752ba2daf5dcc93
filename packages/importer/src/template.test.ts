import { parse } from "csv-parse/sync";
import ExcelJS from "exceljs";
import { quoteActive } from "./files/csv";
import { readTable } from "./read";
import { needs, TABLES } from "./tables";
import type { TableDefinition } from "./definition";
import { TEMPLATE_HEADER_ROW, writeTemplate } from "./template";
import { writeTable } from "./write";

const tables = Object.values<TableDefinition<unknown>>(TABLES);

async function load(bytes: Buffer) {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes as unknown as ArrayBuffer);
  return book;
}

describe.each(tables.map((table) => [table.name, table] as const))("the template of %s", (_, table) => {
  it("as XLSX reads as a header without rows, and filled in reads as what was filled in", async () => {
    const empty = await writeTemplate(table, "xlsx");
    const read = await readTable(table, empty, "t.xlsx");
    expect(read.problems.map(({ code }) => code)).toEqual(["NO_ROWS"]);
    expect(read.sheet).toBe(table.title);

    const book = await load(empty);
    const sheet = book.worksheets[0] as ExcelJS.Worksheet;
    for (const [i, column] of table.columns.entries()) sheet.getCell(TEMPLATE_HEADER_ROW + 2, i + 1).value = column.example;
    const filled = await readTable(table, Buffer.from(await book.xlsx.writeBuffer()), "t.xlsx");
    expect(filled.problems).toEqual([]);
    expect(filled.rows.map(({ row }) => row)).toEqual([5]);
    expect(Object.keys(filled.rows[0]?.values as object).sort()).toEqual(table.columns.map(({ key }) => key).sort());
  });

  it("as CSV reads as a header without rows, and with a line added as that line", async () => {
    const empty = await writeTemplate(table, "csv");
    expect((await readTable(table, empty, "t.csv")).problems.map(({ code }) => code)).toEqual(["NO_ROWS"]);
    const line = table.columns.map(({ example }) => `"${quoteActive(example)}"`).join(",");
    const filled = await readTable(table, Buffer.concat([empty, Buffer.from(`${line}\r\n`)]), "t.csv");
    expect(filled.problems).toEqual([]);
    expect(filled.rows).toHaveLength(1);
  });
});

describe("the template for office workers", () => {
  it("freezes its header, offers drop-downs, and explains every column", async () => {
    const book = await load(await writeTemplate(needs, "xlsx"));
    const sheet = book.getWorksheet("需求清单") as ExcelJS.Worksheet;
    expect(sheet.views[0]).toMatchObject({ state: "frozen", ySplit: TEMPLATE_HEADER_ROW });
    const headings = (sheet.getRow(TEMPLATE_HEADER_ROW).values as string[]).slice(1);
    expect(headings).toEqual(needs.columns.map(({ heading }) => heading));

    const kind = headings.indexOf("需求类别") + 1;
    const validation = sheet.getCell(TEMPLATE_HEADER_ROW + 2, kind).dataValidation;
    expect(validation?.type).toBe("list");
    expect(validation?.allowBlank).not.toBe(true);
    const [, letters, last] = /^选项!\$([A-Z]+)\$1:\$[A-Z]+\$(\d+)$/.exec(String(validation?.formulae[0])) ?? [];
    const options = book.getWorksheet("选项") as ExcelJS.Worksheet;
    expect(options.state).toBe("veryHidden");
    const listed = Array.from({ length: Number(last) }, (_, i) => options.getCell(`${letters}${i + 1}`).value);
    expect(listed).toEqual(["服务", "资金项目", "空间运营", "专家", "志愿者", "物资"]);

    const manual = book.getWorksheet("填写说明") as ExcelJS.Worksheet;
    const explained = manual.getColumn(1).values.slice(2);
    expect(explained).toEqual(headings);
    for (let row = 2; row <= needs.columns.length + 1; row += 1) expect(String(manual.getCell(row, 3).value).length).toBeGreaterThan(3);
    expect(headings.every((_, i) => (sheet.getColumn(i + 1).width ?? 0) >= 14)).toBe(true);
  });
});

it("a note is never taken for the header, nor for a row, wherever it stands", async () => {
  const note = "#说明,需求编号,社区,需求类别,需求名称,预算上限,标签\n";
  const text = `${note}编号,社区,类别,名称\nn1,广福社区,服务,探访\n＃示例 n2,清波社区,服务,探访\n#说明 完\n`;
  const { rows, problems } = await readTable(needs, Buffer.from(text), "a.csv");
  expect(problems).toEqual([]);
  expect(rows.map(({ row }) => row)).toEqual([3]);
});

describe("files that we write", () => {
  const row = {
    key: "n1",
    community: "=cmd|'/C calc'!A0",
    kind: "SERVICE",
    title: "+1",
    description: "-2+3",
    note: "@SUM(A1)",
    within: "＝1",
  } as const;

  it("hold no cell that a spreadsheet would run", async () => {
    const text = (await writeTable(needs, [row], { format: "csv" })).toString("utf8").slice(1);
    const cells = (parse(text) as string[][]).flat();
    expect(cells.filter((cell) => /^[=+\-@＝＋－＠]/.test(cell))).toEqual([]);
    expect(cells.filter((cell) => cell.startsWith("'"))).toHaveLength(5);
    const sheet = (await load(await writeTable(needs, [row], { format: "xlsx" }))).worksheets[0] as ExcelJS.Worksheet;
    sheet.getRow(2).eachCell((cell) => expect(cell.type).toBe(ExcelJS.ValueType.String));
  });

  it("keep a text that looks like an escape of Excel's", async () => {
    const escaped = { key: "n1", community: "a_x0041_b", kind: "SERVICE", title: "_x000D_" } as const;
    const { rows } = await readTable(needs, await writeTable(needs, [escaped], { format: "xlsx" }), "a.xlsx");
    expect(rows[0]?.values).toMatchObject(escaped);
  });

  it("say so when an encoding lacks a character", async () => {
    await expect(writeTable(needs, [row], { format: "csv", encoding: "big5" })).rejects.toThrow(RangeError);
  });
});
