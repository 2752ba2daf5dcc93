import fc from "fast-check";
import { cleanText } from "./cells/text";
import type { ColumnDefinition, RowValues, TableDefinition } from "./definition";
import { ImportFileError } from "./errors";
import { DELIMITERS } from "./files/csv";
import type { Encoding } from "./files/encoding";
import { readTable } from "./read";
import { TABLES } from "./tables";
import { type WriteOptions, writeTable } from "./write";

const HAN = "社区需求资金项目服务老人儿童广福华阳街道结对共建志愿臺灣里鎮";
const EDGES = [..."=+-@'\",;\t\n，；=“”、 #_x0041_&<>🏘é%"];

const usable = (text: string) => {
  const clean = cleanText(text);
  // A row that begins with the mark of our own notes is skipped by design; #REF! in a CSV reads as the error it shows.
  return clean.ok && clean.value === text && text !== "" && !text.startsWith("#");
};

const characters = (encoding: Encoding | "xlsx") => {
  const any = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...HAN) }, fc.constantFrom(...EDGES), fc.string({ maxLength: 1 }));
  if (encoding === "big5") return fc.constantFrom(...[..."社區需求資金項目服務老人兒童abc=+-@',;\n"]);
  return encoding === "gb18030" ? any : fc.oneof({ weight: 3, arbitrary: any }, fc.string({ unit: "binary", maxLength: 1 }));
};

const date = fc.integer({ min: 0, max: 60_000 }).map((days) => new Date(Date.UTC(1930, 0, 1 + days)).toISOString().slice(0, 10));

function valueOf(column: ColumnDefinition, encoding: Encoding | "xlsx"): fc.Arbitrary<RowValues[string]> {
  const text = (maxLength: number) =>
    fc
      .array(characters(encoding), { minLength: 1, maxLength })
      .map((parts) => parts.join("").trim())
      .filter(usable);
  switch (column.kind) {
    case "integer":
      return fc.integer({ min: column.min ?? -1000, max: Math.min(column.max ?? 1000, 10 ** 9) });
    case "money":
      return fc.integer({ min: 0, max: (column.max ?? 10 ** 11) * 100 });
    case "decimal":
      return fc.integer({ min: column.min * 1e7, max: column.max * 1e7 }).map((units) => units / 1e7);
    case "date":
      return date;
    case "instant":
      return fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => new Date(seconds * 1000).toISOString());
    case "boolean":
      return fc.boolean();
    case "enum":
      return fc.constantFrom(...Object.keys(column.labels));
    case "list":
      return column.labels
        ? fc.uniqueArray(fc.constantFrom(...Object.keys(column.labels)), { minLength: 1 })
        : column.check
          ? fc.shuffledSubarray(CHECKED_ITEMS[column.key]!, { minLength: 1 })
          : fc.uniqueArray(
              text(8).filter((item) => !/[;；、\n]/.test(item)),
              { minLength: 1, maxLength: 4 },
            );
    case "code":
      return column.key === "creditCode"
        ? fc.constant("91350100M000100Y43")
        : column.check?.test("2016-04") === true && !column.check.test("A1")
          ? fc.constantFrom("2016", "2016-04", "2016-04-22")
          : fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,15}$/).filter((code) => !/^\d\.?\d*e/i.test(code));
    case "text":
      return column.check ? fc.constantFrom("Asia/Shanghai", "Asia/Taipei") : text(30);
  }
}

/** Items that pass their column's check and that every encoding can write. */
const CHECKED_ITEMS: Record<string, string[]> = {
  questions: ["HEALTH:ok", "SAFETY?:ok"],
  periods: ["A:2021-03-01:2021-03-31", "B:2021-05-01:2021-05-31"],
  answers: ["1:5", "2:4", "12:0"],
};

function rowsOf(table: TableDefinition<unknown>, encoding: Encoding | "xlsx"): fc.Arbitrary<RowValues[]> {
  const row = fc.record(
    Object.fromEntries(
      table.columns.map((column) => [column.key, column.required ? valueOf(column, encoding) : fc.option(valueOf(column, encoding))]),
    ),
  );
  const ordered = (values: RowValues): RowValues => {
    const result = { ...values };
    for (const { from, to } of [...(table.periods ?? []), ...(table.ranges ?? [])]) {
      const [a, b] = [result[from], result[to]];
      if (a != null && b != null && b < a) [result[from], result[to]] = [b, a];
    }
    return result;
  };
  const identity = (values: RowValues) => JSON.stringify(table.key.map((key) => values[key] ?? null));
  return fc.uniqueArray(row.map(ordered), { selector: identity, minLength: 1, maxLength: 6 });
}

const tables = Object.values(TABLES) as TableDefinition<RowValues>[];
const csv: [Encoding, string][] = (["utf-8", "utf-16le", "utf-16be", "gb18030", "big5"] as const).flatMap((encoding) =>
  DELIMITERS.map((delimiter): [Encoding, string] => [encoding, delimiter]),
);

async function expectSame(table: TableDefinition<RowValues>, rows: RowValues[], options: WriteOptions, asked?: Encoding) {
  const bytes = await writeTable(table, rows, options);
  const result = await readTable(table, bytes, `rows.${options.format}`, { ...(asked ? { encoding: asked } : {}) });
  expect(result.problems).toEqual([]);
  expect(result.rows.map(({ values }) => values)).toEqual(rows);
  expect(result.summary).toMatchObject({ rows: rows.length, good: rows.length, bad: 0 });
}

describe("rows written and read back are the same", () => {
  it.each(csv)("as CSV in %s with delimiter %j", async (encoding, delimiter) => {
    const table = fc.constantFrom(...tables).chain((chosen) => fc.tuple(fc.constant(chosen), rowsOf(chosen, encoding)));
    await fc.assert(
      fc.asyncProperty(table, ([chosen, rows]) =>
        expectSame(
          chosen,
          rows,
          { format: "csv", encoding, delimiter: delimiter as ",", labels: encoding === "big5" ? "key" : "zh" },
          encoding === "big5" ? encoding : undefined,
        ),
      ),
      { numRuns: 40 },
    );
  });

  it("as XLSX", async () => {
    const table = fc.constantFrom(...tables).chain((chosen) => fc.tuple(fc.constant(chosen), rowsOf(chosen, "xlsx")));
    await fc.assert(
      fc.asyncProperty(table, ([chosen, rows]) => expectSame(chosen, rows, { format: "xlsx" })),
      { numRuns: 60 },
    );
  });
});

describe("arbitrary bytes", () => {
  const names = fc.constantFrom("a.csv", "a.xlsx", "a.xls", "a.json", "a", "a.txt");
  const attempt = async (bytes: Buffer, name: string) => {
    try {
      await readTable(TABLES.needs, bytes, name, { maxUnpackedBytes: 2 ** 22 });
    } catch (error) {
      if (!(error instanceof ImportFileError)) throw error;
    }
  };

  it("never throw anything but an ImportFileError", async () => {
    const magic = fc.constantFrom(
      [],
      [0x50, 0x4b, 3, 4],
      [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
      [0xef, 0xbb, 0xbf],
      [0xff, 0xfe],
    );
    await fc.assert(
      fc.asyncProperty(magic, fc.uint8Array({ maxLength: 2000 }), names, (head, tail, name) =>
        attempt(Buffer.concat([Buffer.from(head), Buffer.from(tail)]), name),
      ),
      { numRuns: 500 },
    );
  });

  it("nor do damaged files of our own", async () => {
    const rows = [{ key: "a", community: "广福社区", kind: "SERVICE", title: "探访" }] as never[];
    const xlsx = await writeTable(TABLES.needs, rows, { format: "xlsx" });
    const csvBytes = await writeTable(TABLES.needs, rows, { format: "csv", encoding: "gb18030" });
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(xlsx, csvBytes), damage, fc.nat(), async (source, hits, cut) => {
        const bytes = Buffer.from(source.subarray(0, cut % 3 === 0 ? cut % source.length : source.length));
        for (const [at, byte] of hits) if (bytes.length > 0) bytes[at % bytes.length] = byte;
        await attempt(bytes, "a.xlsx");
      }),
      { numRuns: 300 },
    );
  });
});
