import { TABLES } from "@gongjian/importer";
import { bilingual, columnOf, languageOf } from "./words";

test.each([
  [undefined, {}, "en"],
  [undefined, { LANG: "zh_CN.UTF-8" }, "zh"],
  [undefined, { LANG: "zh_TW" }, "zh"],
  [undefined, { LANG: "zh_CN.UTF-8", LC_ALL: "C" }, "en"],
  [undefined, { LANG: "de_DE", LC_MESSAGES: "zh_CN" }, "zh"],
  ["en", { LANG: "zh_CN" }, "en"],
  ["zh", { LC_ALL: "C" }, "zh"],
] as const)("--lang %s in %j is %s", (asked, env, language) => expect(languageOf(asked, env)).toBe(language));

test("a message has both languages, with its numbers, and an unknown one is quoted", () => {
  expect(bilingual("The number must be between -180 and 180.")).toEqual({
    zh: "须在 -180 与 180 之间",
    en: "The number must be between -180 and 180",
  });
  expect(bilingual("At most 30 items are allowed.").zh).toBe("最多 30 项");
  expect(bilingual("Something new.")).toEqual({ zh: "平台不接受：Something new", en: "Something new" });
});

test.each([
  ["roundKey", "round"],
  ["communityId", "community"],
  ["tags.3", "tags"],
  ["key", "key"],
  ["budgetMax", "budgetMax"],
  ["elsewhere", "elsewhere"],
  ["", null],
])("the field %s comes from the column %s", (field, column) => {
  expect(columnOf(TABLES.needs as never, field)).toBe(column);
});
