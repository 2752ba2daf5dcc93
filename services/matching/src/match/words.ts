import { explainInWords, type WordScript } from "@gongjian/assignment";
import { enumType } from "@gongjian/subgraph";

export type Language = "ZH" | "EN";
export const LanguageEnum = enumType<Language>("Language", "The language of sentences that the platform makes.", {
  ZH: "Chinese, in the script that `Accept-Language` asks for.",
  EN: "English.",
});

const scriptOf = (language: Language | null | undefined): WordScript => (language === "EN" ? "en" : "zh-Hans");

/** One sentence for a stored factor, reason or step. */
export const inWords = (subject: unknown, language: Language | null | undefined): string =>
  explainInWords(subject as Parameters<typeof explainInWords>[0], scriptOf(language));
