import { fold } from "@gongjian/hantext";

/**
 * The 56 ethnic groups of GB/T 3304-1991 (Names of nationalities of China in Romanization with codes): numeric code,
 * alphabetic code, Chinese name. The position in the list is the numeric code.
 */
const LIST =
  "HA 汉 MG 蒙古 HU 回 ZA 藏 UG 维吾尔 MH 苗 YI 彝 ZH 壮 BY 布依 CS 朝鲜 MA 满 DO 侗 YA 瑶 BA 白 TJ 土家 HN 哈尼 KZ 哈萨克 DA 傣 LI 黎 LS 傈僳 VA 佤 SH 畲 GS 高山 LH 拉祜 SU 水 DX 东乡 NX 纳西 JP 景颇 KG 柯尔克孜 TU 土 DU 达斡尔 ML 仫佬 QI 羌 BL 布朗 SL 撒拉 MN 毛南 GL 仡佬 XB 锡伯 AC 阿昌 PM 普米 TA 塔吉克 NU 怒 UZ 乌孜别克 RS 俄罗斯 EW 鄂温克 DE 德昂 BO 保安 YG 裕固 GI 京 TT 塔塔尔 DR 独龙 OR 鄂伦春 HZ 赫哲 MB 门巴 LB 珞巴 JN 基诺".split(
    " ",
  );

export interface EthnicGroup {
  /** Numeric code, 1 to 56. */
  code: number;
  /** Alphabetic code, two letters. */
  letters: string;
  /** Chinese name without 族. */
  name: string;
}

export const ETHNIC_GROUPS: readonly EthnicGroup[] = Array.from({ length: LIST.length / 2 }, (_, index) => ({
  code: index + 1,
  letters: LIST[index * 2]!,
  name: LIST[index * 2 + 1]!,
}));

const byText = new Map<string, EthnicGroup>(
  ETHNIC_GROUPS.flatMap((group) =>
    [String(group.code), String(group.code).padStart(2, "0"), group.letters, group.name, `${group.name}族`].map(
      (text) => [fold(text), group] as const,
    ),
  ),
);

/** The group that a code (numeric or alphabetic) or a Chinese name in either script stands for. */
export const ethnicGroup = (text: string): EthnicGroup | null => byText.get(fold(text)) ?? null;
