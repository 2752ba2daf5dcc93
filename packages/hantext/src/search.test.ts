import fc from "fast-check";
import { fold, indexTokens, pinyin, pinyinKey, rank, toTsQuery } from "./index";
import { matches, parseTsQuery } from "../test/tsqueryReader";

const finds = (query: string, name: string): boolean => {
  const { primary } = toTsQuery(query);
  return primary !== null && matches(primary, indexTokens(name));
};
const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
);
const han = fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((code) => String.fromCodePoint(code));
const placeName = fc
  .array(fc.oneof(han, fc.constantFrom(..."长重都乐六单堡曾厦绿女行龍臺驛東區里村社区街道")), { minLength: 1, maxLength: 10 })
  .map((chars) => chars.join(""));

describe("a name is found from", () => {
  test.each([
    ["龍泉驛", "龙泉驿"],
    ["longquanyi", "龙泉驿"],
    ["lqy", "龙泉驿"],
    ["龙泉", "龙泉驿"],
    ["longquan", "龙泉驿"],
    ["quanyi", "龙泉驿"],
    ["LongQuanYi", "龍泉驛區"],
    ["ＬＱＹ", "龙泉驿"],
    ["驿", "龙泉驿"],
    ["long quan", "龙泉驿"],
    ["lóngquányì", "龙泉驿"],
    ["龙泉yi", "龙泉驿"],
    ["臺北", "台北"],
    ["台北", "臺北"],
    ["taibei", "臺北"],
    ["exq", "二仙桥"],
    ["erxianqiao", "二仙桥"],
    ["二仙橋", "二仙桥"],
    ["二仙桥", "二仙橋"],
    ["xianqiao", "二仙橋社區"],
    ["pidu", "郫都"],
    ["pd", "郫都區"],
    ["mengjia", "艋舺"],
    ["bangka", "艋舺"],
    ["shanxian", "单县"],
    ["zengcuoan", "曾厝垵"],
    ["huayang", "华阳"],
    ["chongqing", "重慶"],
    ["changsha", "长沙"],
    ["dujiangyan", "都江堰"],
    ["dayi", "大邑"],
    ["qianwei", "犍为"],
    ["luan", "六安"],
    ["dongguan", "东莞"],
    ["panyu", "番禺"],
    ["yuli", "尉犁"],
    ["yuxian", "蔚縣"],
    ["laoting", "乐亭"],
    ["xiamen", "廈門"],
    ["dazhalan", "大栅栏"],
    ["dashilar", "大柵欄"],
    ["shilipu", "十里堡"],
    ["shilibao", "十里堡"],
    ["xi'an", "西安"],
    ["lvliang", "吕梁"],
    ["luliang", "呂梁"],
    ["xindu", "新都"],
    ["xindou", "新都"],
    ["3haoyuan", "3号院"],
    ["软件园", "軟體園"],
    ["軟體園", "软件园"],
    ["信義里", "信义里"],
    ["101", "101医院社区"],
    ["热巴", "迪丽·热巴"],
    ["丽热", "迪丽·热巴"],
  ])("%s → %s", (query, name) => expect(finds(query, name)).toBe(true));

  test.each([
    ["龙泉山", "龙泉驿"],
    ["lqs", "龙泉驿"],
    ["longshan", "龙泉驿"],
    ["泉龙", "龙泉驿"],
    ["端口", "王小埠"],
    ["塞拉利昂", "獅子山"],
    ["智能", "智慧社区"],
    ["桥仙", "二仙桥"],
  ])("%s does not find %s", (query, name) => expect(finds(query, name)).toBe(false));
});

describe("the wider queries", () => {
  test("read a homophone as pinyin", () => {
    const { primary, fallbacks } = toTsQuery("龙全义");
    const tokens = indexTokens("龙泉驿");
    expect(matches(primary as string, tokens)).toBe(false);
    expect(fallbacks.map((query) => matches(query, tokens))).toEqual(expect.arrayContaining([true]));
  });
  test("ask for any of the words", () => {
    const { primary, fallbacks } = toTsQuery("二仙桥文化广场");
    const tokens = indexTokens("文化广场");
    expect(matches(primary as string, tokens)).toBe(false);
    expect(matches(fallbacks.at(-1) as string, tokens)).toBe(true);
  });
  test("are none where they would repeat the first, and there is no query for no letters", () => {
    expect(toTsQuery("longquanyi")).toEqual({ primary: "'longquanyi':*", fallbacks: [] });
    for (const nothing of ["", "  ", "\0", "'", "\\", "&|!():*<->", "🙂", "\ud800"])
      expect(toTsQuery(nothing)).toEqual({ primary: null, fallbacks: [] });
  });
});

test("operators and quotes in a query are no operators", () => {
  expect(toTsQuery("a' | 'b' & !c:* \\").primary).toBe("'a':* & 'b':* & 'c':*");
  expect(toTsQuery("'; DROP TABLE x --").primary).toBe("'drop':* & 'table':* & 'x':*");
});

test("any text gives clean bounded tokens and a tsquery that parses", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const token of indexTokens([text, `${text}龍${text}`])) {
        expect(token).not.toMatch(/[\p{Cc}\p{Cs}]/u);
        expect(token).not.toBe("");
        expect(Buffer.byteLength(token)).toBeLessThanOrEqual(128);
      }
      const { primary, fallbacks } = toTsQuery(text);
      for (const query of [primary, ...fallbacks]) if (query !== null) parseTsQuery(query);
      expect(pinyinKey(text).length).toBeLessThanOrEqual(256);
      pinyin(text);
      rank(text, text);
    }),
    { numRuns: 400 },
  );
});

test("long texts stay far below a tsvector's megabyte", () => {
  const bytes = indexTokens("曾长重都乐行龍".repeat(20_000)).reduce((sum, token) => sum + Buffer.byteLength(token), 0);
  const varied = Array.from({ length: 20_000 }, (_, i) => String.fromCodePoint(0x4e00 + i)).join("");
  const most = indexTokens(varied).reduce((sum, token) => sum + Buffer.byteLength(token), 0);
  expect(Math.max(bytes, most)).toBeLessThan(400_000);
  expect((toTsQuery("龙泉驿".repeat(10_000)).primary as string).length).toBeLessThan(1_000);
});

test("a name is found by each of its prefixes, its reading and its initials, and no token repeats", () => {
  fc.assert(
    fc.property(placeName, (name) => {
      const tokens = indexTokens(name);
      expect(new Set(tokens).size).toBe(tokens.length);
      const chars = Array.from(name);
      const { joined, initials, syllables } = pinyin(name);
      const queries = [
        ...chars.map((_, i) => chars.slice(0, i + 1).join("")),
        joined,
        initials,
        joined.slice(0, 4),
        fold(name),
        syllables.at(-1) as string,
      ];
      for (const query of queries) expect([query, matches(toTsQuery(query).primary as string, tokens)]).toEqual([query, true]);
    }),
    { numRuns: 300 },
  );
});

test("no token is longer than a query is cut to, so a long word is found by all of itself", () => {
  const word = "extraordinarily".repeat(4);
  const tokens = indexTokens(`龙${word}`);
  expect(Math.max(...tokens.map((token) => token.length))).toBe(32);
  for (const query of [word, `long${word}`, `龙${word}`]) expect(matches(toTsQuery(query).primary as string, tokens)).toBe(true);
});

test("offices at the end are searched from the name's start only", () => {
  const tokens = indexTokens("多福巷社区居委会");
  expect(tokens).toEqual(expect.arrayContaining(["duofuxiangshequjuweihui", "shequjuweihui", "dfxsqjwh", "居委", "委会"]));
  expect(tokens).not.toContain("weihui");
  expect(indexTokens("居委会")).toContain("juweihui");
});

test("rank puts the name itself before its beginnings, then its inside, then its reading", () => {
  const ranks = [
    rank("龙泉驿", "龍泉驛"),
    rank("龙泉驿区", "龍泉驛"),
    rank("新龙泉驿", "龍泉驛"),
    rank("龙泉驿", "lqy"),
    rank("金牛", "lqy"),
    rank("金牛", " "),
  ];
  expect(ranks).toEqual([0, 1, 2, 3, 4, 4]);
});
