import { fold, toScript } from "@gongjian/hantext";
import iconv from "iconv-lite";
import { ImportFileError } from "./errors";
import type { Problem } from "./problem";
import { type ReadOptions, readTable } from "./read";
import { formatFileError, formatProblems, formatSummary } from "./report";
import { events, needs, TABLES, offers, organisations, organisers, populations } from "./tables";

const HEAD = "需求编号,社区,需求类别,需求名称";
const GOOD = "n1,广福社区,服务,探访";

const readCsv = (text: string, options: ReadOptions = {}) => readTable(needs, Buffer.from(text), "needs.csv", options);
const codes = (problems: readonly Problem[]) => problems.map(({ row, column, code }) => [row, column, code]);

/** One good row with `heading` holding `text` besides. */
async function cell(heading: string, text: string) {
  const quoted = `"${text.replaceAll('"', '""')}"`;
  const { rows, problems } = await readCsv(`${HEAD},${heading}\n${GOOD},${quoted}\n`);
  return { values: rows[0]?.values, codes: problems.map(({ code }) => code), problem: problems[0] };
}

describe("headings", () => {
  it.each([
    ["zh-Hans", "需求编号,社区,需求类别,需求名称,资金类别,预算上限"],
    ["zh-Hant", "需求編號,社區,需求類別,需求名稱,資金類別,預算上限"],
    ["English", "Need key,Community name,TYPE,Need title,Fund kind,Maximum budget"],
    ["keys", "key,community,kind,title,fundKind,budgetMax"],
    ["snake case", "key,community,kind,title,fund_kind,budget_max"],
    ["full width, spaces and stars", "＊需求 编号,　社区（必填）,需求类别*,需求名称：,资金 类别,预算上限(元)"],
  ])("are understood in %s", async (_, head) => {
    for (const fund of ["保障资金", "保障資金", "GUARANTEE", "guarantee fund"]) {
      const { rows, problems } = await readCsv(`${head}\nn1,广福社区,服務,探访,${fund},50000\n`);
      expect(problems).toEqual([]);
      expect(rows).toEqual([
        {
          row: 2,
          values: { key: "n1", community: "广福社区", kind: "SERVICE", title: "探访", fundKind: "GUARANTEE", budgetMax: 5_000_000 },
        },
      ]);
    }
  });

  it("name every missing required column and go on checking the rows, of which none is good", async () => {
    const { rows, problems, summary } = await readCsv("需求编号,需求名称,预算上限\nn1,探访,abc\n");
    expect(codes(problems)).toEqual([
      [1, "community", "MISSING_COLUMN"],
      [1, "kind", "MISSING_COLUMN"],
      [2, "budgetMax", "NOT_A_NUMBER"],
    ]);
    expect(rows).toEqual([]);
    expect(summary).toEqual({ rows: 1, good: 0, bad: 1, errors: 3, warnings: 0 });
  });

  it("may not mean one column twice", async () => {
    const { rows, problems } = await readCsv(`${HEAD},社区名称\n${GOOD},清波社区\n`);
    expect(problems).toMatchObject([{ row: 1, column: "community", cell: "E1", code: "DUPLICATE_HEADING" }]);
    expect(problems[0]?.message.zh).toContain("B1");
    expect(rows).toEqual([]);
  });

  it("warn of an unknown column and read the others", async () => {
    const { rows, problems, unknownHeadings } = await readCsv(`${HEAD},联系电话\n${GOOD},123\n`);
    expect(problems).toMatchObject([{ row: 1, column: null, cell: "E1", code: "UNKNOWN_COLUMN", severity: "warning" }]);
    expect(unknownHeadings).toEqual(["联系电话"]);
    expect(rows).toHaveLength(1);
  });

  it("may lie below a title, and carry a unit", async () => {
    const { rows, problems } = await readCsv(`2024年需求清单,,,\n,,,\n填表单位：,某街道,,\n${HEAD},预算上限（万元）\n${GOOD},1.5\n`);
    expect(problems).toEqual([]);
    expect(rows).toMatchObject([{ row: 5, values: { budgetMax: 1_500_000 } }]);
  });

  it("are unknown when they name a foreign unit", async () => {
    const { unknownHeadings, rows } = await readCsv(`${HEAD},预算上限（美元）\n${GOOD},1.5\n`);
    expect(unknownHeadings).toEqual(["预算上限（美元）"]);
    expect(rows[0]?.values.budgetMax).toBeUndefined();
  });
});

describe("cells of a CSV", () => {
  it.each([
    ["预算上限", "1,234.50", { budgetMax: 123450 }],
    ["预算上限", "５０００", { budgetMax: 500000 }],
    ["预算上限", "5万元", { budgetMax: 5000000 }],
    ["受益人数", "1,200人", { beneficiaries: 1200 }],
    ["开始日期", "民国113年4月8日", { startsOn: "2024-04-08" }],
    ["标签", "养老；儿童;老人、养老", { tags: ["养老", "儿童", "老人"] }],
    ["标签", "；；", { tags: null }],
    ["示意数据", "√", { illustrative: true }],
    ["币种", "元", { currency: "CNY" }],
    ["需求说明", " 两行\r\n文字 ", { description: "两行\n文字" }],
    ["需求说明", '="0012"', { description: "0012" }],
    ["需求说明", "'-减号开头", { description: "-减号开头" }],
    ["需求说明", "+8628000000", { description: "+8628000000" }],
    ["需求说明", "", { description: null }],
  ])("%s %j", async (heading, text, expected) => {
    const read = await cell(heading, text);
    expect(read.codes).toEqual([]);
    expect(read.values).toMatchObject(expected);
  });

  it.each([
    ["预算上限", "待定", "NOT_A_NUMBER"],
    ["预算上限", "-5", "NEGATIVE"],
    ["预算上限", "99999999999999", "TOO_LARGE"],
    ["预算上限", "1.234", "TOO_MANY_DECIMALS"],
    ["预算上限", "10%", "PERCENT"],
    ["预算上限", "=SUM(A1:A3)", "FORMULA"],
    ["需求说明", "=HYPERLINK(A1)", "FORMULA"],
    ["需求说明", "＝1+1", "FORMULA"],
    ["预算上限", "#REF!", "ERROR_CELL"],
    ["需要数量", "0", "TOO_SMALL"],
    ["需要数量", "1.5", "NOT_AN_INTEGER"],
    ["开始日期", "2024-02-30", "IMPOSSIBLE_DATE"],
    ["开始日期", "4/8/2024", "AMBIGUOUS_DATE"],
    ["开始日期", "很快", "NOT_A_DATE"],
    ["资金类别", "自筹", "NOT_AN_OPTION"],
    ["示意数据", "也许", "NOT_YES_OR_NO"],
    ["需求说明", "a\u0000b", "BAD_CHARACTER"],
    ["需求说明", "a\u0007b", "BAD_CHARACTER"],
    ["需求说明", "a\u202eb", "BAD_CHARACTER"],
    ["需求说明", "长".repeat(4001), "TOO_LONG"],
    ["标签", Array.from({ length: 51 }, (_, i) => `t${i}`).join(";"), "TOO_MANY_ITEMS"],
    ["批次编号", "a b!", "BAD_VALUE"],
    ["批次编号", "5.10116E+11", "DIGITS_LOST"],
  ])("%s %j is %s", async (heading, text, code) => {
    const read = await cell(heading, text);
    expect(read.codes).toEqual([code]);
    expect(read.problem).toMatchObject({
      row: 2,
      cell: "E2",
      severity: "error",
      message: { zh: expect.any(String), en: expect.any(String) },
    });
    expect(read.values).toBeUndefined();
  });

  it("report all that is wrong, with the rows that the person sees", async () => {
    const { rows, problems, summary } = await readCsv(
      [
        `${HEAD},预算下限,预算上限,开始日期,结束日期`,
        `${GOOD},,,,`,
        "",
        'n2,,服务,"两\n行",x,-1,,',
        "n1,社区,无此类,,5,3,2024-05-02,2024-05-01",
        ",,,,,,,",
        "n4,社区,服务,好,1,2,,",
      ].join("\n"),
    );
    expect(codes(problems)).toEqual([
      [4, "community", "REQUIRED"],
      [4, "budgetMin", "NOT_A_NUMBER"],
      [4, "budgetMax", "NEGATIVE"],
      [5, "kind", "NOT_AN_OPTION"],
      [5, "title", "REQUIRED"],
      [5, "endsOn", "PERIOD_REVERSED"],
      [5, "budgetMax", "RANGE_REVERSED"],
      [5, "key", "DUPLICATE_KEY"],
    ]);
    expect(problems.at(-1)?.message.zh).toContain("第 2 行");
    expect(rows.map(({ row }) => row)).toEqual([2, 7]);
    expect(summary).toEqual({ rows: 4, good: 2, bad: 2, errors: 8, warnings: 0 });
  });

  it("beyond the header are an error: a comma too many shifts a row", async () => {
    const { problems, rows } = await readCsv(`${HEAD}\nn1,广福社区,服务,探访,陪伴\n`);
    expect(problems).toMatchObject([{ row: 2, cell: "E2", code: "EXTRA_CELLS" }]);
    expect(rows).toEqual([]);
  });
});

describe("encodings and delimiters", () => {
  const text = `${HEAD}\n${GOOD}\n`;
  const traditional = "需求編號,社區,需求類別,需求名稱\nn1,廣福社區,服務,探訪\n";

  it.each([
    ["utf-8", Buffer.from(text)],
    ["utf-8", Buffer.from(`\ufeff${text}`)],
    ["utf-16le", iconv.encode(text, "utf-16le", { addBOM: true })],
    ["utf-16be", iconv.encode(text, "utf-16be", { addBOM: true })],
    ["gb18030", iconv.encode(text, "gb18030")],
  ])("%s is detected", async (encoding, bytes) => {
    const result = await readTable(needs, bytes, "a.csv");
    expect(result).toMatchObject({ encoding, problems: [], rows: [{ values: { community: "广福社区" } }] });
  });

  const big5 = (content: string) => iconv.encode(content, "big5");

  it("Big5 is told from GB18030 by the headings, and without any by the commonness of the words", async () => {
    const result = await readTable(needs, big5(traditional), "a.csv");
    expect(result).toMatchObject({ encoding: "big5", problems: [], rows: [{ values: { community: "廣福社區", title: "探訪" } }] });
    const english = "key,community,kind,title\n";
    const words = "n1,臺北市大安區龍坡里,SERVICE,長者關懷探訪與送餐服務\nn2,高雄市左營區,SERVICE,社區環境改造與志工培訓\n";
    expect(await readTable(needs, big5(english + words), "a.csv")).toMatchObject({ encoding: "big5", problems: [] });
    const simplified = words.replace(/[\u4e00-\u9fff]+/gu, (text) => fold(text));
    expect(await readTable(needs, iconv.encode(english + simplified, "gb18030"), "a.csv")).toMatchObject({
      encoding: "gb18030",
      problems: [],
    });
    // traditional words in GB18030, as mainland programs keep them
    expect(await readTable(needs, iconv.encode(english + words, "gb18030"), "a.csv")).toMatchObject({ encoding: "gb18030", problems: [] });
  });

  it("what could be either is read, with a word on what it was taken for, unless the encoding is given", async () => {
    const either = Buffer.concat([Buffer.from("key,community,kind,title\nn1,"), Buffer.from([0xbf, 0xd5]), Buffer.from(",SERVICE,x\n")]);
    const result = await readTable(needs, either, "a.csv");
    expect(result.problems).toMatchObject([{ row: 0, code: "ENCODING_GUESSED", severity: "warning" }]);
    expect(result.problems[0]!.message.en).toContain(`taken for ${result.encoding}`);
    expect(result.rows).toHaveLength(1);
    for (const encoding of ["big5", "gb18030"] as const)
      expect(await readTable(needs, either, "a.csv", { encoding })).toMatchObject({ encoding, problems: [] });
  });

  it.each(["utf-16le", "utf-16be"] as const)("%s without a byte order mark is detected", async (encoding) => {
    expect(await readTable(needs, iconv.encode(text, encoding, { addBOM: false }), "a.csv")).toMatchObject({
      encoding,
      problems: [],
      rows: [{}],
    });
  });

  it("every table's own headings, in either script and encoding, with data of any kind below", async () => {
    const heads = Object.values(TABLES).map((table) => ({ table, head: table.columns.map(({ heading }) => heading).join(",") }));
    for (const { table, head } of heads) {
      for (const encoding of ["gb18030", "big5"] as const) {
        const line = encoding === "big5" ? toScript(head, "zh-Hant") : head;
        const bytes = iconv.encode(`${line}\n${"x,".repeat(table.columns.length - 1)}x\n`, encoding);
        const { encoding: found, problems } = await readTable(table as never, bytes, "a.csv");
        expect([table.name, found, problems.filter(({ code }) => code === "ENCODING_GUESSED")]).toEqual([table.name, encoding, []]);
      }
    }
  });

  it("Big5 is read when asked for", async () => {
    const result = await readTable(needs, iconv.encode(traditional, "big5"), "a.csv", { encoding: "big5" });
    expect(result).toMatchObject({ encoding: "big5", problems: [], rows: [{ values: { community: "廣福社區", kind: "SERVICE" } }] });
  });

  it("a broken byte in UTF-8 spoils its row, not the words of the others", async () => {
    const bytes = Buffer.from(`${HEAD}\nn1,广福社区,服务,探访\nn2,清波社区,服务,陪@伴\n`);
    bytes[bytes.indexOf("@")] = 0xff;
    const result = await readTable(needs, bytes, "a.csv");
    expect(codes(result.problems)).toEqual([[3, "title", "BAD_CHARACTER"]]);
    expect(result.rows).toMatchObject([{ values: { community: "广福社区" } }]);
  });

  it.each([";", "\t", ","])("delimiter %j is detected, though lists hold semicolons", async (delimiter) => {
    const line = (cells: string[]) => cells.map((cell) => `"${cell}"`).join(delimiter);
    const { rows } = await readCsv(
      `${line(["编号", "社区", "类别", "名称", "标签"])}\n${line(["n1", "广福社区", "服务", "探访", "a;b,c"])}\n`,
    );
    expect(rows).toMatchObject([{ values: { tags: ["a", "b,c"] } }]);
  });

  it("Excel's sep= line is no row", async () => {
    const { rows } = await readCsv(`sep=;\n${text.replaceAll(",", ";")}`);
    expect(rows).toMatchObject([{ row: 2 }]);
  });
});

describe("JSON", () => {
  const readJson = (value: unknown) => readTable(needs, Buffer.from(JSON.stringify(value)), "needs.json");

  it("is read by keys or headings, with lists as arrays", async () => {
    const { rows, problems } = await readJson([
      { key: "n1", 社区: "广福社区", kind: "服务", title: "探访", tags: ["养老", "探访"], budgetMax: 1234.5, illustrative: false },
    ]);
    expect(problems).toEqual([]);
    expect(rows).toMatchObject([{ row: 1, values: { tags: ["养老", "探访"], budgetMax: 123450, illustrative: false } }]);
  });

  it("reports positions in the array", async () => {
    const good = { key: "n1", community: "a", kind: "SERVICE", title: "t" };
    const { problems } = await readJson([good, { ...good, key: "n2", budgetMax: [1], title: { a: 1 } }, { ...good, key: "n1" }]);
    expect(codes(problems)).toEqual([
      [2, "title", "NOT_TEXT"],
      [2, "budgetMax", "NOT_TEXT"],
      [3, "key", "DUPLICATE_KEY"],
    ]);
  });
});

describe("a file as a whole", () => {
  const failing = async (text: string | Buffer, name: string, options: ReadOptions = {}) => {
    const error = await readTable(needs, Buffer.from(text as string), name, options).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ImportFileError);
    return (error as ImportFileError).code;
  };

  it.each([
    ["", "a.csv", "EMPTY_FILE"],
    [" \n\n", "a.csv", "EMPTY_FILE"],
    ["[]", "a.json", "EMPTY_FILE"],
    ["{}", "a.json", "NOT_A_LIST"],
    ["[1]", "a.json", "NOT_A_LIST"],
    ["[{", "a.json", "CORRUPT_FILE"],
    ["甲,乙\n1,2\n", "a.csv", "NO_HEADER"],
    [`${HEAD}\n"n1,x\n`, "a.csv", "CORRUPT_FILE"],
    ["plain text", "a.xlsx", "CORRUPT_FILE"],
    ["<html><table></table></html>", "a.xls", "UNSUPPORTED_FORMAT"],
    ["%PDF-1.7", "a.csv", "UNSUPPORTED_FORMAT"],
    ["\u0000\u0001\u0002\u0003\u0004\u0005", "a.csv", "UNDECODABLE"],
  ])("%j as %s is %s", async (text, name, code) => expect(await failing(text, name)).toBe(code));

  it("may not exceed its limits", async () => {
    const many = `${HEAD}\n${Array.from({ length: 11 }, (_, i) => `n${i},a,服务,b`).join("\n")}`;
    expect(await failing(many, "a.csv", { maxRows: 10 })).toBe("TOO_MANY_ROWS");
    expect(await failing(many + "\n".repeat(1200), "a.csv", { maxRows: 11 })).toBe("TOO_MANY_ROWS");
    expect(await failing(many, "a.csv", { maxBytes: 50 })).toBe("FILE_TOO_LARGE");
    expect(await failing(JSON.stringify(Array.from({ length: 3 }, () => ({ key: 1 }))), "a.json", { maxRows: 2 })).toBe("TOO_MANY_ROWS");
    await expect(readCsv(many, { maxRows: 11 })).resolves.toMatchObject({ summary: { good: 11 } });
  });

  it("with a header alone says so", async () => {
    expect(codes((await readCsv(`${HEAD}\n`)).problems)).toEqual([[1, null, "NO_ROWS"]]);
  });
});

describe("other tables", () => {
  it("takes times in the row's own zone, else in the option's, else in Beijing's", async () => {
    const read = (text: string, options: ReadOptions = {}) => readTable(events, Buffer.from(text), "e.csv", options);
    const head = "编号,活动名称,活动类别,开始时间,结束时间,时区";
    const first = await read(`${head}\ne1,论坛,论坛,2024-07-01 09:00,2024-07-03 18:00,Europe/Berlin\ne2,论坛,论坛,2024-07-01 09:00,,\n`);
    expect(first.rows.map(({ values }) => values.startsAt)).toEqual(["2024-07-01T07:00:00.000Z", "2024-07-01T01:00:00.000Z"]);
    const second = await read(`${head}\ne2,论坛,论坛,2024-07-01 09:00,,\n`, { timeZone: "UTC" });
    expect(second.rows[0]?.values.startsAt).toBe("2024-07-01T09:00:00.000Z");
    const third = await read(`${head}\ne3,论坛,论坛,2024-07-01 09:00,2024-07-01T00:30Z,\ne4,论坛,论坛,2024-07-01,,北京\n`);
    expect(codes(third.problems)).toEqual([
      [2, "endsAt", "PERIOD_REVERSED"],
      [3, "startsAt", "NO_TIME"],
      [3, "timeZone", "BAD_VALUE"],
    ]);
  });

  it("has composite keys", async () => {
    const text = "活动编号,角色,次序,参与方类别,参与方\ne1,主办,1,组织,甲\ne1,承办,1,组织,乙\ne1,主辦,1,組織,丙\n";
    const { problems } = await readTable(organisers, Buffer.from(text), "o.csv");
    expect(codes(problems)).toEqual([[4, "event", "DUPLICATE_KEY"]]);
  });

  it("checks credit codes, lists of enum values and counts", async () => {
    const organisation = await readTable(
      organisations,
      Buffer.from("编号,名称,类别,信用代码\no1,甲,社工机构,91350100M000100Y44\n"),
      "o.csv",
    );
    expect(codes(organisation.problems)).toEqual([[2, "creditCode", "BAD_VALUE"]]);
    const offer = await readTable(offers, Buffer.from("编号,组织,类别,名称\no1,甲,服务；项目,陪伴\no2,甲,服务；钱,陪伴\n"), "o.csv");
    expect(offer.rows).toMatchObject([{ values: { kinds: ["SERVICE", "FUNDED_PROJECT"] } }]);
    expect(codes(offer.problems)).toEqual([[3, "kinds", "NOT_AN_OPTION"]]);
    const people = await readTable(
      populations,
      Buffer.from("社区,截至日期,居民人数,人数精度,民族\n甲,2024/4/8,1.2万,超過,藏族:120；回族\n"),
      "p.csv",
    );
    expect(people.rows).toMatchObject([
      { values: { residents: 12000, residentsPrecision: "OVER", asOf: "2024-04-08", ethnicGroups: ["藏族:120", "回族"] } },
    ]);
  });
});

it("prints problems for people and for programs", async () => {
  const { problems, summary } = await readCsv(`${HEAD},预算上限,电话\n${GOOD},x,1\n`);
  const text = formatProblems(problems, "text");
  expect(text.split("\n")).toEqual([
    'row 1, F1: warning: Unknown column "电话", not read [UNKNOWN_COLUMN]',
    'row 2, column budgetMax, E2: Expected a number "x" [NOT_A_NUMBER]',
  ]);
  expect(formatProblems(problems, "text", { language: "zh", table: needs }).split("\n")).toEqual([
    "第 1 行，F1：提醒：不认识列名“电话”，该列未读取 [UNKNOWN_COLUMN]",
    "第 2 行，“预算上限”列（budgetMax），E2：应为数字〔x〕 [NOT_A_NUMBER]",
  ]);
  expect(JSON.parse(formatProblems(problems, "json"))).toEqual(problems);
  expect(formatSummary(summary)).toBe("1 rows: 0 good, 1 bad (1 errors, 1 warnings)");
  expect(formatSummary(summary, "zh")).toBe("1 行：0 行可用，1 行有误（1 处错误，1 处提醒）");
  const tooLarge = new ImportFileError("FILE_TOO_LARGE", { bytes: 20 * 2 ** 20, maxBytes: 16 * 2 ** 20 });
  expect([formatFileError(tooLarge), formatFileError(tooLarge, "zh")]).toEqual([
    "the file: The file is too large (20 MiB, at most 16 MiB) [FILE_TOO_LARGE]",
    "文件：文件太大（20 MiB，最多 16 MiB） [FILE_TOO_LARGE]",
  ]);
});
