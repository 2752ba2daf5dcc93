import { stableId } from "@gongjian/database";
import { formatProblems, writeTable, TABLES } from "@gongjian/importer";
import { askInProcess } from "../src/import/ask";
import { runImport, type ImportReport } from "../src/import/run";
import { tableNamed } from "../src/import/tables";
import { testPlatform, type TestPlatform } from "./platform";

let story: TestPlatform;
const csv = (...lines: string[]): Buffer => Buffer.from(`${lines.join("\n")}\n`);
const run = (
  table: string,
  bytes: Buffer,
  options: Partial<Parameters<typeof runImport>[4]> = {},
  name = "list.csv",
): Promise<ImportReport> =>
  runImport(askInProcess(story.platform), tableNamed(table), bytes, name, { dryRun: false, skipBadRows: false, ...options });

const must = async (table: string, ...lines: string[]): Promise<void> => {
  const { written, problems } = await run(table, csv(...lines));
  expect({ written, problems }).toEqual({ written: true, problems: [] });
};

beforeAll(async () => {
  story = await testPlatform();
  await must(
    "regions",
    "code,name,level,kind,scheme,parent",
    "51,四川省,PROVINCE,ADMINISTRATIVE,CN-STATS,",
    "5101,成都市,CITY,ADMINISTRATIVE,CN-STATS,51",
    "510116003,华阳街道,STREET,ADMINISTRATIVE,CN-STATS,5101",
    "510116004,中和街道,STREET,ADMINISTRATIVE,CN-STATS,5101",
  );
  await must(
    "communities",
    "scheme,identifier,name,kind,region",
    "CN-STATS,510116003001,广福社区居委会,URBAN,510116003",
    "CN-STATS,510116003002,五星社区居委会,URBAN,510116003",
    "CN-STATS,510116004001,五星社区居委会,URBAN,成都市/中和街道",
    "CN-STATS,510116004002,双流社区居委会,URBAN,510116004",
    "CN-STATS,510116004003,双流社区居委会,URBAN,510116004",
  );
  await must("organisations", "key,name,kind,region", "org-1,示例·甲中心,SOCIAL_ORGANISATION,华阳街道");
  await must("rounds", "key,region,year,title", "r-2024,华阳街道,2024,清单");
}, 60_000);
afterAll(() => story.close());

const needs = async (): Promise<number> => {
  const [row] = await story.database.sql<{ count: number }>("SELECT count(*)::int AS count FROM matching.need");
  return row!.count;
};

const HEAD = "编号,批次,社区,所属街道,类别,标题,预算上限,开始日期,结束日期,标签";
const GOOD = "N1,r-2024,广福社区,华阳街道,服务,独居老人探访,3万元,2024-05-01,2024-12-31,养老服务；探访";

test("every bad row gets its messages, with the number that the spreadsheet shows, and nothing is written", async () => {
  const report = await run(
    "needs",
    csv(
      HEAD,
      GOOD,
      "N2,r-2024,双流社区,,服务,不知道哪一个,100,,,",
      "N3,r-2024,没有社区,华阳街道,服务,找不到,100,,,",
      "N4,r-1999,广福社区,,服务,没有这个批次,100,,,",
      "N5,r-2024,广福社区,,服务,,-1,2024-05-02,2024-05-01,",
    ),
  );
  expect(report).toMatchObject({ written: false, rows: 5, created: 1, refused: 4 });
  expect(formatProblems(report.problems, "text", { table: TABLES.needs as never }).split("\n")).toEqual([
    expect.stringMatching(
      /^row 3, column 社区 \(community\): "双流社区" is ambiguous, say where it lies: .*中和街道.* \[AMBIGUOUS_NAME\]$/u,
    ),
    'row 4, column 社区 (community): "没有社区" is not known in 华阳街道 [UNKNOWN_NAME]',
    "row 5, column 批次编号 (round): There is no such round [UNKNOWN_REFERENCE]",
    "row 6, column 需求名称 (title), F6: A value is required [REQUIRED]",
    'row 6, column 预算上限 (budgetMax), G6: Must not be negative "-1" [NEGATIVE]',
    'row 6, column 结束日期 (endsOn), I6: Must not lie before "开始日期" "2024-05-01" [PERIOD_REVERSED]',
  ]);
  const chinese = formatProblems(report.problems, "text", { table: TABLES.needs as never, language: "zh" });
  expect(chinese).toContain("第 5 行，“批次编号”列（round）：没有这个批次 [UNKNOWN_REFERENCE]");
  expect(chinese.split("\n")).toHaveLength(6);
  expect(chinese).not.toMatch(/\b(is|the|must|no)\b/iu);
  expect(await needs()).toBe(0);
});

test("of namesakes the one in the round's own region is meant, and its place can say otherwise", async () => {
  const row = "N31,r-2024,五星社区,中和街道,服务,另一个,100,,,";
  expect((await run("needs", csv(HEAD, row))).problems).toMatchObject([{ code: "OUTSIDE_ROUND" }]);
  await story.database.sql(
    "UPDATE matching.round SET guest_community_ids = ARRAY(SELECT id FROM communities.community WHERE region_code = '510116004') WHERE key = 'r-2024'",
  );
  await must("needs", HEAD, "N30,r-2024,五星社区,,服务,就近,100,,,", row);
  const places = await story.database.sql(
    `SELECT n.key, c.region_code FROM matching.need n JOIN communities.community c ON c.id = n.community_id WHERE n.key IN ('N30', 'N31') ORDER BY n.key`,
  );
  expect(places).toEqual([
    { key: "N30", region_code: "510116003" },
    { key: "N31", region_code: "510116004" },
  ]);
  await story.database.sql("DELETE FROM matching.need");
});

test("where organisations serve, and what they did at which event, comes from lists; a place or an event that is not there is named", async () => {
  await must("areas", "organisation,regions,communities", "org-1,成都市/中和街道,华阳街道/五星社区;510116004002");
  const unknown = await run("areas", csv("organisation,regions,communities", "org-1,中和街道,玉林社区"));
  expect([unknown.written, unknown.problems.length]).toEqual([false, 1]);
  const ask = askInProcess(story.platform);
  const { organisations } = await ask<{ organisations: { nodes: { serves: { code?: string; name?: string }[] }[] } }>(
    "{ organisations { nodes { serves { ... on Region { code } ... on Community { name } } } } }",
    {},
  );
  expect(organisations.nodes[0]!.serves).toHaveLength(3);
  expect(organisations.nodes[0]!.serves).toEqual(
    expect.arrayContaining([{ code: "510116004" }, { name: "五星社区居委会" }, { name: "双流社区居委会" }]),
  );
  const events = (eventId: string) => ({
    input: {
      rows: [{ key: "show", organisationId: stableId("organisation", "org-1"), kind: "SHOW", title: "演出", asOf: "2024-04-08", eventId }],
    },
  });
  const text = `mutation ($input: ImportTeamActivitiesInput!) { answer: importTeamActivities(input: $input) { ... on BulkOutcome { written rows { problems { field code } } } } }`;
  for (const eventId of [stableId("event", "none"), "nonsense", "x".repeat(101)])
    expect(await ask(text, events(eventId))).toEqual({
      answer: { written: false, rows: [{ problems: [{ field: "eventId", code: "UNKNOWN_REFERENCE" }] }] },
    });
});

test("a dry run tells what would happen, and writes nothing", async () => {
  expect(await run("needs", csv(HEAD, GOOD), { dryRun: true })).toMatchObject({ written: false, created: 1, refused: 0 });
  expect(await needs()).toBe(0);
});

test("good rows alone are written when asked for, found again by key, and corrected", async () => {
  expect(await run("needs", csv(HEAD, GOOD, "N2,r-2024,没有社区,,服务,坏行,1,,,"), { skipBadRows: true })).toMatchObject({
    written: true,
    created: 1,
    refused: 1,
  });
  expect(await run("needs", csv(HEAD, GOOD))).toMatchObject({ unchanged: 1, created: 0, updated: 0 });
  expect(await run("needs", csv(HEAD, GOOD.replace("3万元", "35000")))).toMatchObject({ updated: 1 });
  expect(await story.database.sql("SELECT budget_max, tags, version FROM matching.need")).toEqual([
    { budget_max: "3500000", tags: ["养老服务", "探访"], version: 2 },
  ]);
});

test("Traditional headings in GB18030, and English headings in XLSX, bring the same list", async () => {
  const traditional = "需求編號,批次,社區,需求類別,需求名稱,預算上限\nN8,r-2024,廣福社區,服務,長者關懷,12000\n";
  const { encode } = await import("iconv-lite");
  expect(await run("needs", encode(traditional, "gb18030"))).toMatchObject({ written: true, created: 1 });
  const xlsx = await writeTable(
    TABLES.needs as never,
    [{ key: "N8", round: "r-2024", community: "广福社区", kind: "SERVICE", title: "長者關懷", budgetMax: 1_200_000 }] as never,
    { format: "xlsx", labels: "key" },
  );
  expect(await run("needs", xlsx, {}, "list.xlsx")).toMatchObject({ unchanged: 1 });
});

test("the round of a list that names none comes from the command line, and is asked for otherwise", async () => {
  const list = csv("编号,社区,类别,标题", "N9,广福社区,志愿者,周末导览");
  const without = await run("needs", list);
  expect(without).toMatchObject({ written: false, refused: 1 });
  expect(without.problems).toMatchObject([{ row: 2, column: "round", code: "REQUIRED" }]);
  expect(await run("needs", list, { defaults: { round: "r-2024" } })).toMatchObject({ written: true, created: 1 });
});

test("offers name their organisation and their coverage", async () => {
  const head = "编号,批次,机构名称,需求类别,标题,能力,单价,可承接数量,服务范围";
  const bad = await run("offers", csv(head, "O1,r-2024,示例·甲中心,服务,探访,养老服务,1000,2,火星街道"));
  expect(bad.problems).toMatchObject([{ row: 2, column: "coverage", code: "UNKNOWN_NAME" }]);
  expect(await run("offers", csv(head, "O1,r-2024,示例·甲中心,服务,探访,养老服务,1000,2,华阳街道；成都市/中和街道"))).toMatchObject({
    written: true,
    created: 1,
  });
  expect(await story.database.sql("SELECT coverage, price FROM matching.offer")).toEqual([
    { coverage: ["510116003", "510116004"], price: "100000" },
  ]);
});

test("an import whose answer was lost can be repeated under its key", async () => {
  const list = csv(HEAD, GOOD.replace("N1", "N20"));
  const first = await run("needs", list, { idempotencyKey: "k-20" });
  await story.database.sql("UPDATE matching.need SET title = '别人改过' WHERE key = 'N20'");
  const again = await run("needs", list, { idempotencyKey: "k-20" });
  expect(first).toMatchObject({ written: true, created: 1 });
  expect(again).toMatchObject({ written: true, created: 1 });
  expect(await story.database.sql("SELECT title FROM matching.need WHERE key = 'N20'")).toEqual([{ title: "别人改过" }]);
});

test("a row of a record that was merged says so, and counts as unchanged", async () => {
  await must(
    "organisations",
    "key,name,kind,region",
    "twin-a,示例·孪生甲,SOCIAL_ORGANISATION,华阳街道",
    "twin-b,示例·孪生乙,SOCIAL_ORGANISATION,华阳街道",
  );
  const ask = askInProcess(story.platform);
  const [keepId, mergeId] = ["twin-a", "twin-b"].map((key) => stableId("organisation", key));
  await ask(
    `mutation { mergeOrganisations(input: { keepId: "${keepId}", mergeId: "${mergeId}", keepVersion: 1, mergeVersion: 1 }) { __typename } }`,
    {},
  );
  const report = await run("organisations", csv("key,name,kind,region", "twin-b,示例·孪生乙,SOCIAL_ORGANISATION,华阳街道"));
  expect(report).toMatchObject({ written: true, created: 0, updated: 0, unchanged: 1, refused: 0 });
  expect(formatProblems(report.problems, "text", { table: TABLES.organisations as never, language: "zh" })).toContain(
    "该编号的记录已并入另一条，这一行没有改动那一条 [MERGED]",
  );
});
