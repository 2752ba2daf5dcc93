import { writeTable } from "@gongjian/importer";
import { askInProcess } from "../src/import/ask";
import { loadDemo } from "../src/import/demo";
import { EXPORTS, featureCollection } from "../src/import/exports";
import { runImport } from "../src/import/run";
import { tableNamed } from "../src/import/tables";
import { testPlatform, type TestPlatform } from "./platform";

let story: TestPlatform;
beforeAll(async () => {
  story = await testPlatform();
  await loadDemo(story.platform, story.database.adminUrl, () => undefined);
}, 180_000);
afterAll(() => story.close());

const { definition, rows: rowsOf, features } = EXPORTS["facilities"]!;
const featuresOf = async (within: string) => (await features!(askInProcess(story.platform), within)) as any[];
const enter = (bytes: Buffer, name: string) =>
  runImport(askInProcess(story.platform), tableNamed("facilities"), bytes, name, { dryRun: false, skipBadRows: false });

test.each(["geojson", "csv", "xlsx"] as const)("facilities go out as %s and come in again unchanged", async (format) => {
  for (const [within, count] of [
    ["51", 17],
    ["11", 5],
    ["zone-chengdu-hitech", 1],
  ] as const) {
    const rows = await rowsOf(askInProcess(story.platform), within);
    expect([within, rows.length]).toEqual([within, count]);
    const bytes = format === "geojson" ? featureCollection(await featuresOf(within)) : await writeTable(definition, rows, { format });
    expect(await enter(bytes, `facilities.${format}`)).toMatchObject({ rows: count, unchanged: count, refused: 0, problems: [] });
  }
});

test("a change in the file is a change of the record, and a line is no place", async () => {
  const geometry = { type: "Point", coordinates: [104.05, 30.55] };
  const moved = featureCollection((await featuresOf("510107063")).map((feature) => ({ ...feature, geometry })));
  expect(await enter(moved, "facilities.geojson")).toMatchObject({ rows: 1, updated: 1 });
  const [park] = await rowsOf(askInProcess(story.platform), "510107063");
  expect(park).toMatchObject({ name: "沃顿公园小游园", longitude: 104.05, latitude: 30.55 });
  const line = Buffer.from(moved.toString("utf8").replace('"Point"', '"LineString"'));
  expect(await enter(line, "facilities.geojson")).toMatchObject({ rows: 1, refused: 1, problems: [{ row: 1, column: "longitude" }] });
  await expect(rowsOf(askInProcess(story.platform), "nowhere")).rejects.toThrow("There is no region nowhere.");
});
