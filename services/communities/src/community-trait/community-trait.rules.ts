import { toScript } from "@gongjian/hantext";
import type { InputProblem } from "@gongjian/subgraph";

/** The words that mean each trait: the platform's own first. A label means a trait when it is one of them, in either script. */
const WORDS = {
  STATE_ENTERPRISE_ESTATE: ["国企老生活区", "老旧国企生活区", "国有企业老旧生活区", "国企生活区", "单位生活区", "单位大院"],
  OLD_ESTATE: ["老旧小区", "老旧院落", "老旧社区"],
  MULTI_ETHNIC: ["多民族社区", "多民族", "民族互嵌式社区", "民族互嵌社区"],
  INTERNATIONAL: ["国际化社区", "国际化", "国际社区"],
  ECO_VILLAGE: ["生态村", "生态乡村", "生态社区"],
  RURAL: ["乡村社区", "农村社区", "乡村"],
  RURAL_TO_URBAN: ["乡村转型社区", "生态乡村转型社区", "村改居社区", "村转居社区", "涉农社区"],
  RESETTLEMENT: ["安置社区", "安置小区", "拆迁安置社区", "农民集中安置区"],
  INNER_CITY: ["主城区社区", "老城区社区", "中心城区社区"],
  HISTORIC_TOWN: ["古镇社区", "历史文化街区", "老街社区"],
  COMMERCIAL: ["商圈社区", "商居共治", "商居混合社区", "商业社区"],
  INDUSTRIAL: ["产业社区", "职住平衡", "园区社区"],
  CAMPUS: ["高校社区", "校地社区"],
  NEW_BUILT: ["新建社区", "新建商品房社区", "新型社区"],
  AGEING: ["老龄化社区", "老年友好型社区"],
} as const;

export type CommunityTraitCode = keyof typeof WORDS;
export const TRAIT_CODES = Object.keys(WORDS) as CommunityTraitCode[];

/** The platform's own word for a trait. */
export const traitLabel = (code: CommunityTraitCode): string => WORDS[code][0];
/** Every word that means it, the platform's own first. */
export const traitWords = (code: CommunityTraitCode): readonly string[] => WORDS[code];

/** Every way in which a label of a trait may be stored: its words in either script. */
export const storedWords = (code: CommunityTraitCode): string[] => [
  ...new Set(WORDS[code].flatMap((word) => [word, toScript(word, "zh-Hans"), toScript(word, "zh-Hant")])),
];
const byWord = new Map(TRAIT_CODES.flatMap((code) => storedWords(code).map((word) => [word, code] as const)));

/** The traits that labels mean, each once, in the order of the list; a label of its own means none. */
export const traitsOf = (labels: readonly string[]): CommunityTraitCode[] => {
  const found = new Set(labels.map((label) => byWord.get(label)));
  return TRAIT_CODES.filter((code) => found.has(code));
};

const isCode = (label: string): label is CommunityTraitCode => Object.hasOwn(WORDS, label);

/** Labels as they are stored: without blanks at the ends, a code as the word for it, each once. */
export const traitLabels = (labels: readonly string[]): string[] => [
  ...new Set(labels.map((label) => label.trim()).map((label) => (isCode(label) ? traitLabel(label) : label))),
];

/** What looks like a code is one of the list: a misspelt one would become a label that nobody looks for. */
export const checkTraitCodes = (labels: readonly string[] | null | undefined): InputProblem[] =>
  (labels ?? []).flatMap((label, index) =>
    /^[A-Z]+(?:_[A-Z]+)+$/u.test(label.trim()) && !isCode(label.trim())
      ? [
          {
            field: `traits.${index}`,
            code: "UNKNOWN_CODE",
            message: "There is no such trait. Traits have codes of the list, or words of one's own.",
          },
        ]
      : [],
  );
