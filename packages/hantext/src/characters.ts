import { converters } from "./opencc";

export type Script = "zh-Hans" | "zh-Hant";

/**
 * Characters that are Simplified forms and at home in Traditional text too (里, 后, 台 …), so they say nothing about the script.
 * Source: the keys of OpenCC's STCharacters that list themselves among their values, and the values of TWVariants (Apache-2.0).
 */
const SHARED = new Set(
  "万丑丰了于云亘仆仇仿价伙余佛佣俊修借僵克党具冢冬冲凌准几凶出划别刮制千升卜占卷厂厘只台叶吁吃合吊同后向吣呆周咨咸咽哄唇喂噪回困坐坯堤夫夸奸姜娘它家尸局岩岳巨布帘席" +
    "干幸广庵弦征御志念恒恤愈愿戚才扎托扣折抵拐拿挂挨挽捆据搜斗斤斫旋昆暗曲朱朴杆杠杯杰松板极果柜栗核梁棱檗欲毁沈沾泛注浚涂涌淀游溪漓澄烟熏焰狸玩琅璇症皂矩确私秋种" +
    "穗筑筱糊系群耇胄背胜胡腊腌膻致舍芸苔苹范藤蒙蔑虫虱蚖蚝蜡蝎表谷豆象跖辟适郁酸采里雇雕霉面偽啟吃嫻媯峰么幺稜樑簷汙洩溈潀為床痺痴皁着睪祕秘灶粽韁才群唇參蒍眾裡核踴缽針鯰麵顎" +
    "彩彷抬坂弃恋苎苧污泄棱踊痹奸秆",
);
/** Traditional forms that Simplified text keeps in some words (乾隆, 著名), so they say nothing either. */
const KEPT = new Set("乾著瞭藉夥徵於剋餘覆沈氾甚昇");

export const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text);

/** Second Simplified forms that OpenCC leaves standing, while it folds their Traditional form to another one (逕 becomes 径). */
const SECOND_FORMS = "渖沈 稆穞 缐线 讬托 谘咨 迳径 钜巨 锺钟 镟旋 馀余 鲶鲇"
  .split(" ")
  .map((pair) => Array.from(pair) as [string, string]);
/** These, and variants in use in both scripts, with the form that stands for all: without it 迳头村 and 逕頭村 would be two names. */
const VARIANTS = new Map([
  ...SECOND_FORMS,
  ..."侭尽 昵暱 縆緪 颚腭 麹曲 麺面 澂澄 伕夫".split(" ").map((pair) => Array.from(pair) as [string, string]),
]);

/** What OpenCC makes of a single character in the end (麼 becomes 么 and that 幺). */
const settle = (char: string): string => {
  let settled = char;
  for (let next = converters.twToCn()(settled); next !== settled; next = converters.twToCn()(settled)) settled = next;
  return settled;
};

interface Forms {
  /** The form that stands for the character in a key. */
  key: string;
  /** Whether it is Traditional and not at home in Simplified text. */
  traditional: boolean;
}
const known = new Map<string, Forms>();
const formsOf = (char: string): Forms => {
  let forms = known.get(char);
  if (forms === undefined) {
    // Only ideographs are remembered, or a hostile text could fill the memory with every character there is.
    if (!isHan(char)) return { key: char, traditional: false };
    const settled = settle(VARIANTS.get(char) ?? char);
    const key = VARIANTS.get(settled) ?? settled;
    forms = { key, traditional: settle(char) !== char && !SHARED.has(char) && !KEPT.has(char) };
    known.set(char, forms);
  }
  return forms;
};

/** One character in Simplified script, the same in every context: what makes a key of a prefix the prefix of the key. */
export const simplify = (char: string): string => formsOf(char).key;
export const isTraditional = (char: string): boolean => formsOf(char).traditional;

let simplified: Set<string> | undefined;
const simplifiedForms = (): Set<string> => {
  if (simplified) return simplified;
  simplified = new Set(SECOND_FORMS.map(([form]) => form));
  for (const [from, to] of [
    [0x3400, 0x9fff],
    [0x20000, 0x2ebe0],
  ] as const) {
    for (let code = from; code <= to; code++) {
      const char = String.fromCodePoint(code);
      const folded = converters.twToCn()(char);
      if (folded !== char && !SHARED.has(folded) && settle(folded) === folded) simplified.add(folded);
    }
  }
  return simplified;
};

export const isSimplified = (char: string): boolean => simplifiedForms().has(char);

/** How many characters of the text belong to one script alone. */
export const evidence = (text: string): { traditional: number; simplified: number } => {
  let traditional = 0;
  let simplifiedCount = 0;
  for (const char of text) {
    if (char < "㐀") continue;
    if (isTraditional(char)) traditional++;
    else if (isSimplified(char)) simplifiedCount++;
  }
  return { traditional, simplified: simplifiedCount };
};
