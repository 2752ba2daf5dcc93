import { writeTable } from "@gongjian/importer";
import { askInProcess } from "../src/import/ask";
import { loadDemo } from "../src/import/demo";
import { EXPORTS } from "../src/import/exports";
import { runImport } from "../src/import/run";
import { tableNamed } from "../src/import/tables";
import { testPlatform, type TestPlatform } from "./platform";

let story: TestPlatform;
beforeAll(async () => {
  story = await testPlatform();
  await loadDemo(story.platform, story.database.adminUrl, () => undefined);
}, 180_000);
afterAll(() => story.close());

const enter = (table: string, bytes: Buffer, name: string, dryRun = false) =>
  runImport(askInProcess(story.platform), tableNamed(table), bytes, name, { dryRun, skipBadRows: false });
const csv = (...lines: string[]): Buffer => Buffer.from(`${lines.join("\n")}\n`);

test.each(["traits", "practices", "adoptions", "honours"])("%s of a region go out and come in again unchanged", async (table) => {
  const { definition, rows: rowsOf } = EXPORTS[table]!;
  const rows = await rowsOf(askInProcess(story.platform), "5101");
  expect(rows.length).toBeGreaterThanOrEqual(2);
  for (const format of ["csv", "xlsx"] as const) {
    const bytes = await writeTable(definition, rows, { format });
    expect(await enter(table, bytes, `${table}.${format}`)).toMatchObject({
      rows: rows.length,
      unchanged: rows.length,
      refused: 0,
      problems: [],
    });
  }
  await expect(rowsOf(askInProcess(story.platform), "nowhere")).rejects.toThrow("There is no region nowhere.");
});

test("adoptions and honours of practices and organisations as an office writes them, row by row", async () => {
  const adoptions = csv(
    "编号,做法编号,采用方类别,采用方,所在区划,采用日期,停用日期,采用方式,来源,备注",
    "a-1,erxian-model,社区,府河社区,510116004,2020年5月1日,,先试一个院落,report-000,",
    "a-2,erxian-model,组织,demo-huayang-org-02,,2021-01-01,2021-12-31,,report-000,",
    "a-3,no-such,社区,府河社区,510116004,2020-05-01,,,report-000,",
    "a-4,erxian-model,社区,下涧槽社区,510108007,2021-01-01,,,report-000,",
    "a-5,erxian-model,社区,没有社区,,2020-05-01,,,report-000,",
    "a-6,erxian-model,社区,府河社区,510116004,2099-01-01,,,report-000,",
  );
  const { created, refused, written, problems } = await enter("adoptions", adoptions, "adoptions.csv");
  expect([created, refused, written]).toEqual([2, 4, false]);
  expect(problems.map(({ row, column, code, message }) => `${row} ${column} ${code} ${message.zh}`)).toEqual([
    "4 practice UNKNOWN_REFERENCE 没有这个做法",
    "5 since ALREADY_EXISTS 采用方在这段时间已采用该做法",
    "6 adopter UNKNOWN_NAME 找不到“没有社区”",
    "7 since IN_FUTURE 日期还没有到",
  ]);
  const honours = csv(
    "编号,荣誉称号,授予年份,荣誉级别,获得方类别,获得方,所在区划,授予单位,来源",
    "h-1,示例·称号,2020,区级,做法,erxian-model,,示例·单位,report-000",
    "h-2,示例·称号,2020,区级,做法,no-such,,示例·单位,report-000",
    "h-3,示例·称号,2020,区级,组织,demo-huayang-org-02,,示例·单位,report-000",
  );
  const outcome = await enter("honours", honours, "honours.csv", true);
  expect([outcome.created, outcome.refused, outcome.written]).toEqual([2, 1, false]);
  expect(outcome.problems.map(({ row, column, code }) => `${row} ${column} ${code}`)).toEqual(["3 holder UNKNOWN_REFERENCE"]);
});
