import { explainInWords, type WordScript } from "@gongjian/assignment";
import { enumType } from "@gongjian/subgraph";

export type Language = "ZH" | "EN";
export const LanguageEnum = enumType<Language>("Language", "The language of sentences that the platform makes.", {
  ZH: "Chinese, in the script that `Accept-Language` asks for.",
  EN: "English.",
});

const scriptOf = (language: Language | null | undefined): WordScript => (language === "EN" ? "en" : "zh-Hans");

/** One sentence for a stored factor, reason or step. */
export function inWords(subject: unknown, language: Language | null | undefined): string {
  if ((subject as { reason?: unknown }).reason === "DECLINED")
    return language === "EN" ? "The two were proposed to each other and one side declined." : "双方曾经对接，其中一方婉拒。";
  return explainInWords(subject as Parameters<typeof explainInWords>[0], scriptOf(language));
}

/** Why an offer that fits a need was not chosen for it: its units were worth more elsewhere, or the need was served better. */
export function whyNotInWords(
  { score, price, unitsLeft }: { score: number; price: number; unitsLeft: number },
  language: Language | null,
): string {
  const english = language === "EN";
  if (unitsLeft > 0)
    return english
      ? `It has ${unitsLeft} unit(s) left: the need is better served by what was chosen.`
      : `该资源尚余${unitsLeft}个名额：本需求已由更合适的资源满足。`;
  const short = price - score;
  const behind = short > 0 ? (english ? `, ${short} more than this need` : `，比本需求高${short}分`) : "";
  return english
    ? `Its units went to other needs, where one more would be worth ${price} points${behind}.`
    : `该资源的名额已用于其他需求：再多一个名额值${price}分${behind}。`;
}
