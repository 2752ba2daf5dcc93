import * as XLSX from "@e965/xlsx";
import ExcelJS from "exceljs";
import { ImportFileError } from "./errors";
import type { Problem } from "./problem";
import { type ReadOptions, readTable } from "./read";
import { events, needs } from "./tables";

const HEAD = ["需求编号", "社区", "需求类别", "需求名称", "预算上限", "开始日期", "需求说明", "需要数量"];
const GOOD = ["n1", "广福社区", "服务", "探访"];

const codes = (problems: readonly Problem[]) => problems.map(({ row, column, code }) => [row, column, code]);

async function workbook(build: (sheet: ExcelJS.Worksheet, book: ExcelJS.Workbook) => void): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  build(book.addWorksheet("清单"), book);
  return Buffer.from(await book.xlsx.writeBuffer());
}

const read = async (build: (sheet: ExcelJS.Worksheet, book: ExcelJS.Workbook) => void, options: ReadOptions = {}) =>
  readTable(needs, await workbook(build), "needs.xlsx", options);

/** A header and one row whose cell in the column of `heading` is `value`. */
const oneCell = async (heading: string, value: ExcelJS.CellValue, numFmt = "General") => {
  const { rows, problems } = await read((sheet) => {
    sheet.addRows([HEAD, GOOD]);
    const cell = sheet.getCell(2, HEAD.indexOf(heading) + 1);
    cell.value = value;
    cell.numFmt = numFmt;
  });
  return { values: rows[0]?.values, codes: problems.map(({ code }) => code) };
};

const failing = async (bytes: Buffer, name = "a.xlsx", options: ReadOptions = {}) => {
  const error = await readTable(needs, bytes, name, options).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ImportFileError);
  return (error as ImportFileError).code;
};

/** The workbook's parts, changed and packed again. */
async function repack(bytes: Buffer, change: (parts: Map<string, Buffer>) => void): Promise<Buffer> {
  const container = XLSX.CFB.read(bytes, { type: "buffer" });
  const parts = new Map<string, Buffer>();
  for (const [i, path] of container.FullPaths.entries()) {
    if (container.FileIndex[i].type === 2) parts.set(path.replace(/^Root Entry/, ""), Buffer.from(container.FileIndex[i].content));
  }
  change(parts);
  const packed = XLSX.CFB.utils.cfb_new();
  for (const [path, content] of parts) XLSX.CFB.utils.cfb_add(packed, path, content);
  return Buffer.from(XLSX.CFB.write(packed, { fileType: "zip", compression: true, type: "buffer" }));
}

const SHEET = "/xl/worksheets/sheet1.xml";
const inSheet = (change: (xml: string) => string) => (parts: Map<string, Buffer>) => {
  const xml = parts.get(SHEET)?.toString("utf8") ?? "";
  const changed = change(xml);
  if (changed === xml) throw new Error("the change found nothing to change");
  parts.set(SHEET, Buffer.from(changed));
};

const plain = () => workbook((sheet) => sheet.addRows([HEAD, GOOD]));

describe("cells of a workbook", () => {
  it.each<[string, ExcelJS.CellValue, string | undefined, object]>([
    ["预算上限", 1234.56, undefined, { budgetMax: 123456 }],
    ["预算上限", 0.1 + 0.2, undefined, { budgetMax: 30 }],
    ["预算上限", 15000, '0!.0,"万"', { budgetMax: 1500000 }],
    ["预算上限", "1,234.56", undefined, { budgetMax: 123456 }],
    ["预算上限", "５万元", undefined, { budgetMax: 5000000 }],
    ["需要数量", "3", "@", { quantity: 3 }],
    ["开始日期", new Date("2024-04-08T00:00:00Z"), "yyyy/m/d", { startsOn: "2024-04-08" }],
    ["开始日期", new Date("2024-04-08T00:00:00Z"), 'yyyy"年"m"月"d"日"', { startsOn: "2024-04-08" }],
    ["开始日期", 45390, undefined, { startsOn: "2024-04-08" }],
    ["开始日期", 20240408, undefined, { startsOn: "2024-04-08" }],
    ["开始日期", "2024年4月8日", undefined, { startsOn: "2024-04-08" }],
    ["需求说明", { richText: [{ text: "每周" }, { text: "一次", font: { bold: true } }] }, undefined, { description: "每周一次" }],
    ["需求说明", { text: "详见", hyperlink: "https://example.org/" }, undefined, { description: "详见" }],
    ["需求说明", 12.5, undefined, { description: "12.5" }],
    ["需求说明", 0.25, "0%", { description: "25%" }],
    ["需求说明", "=1+1", undefined, { description: "=1+1" }],
    ["需求编号", 510116003, undefined, { key: "510116003" }],
    ["需求编号", 42, "00000", { key: "00042" }],
  ])("%s %j (%s) is read", async (heading, value, format, expected) => {
    const cell = await oneCell(heading, value, format);
    expect(cell.codes).toEqual([]);
    expect(cell.values).toMatchObject(expected);
  });

  it.each<[string, ExcelJS.CellValue, string | undefined, string]>([
    ["预算上限", { formula: "1+1", result: 2 }, undefined, "FORMULA"],
    ["需求说明", { formula: 'CONCATENATE("a","b")', result: "ab" }, undefined, "FORMULA"],
    ["预算上限", { error: "#REF!" }, undefined, "ERROR_CELL"],
    ["需求说明", { error: "#N/A" }, undefined, "ERROR_CELL"],
    ["预算上限", 0.5, "0.00%", "PERCENT"],
    ["预算上限", new Date("2024-04-08T00:00:00Z"), "yyyy/m/d", "NOT_A_NUMBER"],
    ["预算上限", true, undefined, "NOT_A_NUMBER"],
    ["预算上限", 1.234, undefined, "TOO_MANY_DECIMALS"],
    ["预算上限", -1, undefined, "NEGATIVE"],
    ["预算上限", 1e300, undefined, "NOT_A_NUMBER"],
    ["开始日期", 45390.5, "yyyy/m/d h:mm", "DATE_HAS_TIME"],
    ["开始日期", 60, "yyyy/m/d", "IMPOSSIBLE_DATE"],
    ["开始日期", 2024, undefined, "NOT_A_DATE"],
    ["需求编号", 510116003001510100, undefined, "DIGITS_LOST"],
    ["需求编号", 1.5, undefined, "DIGITS_LOST"],
  ])("%s %j (%s) is %s", async (heading, value, format, code) => {
    expect(await oneCell(heading, value, format)).toEqual({ values: undefined, codes: [code] });
  });

  it("are refused in every row that a shared or array formula fills", async () => {
    const { problems } = await read((sheet) => {
      sheet.addRows([HEAD, GOOD, ["n2", ...GOOD.slice(1)], ["n3", ...GOOD.slice(1)]]);
      sheet.fillFormula("E2:E4", "1+ROW()", [3, 4, 5]);
    });
    expect(codes(problems)).toEqual([2, 3, 4].map((row) => [row, "budgetMax", "FORMULA"]));
  });

  it("keep a date and time of a workbook on the row's clock", async () => {
    const bytes = await workbook((sheet) => {
      sheet.addRows([
        ["编号", "活动名称", "活动类别", "开始时间", "时区"],
        ["e1", "沙龙", "沙龙", null, "Asia/Taipei"],
      ]);
      sheet.getCell("D2").value = new Date("2024-04-08T14:00:00Z");
      sheet.getCell("D2").numFmt = "yyyy/m/d h:mm";
    });
    expect(await readTable(events, bytes, "e.xlsx")).toMatchObject({ rows: [{ values: { startsAt: "2024-04-08T06:00:00.000Z" } }] });
  });

  it("count days from 1904 where the workbook does", async () => {
    const bytes = await workbook((sheet, book) => {
      book.properties.date1904 = true;
      sheet.addRows([HEAD, [...GOOD, null, 45390 - 1462]]);
      sheet.getCell("F2").numFmt = "yyyy/m/d";
    });
    expect(await readTable(needs, bytes, "a.xlsx")).toMatchObject({ problems: [], rows: [{ values: { startsOn: "2024-04-08" } }] });
  });
});

describe("the shape of a sheet", () => {
  it("merged data cells make every row they touch bad", async () => {
    const { rows, problems } = await read((sheet) => {
      sheet.addRows([
        ["2024年需求清单"],
        HEAD,
        GOOD,
        ["n2", null, "服务", "a"],
        ["n3", null, "服务", "b"],
        ["n4", "清波社区", "服务", "c"],
      ]);
      sheet.mergeCells("A1:H1");
      sheet.mergeCells("B3:B5");
    });
    expect(codes(problems)).toEqual([
      [3, "community", "MERGED_CELLS"],
      [4, "community", "MERGED_CELLS"],
      [4, "community", "REQUIRED"],
      [5, "community", "MERGED_CELLS"],
      [5, "community", "REQUIRED"],
    ]);
    expect(problems[0]?.message.zh).toContain("B3:B5");
    expect(rows.map(({ row }) => row)).toEqual([6]);
  });

  it("a merged heading is refused: the columns below it would be dropped unseen", async () => {
    const { rows, problems } = await read((sheet) => {
      sheet.addRows([HEAD, GOOD]);
      sheet.mergeCells("C1:D1");
    });
    expect(problems.filter(({ code }) => code === "MERGED_CELLS").map(({ row, cell }) => [row, cell])).toEqual([[1, "C1"]]);
    expect(rows).toEqual([]);
  });

  it("a formula without its value is a formula, not an empty cell", async () => {
    const { rows, problems } = await read((sheet) => {
      sheet.addRows([HEAD, GOOD]);
      sheet.getCell("B2").value = { formula: "A1&A2" } as never;
    });
    expect(codes(problems)).toEqual([[2, "community", "FORMULA"]]);
    expect(rows).toEqual([]);
  });

  it("empty rows are skipped and do not change the numbers", async () => {
    const { rows, problems } = await read((sheet) => {
      sheet.getRow(3).values = HEAD;
      sheet.getRow(7).values = GOOD;
      sheet.getRow(9).values = ["n2"];
      sheet.getCell("Z11").value = "旁注";
    });
    expect(rows.map(({ row }) => row)).toEqual([7]);
    expect(new Set(problems.map(({ row }) => row))).toEqual(new Set([9]));
  });

  it("the sheet whose headings fit best is read; another that fits is named", async () => {
    const build = (sheet: ExcelJS.Worksheet, book: ExcelJS.Workbook) => {
      sheet.addRows([["说明"], ["社区", "怎么填"]]);
      book.addWorksheet("需求").addRows([HEAD, GOOD]);
      book.addWorksheet("需求二").addRows([HEAD.slice(0, 5), ["n2", ...GOOD.slice(1)]]);
      book.addWorksheet("藏", { state: "hidden" }).addRows([
        [...HEAD, "标签"],
        ["n9", ...GOOD.slice(1)],
      ]);
    };
    const best = await read(build);
    expect(best).toMatchObject({ sheet: "需求", rows: [{ values: { key: "n1" } }] });
    expect(best.problems).toMatchObject([
      { code: "SHEET_IGNORED", severity: "warning", message: { en: expect.stringContaining("需求二") } },
    ]);
    expect(await read(build, { sheet: "需求二" })).toMatchObject({ sheet: "需求二", rows: [{ values: { key: "n2" } }], problems: [] });
    expect(await failing(await workbook(build), "a.xlsx", { sheet: "无" })).toBe("NO_SUCH_SHEET");
  });

  it("hidden rows and columns are read, with a warning", async () => {
    const { rows, problems } = await read((sheet) => {
      sheet.addRows([HEAD, GOOD, ["n2", ...GOOD.slice(1)], ["n3", ...GOOD.slice(1)]]);
      sheet.getRow(3).hidden = true;
      sheet.getRow(4).hidden = true;
      sheet.getColumn(7).hidden = true;
    });
    expect(rows).toHaveLength(3);
    expect(codes(problems)).toEqual([
      [1, "description", "HIDDEN_COLUMN"],
      [3, null, "HIDDEN_ROWS"],
    ]);
    expect(problems.every(({ severity }) => severity === "warning")).toBe(true);
  });

  it("a protected sheet is read, a hidden one is not, and a workbook of hidden ones says so", async () => {
    const hide = (sheet: ExcelJS.Worksheet) => {
      sheet.addRows([HEAD, GOOD]);
      sheet.state = "hidden";
    };
    expect(await failing(await workbook(hide))).toBe("ONLY_HIDDEN_SHEETS");
    const bytes = await workbook((sheet, book) => {
      sheet.addRows([HEAD, ["n2", ...GOOD.slice(1)]]);
      hide(book.addWorksheet("旧表"));
    });
    expect(await readTable(needs, bytes, "a.xlsx")).toMatchObject({ sheet: "清单", problems: [], rows: [{ values: { key: "n2" } }] });
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet("清单");
    sheet.addRows([HEAD, GOOD]);
    await sheet.protect("secret", {});
    const read = await readTable(needs, Buffer.from(await book.xlsx.writeBuffer()), "a.xlsx");
    expect(read).toMatchObject({ problems: [], rows: [{ values: { key: "n1" } }] });
  });

  it("a sheet of nothing is an empty file, one of other things has no header", async () => {
    expect(await failing(await workbook(() => undefined))).toBe("EMPTY_FILE");
    expect(await failing(await workbook((sheet) => sheet.addRow(["a", "b"])))).toBe("NO_HEADER");
  });
});

describe("hostile and damaged workbooks", () => {
  it("a part that unpacks to too much is refused, whatever size it declares", async () => {
    const bomb = await repack(await plain(), (parts) => parts.set("/xl/filler.xml", Buffer.alloc(30 * 2 ** 20, " ")));
    expect(bomb.length).toBeLessThan(2 ** 19);
    expect(await failing(bomb, "a.xlsx", { maxUnpackedBytes: 2 ** 20 })).toBe("UNCOMPRESSED_TOO_LARGE");
    await expect(readTable(needs, bomb, "a.xlsx")).resolves.toMatchObject({ summary: { good: 1 } });
    const lying = Buffer.from(bomb);
    for (let at = lying.indexOf("PK\u0001\u0002"); at >= 0; at = lying.indexOf("PK\u0001\u0002", at + 4)) lying.writeUInt32LE(10, at + 24);
    expect(await failing(lying, "a.xlsx", { maxUnpackedBytes: 2 ** 20 })).toBe("CORRUPT_FILE");
  });

  it("merges and validations over the whole sheet cost nothing", async () => {
    const everything = '<mergeCells count="1"><mergeCell ref="A2:XFD1048576"/></mergeCells>';
    const validation =
      '<dataValidations count="1"><dataValidation type="list" sqref="A1:XFD1048576"><formula1>"a"</formula1></dataValidation></dataValidations>';
    const bytes = await repack(
      await plain(),
      inSheet((xml) => xml.replace("</sheetData>", `</sheetData>${everything}${validation}`)),
    );
    const started = process.memoryUsage().rss;
    expect(codes((await readTable(needs, bytes, "a.xlsx")).problems)).toEqual([[2, "key", "MERGED_CELLS"]]);
    expect(process.memoryUsage().rss - started).toBeLessThan(100 * 2 ** 20);
  });

  it("more merged rows than anyone makes end the reading", async () => {
    const merges = '<mergeCell ref="A2:B1048576"/>'.repeat(100_001);
    const bytes = await repack(
      await plain(),
      inSheet((xml) => xml.replace("</sheetData>", `</sheetData><mergeCells>${merges}</mergeCells>`)),
    );
    expect(await failing(bytes)).toBe("TOO_MANY_MERGES");
  });

  it("a row numbered in the thousands of millions is one row", async () => {
    const bytes = await repack(
      await plain(),
      inSheet((xml) => xml.replace('<row r="2"', '<row r="4000000000"').replaceAll(/r="([A-H])2"/g, 'r="$14000000000"')),
    );
    const { rows } = await readTable(needs, bytes, "a.xlsx");
    expect(rows.map(({ row }) => row)).toEqual([4_000_000_000]);
  });

  it("a sheet or a table of strings that is gone is damage, not emptiness", async () => {
    const withoutSheet = await repack(await plain(), (parts) => void parts.delete(SHEET));
    const withoutStrings = await repack(await plain(), (parts) => void parts.delete("/xl/sharedStrings.xml"));
    expect(await failing(withoutSheet)).toBe("CORRUPT_FILE");
    expect(await failing(withoutStrings)).toBe("CORRUPT_FILE");
    const bytes = await plain();
    expect(await failing(bytes.subarray(0, bytes.length / 2))).toBe("CORRUPT_FILE");
  });

  it("other office files are told apart", async () => {
    const book = XLSX.utils.book_new(XLSX.utils.aoa_to_sheet([HEAD, GOOD]));
    const as = (bookType: XLSX.BookType) => Buffer.from(XLSX.write(book, { type: "buffer", bookType }));
    expect(await failing(as("ods"), "a.ods")).toBe("UNSUPPORTED_FORMAT");
    expect(await failing(as("xlsb"), "a.xlsx")).toBe("UNSUPPORTED_FORMAT");
    const encrypted = XLSX.CFB.utils.cfb_new();
    XLSX.CFB.utils.cfb_add(encrypted, "/EncryptionInfo", Buffer.from([4, 0, 4, 0]));
    XLSX.CFB.utils.cfb_add(encrypted, "/EncryptedPackage", Buffer.alloc(64));
    expect(await failing(Buffer.from(XLSX.CFB.write(encrypted, { type: "buffer" })))).toBe("PASSWORD_PROTECTED");
  });

  it("too many rows are counted before they are checked", async () => {
    const bytes = await workbook((sheet) => sheet.addRows([HEAD, GOOD, GOOD, GOOD]));
    expect(await failing(bytes, "a.xlsx", { maxRows: 2 })).toBe("TOO_MANY_ROWS");
  });
});

describe("the old .xls", () => {
  const xls = (rows: unknown[][], change: (sheet: XLSX.WorkSheet) => void = () => undefined) => {
    const sheet = XLSX.utils.aoa_to_sheet(rows);
    change(sheet);
    return Buffer.from(XLSX.write(XLSX.utils.book_new(sheet, "清单"), { type: "buffer", bookType: "biff8" }));
  };

  it("is read like the new", async () => {
    const bytes = xls([["标题"], HEAD, [...GOOD, 1234.56, 45390, "说明"], ["n2", "清波社区", "服务", "x", "abc"]], (sheet) => {
      (sheet.F3 as XLSX.CellObject).z = "yyyy/m/d";
    });
    const { rows, problems, sheet } = await readTable(needs, bytes, "a.xls");
    expect(sheet).toBe("清单");
    expect(rows).toMatchObject([{ row: 3, values: { budgetMax: 123456, startsOn: "2024-04-08", description: "说明" } }]);
    expect(codes(problems)).toEqual([[4, "budgetMax", "NOT_A_NUMBER"]]);
  });

  it("shows its merged cells and cut files", async () => {
    const bytes = xls([HEAD, GOOD, ["n2", null, "服务", "x"]], (sheet) => {
      sheet["!merges"] = [XLSX.utils.decode_range("B2:B3")];
    });
    expect(codes((await readTable(needs, bytes, "a.xls")).problems)).toEqual([
      [2, "community", "MERGED_CELLS"],
      [3, "community", "MERGED_CELLS"],
      [3, "community", "REQUIRED"],
    ]);
    expect(await failing(bytes.subarray(0, 700), "a.xls")).toBe("CORRUPT_FILE");
  });
});
