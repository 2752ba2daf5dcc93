import fc from "fast-check";
import { fold, parseAcceptLanguage, pinyin, pinyinKey, scriptOf, toScript, type Script } from "./index";

const scripts: Script[] = ["zh-Hans", "zh-Hant"];
const mixed = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(
      fc
        .oneof(
          fc.integer({ min: 0x3400, max: 0x9fff }),
          fc.integer({ min: 0xf900, max: 0xfad9 }),
          fc.integer({ min: 0x20000, max: 0x323af }),
        )
        .map((code) => String.fromCodePoint(code)),
    )
    .map((chars) => chars.join("")),
  fc
    .array(
      fc.constantFrom(
        "里",
        "后",
        "信义",
        "信義",
        "软件",
        "軟體",
        "資訊",
        "信息",
        "頭髮",
        "头发",
        "余家",
        "乾縣",
        "著名",
        "么",
        "麼",
        "台",
        "臺",
        "程序",
        "程式",
        "社区",
        "社群",
        "影片",
        "智慧",
        "一",
      ),
    )
    .map((words) => words.join("")),
);

test.each([
  ["龙福里", "龍福里"],
  ["信义里", "信義里"],
  ["邻里中心", "鄰里中心"],
  ["光明里社区", "光明里社區"],
  ["城里村", "城里村"],
  ["住在城里", "住在城裡"],
  ["于各庄", "于各莊"],
  ["位于", "位於"],
  ["迳头村", "逕頭村"],
  ["其余", "其餘"],
  ["示范社区", "示範社區"],
  ["范庙村", "范廟村"],
  ["岳秀庄", "岳秀莊"],
  ["互联网里", "網際網路里"],
  ["里长", "里長"],
  ["社区里", "社區裡"],
  ["家里", "家裡"],
  ["余家村", "余家村"],
  ["于家庄", "于家莊"],
  ["斗门", "斗門"],
  ["奋斗", "奮鬥"],
  ["头发", "頭髮"],
  ["发展", "發展"],
  ["皇后", "皇后"],
  ["前后", "前後"],
  ["台北", "臺北"],
  ["台州", "台州"],
  ["沙河社区", "沙河社區"],
  ["网络信息", "網路資訊"],
  ["软件", "軟體"],
  ["服务对象", "服務對象"],
  ["行程", "行程"],
  ["狮子山", "獅子山"],
  ["二仙桥", "二仙橋"],
  ["干部", "幹部"],
  ["干净", "乾淨"],
  ["Hello 里", "Hello 里"],
])("%s in Traditional is %s", (hans, hant) => expect(toScript(hans, "zh-Hant")).toBe(hant));

test.each([
  ["獅子山", "狮子山"],
  ["軟體", "软件"],
  ["社群", "社群"],
  ["檔案", "档案"],
  ["埠頭", "埠头"],
  ["臺北", "台北"],
  ["信義里", "信义里"],
  ["乾縣", "乾县"],
  ["乾隆", "乾隆"],
  ["顯著", "显著"],
  ["頭髮", "头发"],
  ["龍泉驿", "龙泉驿"],
])("%s in Simplified is %s", (hant, hans) => expect(toScript(hant, "zh-Hans")).toBe(hans));

test("official names keep their own script", () => {
  for (const name of ["信義里", "后里區", "台北市龍山里", "著作權"]) expect(toScript(name, "zh-Hant")).toBe(name);
  expect(toScript("龍泉驿里", "zh-Hant")).toBe("龍泉驛里");
});

test("a conversion done twice is one done once, whatever the text", () => {
  fc.assert(
    fc.property(mixed, fc.constantFrom(...scripts), (text, script) => {
      const once = toScript(text, script);
      expect(toScript(once, script)).toBe(once);
    }),
    { numRuns: 500 },
  );
});

test("every single ideograph keeps still after one conversion and one fold", () => {
  const unsettled: string[] = [];
  for (let code = 0x3400; code <= 0x9fff; code++) {
    const char = String.fromCodePoint(code);
    for (const script of scripts)
      if (toScript(toScript(char, script), script) !== toScript(char, script)) unsettled.push(`${char} ${script}`);
    if (fold(fold(char)) !== fold(char)) unsettled.push(`${char} fold`);
  }
  expect(unsettled).toEqual([]);
});

test("the cache is full at its cap and conversions stay right", () => {
  for (let i = 0; i < 20_100; i++) toScript(`龙${i}`, "zh-Hant");
  expect(toScript("龙泉驿", "zh-Hant")).toBe("龍泉驛");
});

test.each([
  ["龙泉驿", "zh-Hans"],
  ["龍泉驛", "zh-Hant"],
  ["北京", null],
  ["", null],
  ["longquan", null],
  ["龙福里", "zh-Hans"],
  ["信義里", "zh-Hant"],
  ["台北市龍山里", "zh-Hant"],
  ["社區发展", null],
  ["乾隆", null],
  ["群眾參與", "zh-Hant"],
  ["峰会", "zh-Hans"],
  ["山峰", null],
  ["迳", "zh-Hans"],
  ["偽", null],
])("the script of %s is %s", (text, script) => expect(scriptOf(text)).toBe(script));

test.each([
  [undefined, null],
  ["", null],
  ["zh", "zh-Hans"],
  ["zh-CN", "zh-Hans"],
  ["zh-SG", "zh-Hans"],
  ["ZH-hans", "zh-Hans"],
  ["zh-TW", "zh-Hant"],
  ["zh-HK", "zh-Hant"],
  ["zh-MO", "zh-Hant"],
  ["zh-Hant", "zh-Hant"],
  ["zh-Hans-TW", "zh-Hans"],
  ["zh-Hant-CN", "zh-Hant"],
  ["en", null],
  ["ja,en;q=0.5", null],
  ["en-GB,en;q=0.9,zh-TW;q=0.8,zh;q=0.7", "zh-Hant"],
  ["zh-CN;q=0.3, zh-TW;q=0.9", "zh-Hant"],
  ["zh-TW , zh-CN", "zh-Hant"],
  ["zh;q=0", null],
  ["zh-TW;q=0, zh-CN;q=0.001", "zh-Hans"],
  ["zh-TW;q=2", null],
  ["zh-TW;q=0.1234, zh", "zh-Hans"],
  ["zh-TW;q=", null],
  ["zh-TW;level=1;q=1", null],
  ["zh-TW;q=1;q=0.5", null],
  ["zhx", null],
  ["zh_TW", null],
  ["*", null],
  [",,;q=1,zh-TW", "zh-Hant"],
  ["zh-TW ; q=0.5", "zh-Hant"],
  [`${"x".repeat(5_000)},zh-TW`, null],
  [`zh-CN,${"en,".repeat(5_000)}`, "zh-Hans"],
])("Accept-Language %p asks for %p", (header, script) => expect(parseAcceptLanguage(header)).toBe(script));

test("no Accept-Language header throws", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^(?:zh|en|\*)?(?:-[A-Za-z]{2,4})?(?:; ?q=[0-9.]{0,5})?(?:,.*)?$/)),
      (header) => [null, ...scripts].includes(parseAcceptLanguage(header)),
    ),
  );
});

test("fold joins scripts, widths, cases and spaces, and no words", () => {
  expect(fold("  ＬｏｎｇQuan\t龍泉驛　社區\0\u200b ")).toBe("longquan 龙泉驿 社区");
  expect(fold("a\ud800b\ue000\ufe0f")).toBe("ab\ue000");
  expect(fold("臺灣")).toBe(fold("台湾"));
  expect(fold("智慧社區")).toBe(fold("智慧社区"));
  expect(fold("智慧社區")).not.toBe(fold("智能社区"));
  expect(fold("王小埠村")).toBe("王小埠村");
});

test("every single ideograph and its Traditional form have one key", () => {
  const apart: string[] = [];
  for (let code = 0x4e00; code <= 0x9fff; code++) {
    const char = String.fromCodePoint(code);
    const traditional = toScript(char, "zh-Hant");
    if (fold(traditional) !== fold(char)) apart.push(`${char} ${traditional}`);
  }
  expect(apart).toEqual([]);
  expect(fold("逕頭村")).toBe(fold("迳头村"));
});

test("fold is idempotent, and the key of a name's beginning begins its key", () => {
  fc.assert(
    fc.property(mixed, (text) => expect(fold(fold(text))).toBe(fold(text))),
    { numRuns: 500 },
  );
  const han = fc.array(fc.integer({ min: 0x4e00, max: 0x9fff }).map((code) => String.fromCodePoint(code)));
  fc.assert(fc.property(han, han, (a, b) => expect(fold([...a, ...b].join(""))).toBe(fold(a.join("")) + fold(b.join("")))));
});

test.each(
  `郫都 pi du,艋舺 meng jia,单县 shan xian,曾厝垵 zeng cuo an,华阳 hua yang,重庆 chong qing,長沙 chang sha,都江堰 du jiang yan,大邑 da yi,崇州 chong zhou,乐山 le shan,洛带 luo dai,涪陵 fu ling,犍为 qian wei,
六安 lu an,亳州 bo zhou,东莞 dong guan,番禺 pan yu,台州 tai zhou,丽水 li shui,阿坝 a ba,尉犁 yu li,瓦埠 wa bu,蔚县 yu xian,乐亭 lao ting,巴中 ba zhong,廈門 xia men,石景山 shi jing shan,大栅栏 da zha lan,
门头沟 men tou gou,八角 ba jiao,成都 cheng du,新都 xin du,什刹海 shi cha hai,什邡 shi fang,还建房 huan jian fang,羊圈村 yang juan cun,渑池 mian chi,荥阳 xing yang,荥经 ying jing,绿地 lv di,曾家桥 zeng jia qiao,
十里堡 shi li pu,黄埔 huang pu,银行 yin hang,里长 li zhang,什么 shen me,柏林寺 bai lin si,铅山 yan shan,蚌埠 beng bu,丽江 li jiang,浒墅关 hu shu guan,仇家 qiu jia,柏合 bai he,邛崃 qiong lai,喀什 ka shi,歙县 she xian,涡阳 guo yang,洪洞 hong tong`
    .split(/,\s*/)
    .map((line) => [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)]),
)("%s is read %s", (name, reading) => expect(pinyin(name as string).syllables.join(" ")).toBe(reading));

test("a reading is joined, with its initials; words and numbers stay whole", () => {
  expect(pinyin("龍泉驛")).toEqual({ syllables: ["long", "quan", "yi"], joined: "longquanyi", initials: "lqy" });
  expect(pinyin("101医院 Park")).toEqual({ syllables: ["101", "yi", "yuan", "park"], joined: "101yiyuanpark", initials: "101yyp" });
  expect(pinyin("")).toEqual({ syllables: [], joined: "", initials: "" });
  expect(pinyinKey("龍泉驛 East")).toBe("longquanyi east");
});
