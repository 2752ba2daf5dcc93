import type { Bilingual, Language, TableDefinition } from "@gongjian/importer";

/** The language of messages: as asked, else as the environment's locale says, else English. */
export function languageOf(asked: Language | undefined, env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env["LC_ALL"] || env["LC_MESSAGES"] || env["LANG"] || "";
  return asked ?? (/^zh/i.test(locale) ? "zh" : "en");
}

/** What the platform says of a row, in Chinese: its sentences are constant but for their numbers. */
const SENTENCES: readonly (readonly [en: RegExp, zh: string])[] = [
  [/^A value is required\.$/, "此格必填"],
  [/^At least one kind is required\.$/, "至少填一个类别"],
  [/^At most (\d+) characters are allowed\.$/, "最多 $1 个字"],
  [/^At most (\d+) (?:items )?are allowed\.$/, "最多 $1 项"],
  [/^An event has at most (\d+) sessions\.$/, "一次活动最多 $1 个环节"],
  [/^The number must be between (\S+) and (\S+)\.$/, "须在 $1 与 $2 之间"],
  [/^The year must be between (\d+) and (\d+)\.$/, "年份须在 $1 与 $2 之间"],
  [/^The text holds a character that cannot be used/, "含有不可用的字符"],
  [/^The period ends before it begins\.$/, "结束早于开始"],
  [/^The most is below the least\.$/, "上限低于下限"],
  [/^There is no such region, neither stored nor in an earlier row\.$/, "没有这个区划，前面的行里也没有"],
  [/^There is no such region\.$/, "没有这个区划"],
  [/^There is no such community\.$/, "没有这个社区"],
  [/^There is no such organisation\.$/, "没有这个组织"],
  [/^There is no such round\.$/, "没有这个批次"],
  [/^There is no such series\.$/, "没有这个系列"],
  [/^There is no such event\.$/, "没有这次活动"],
  [/^There is no such session\.$/, "没有这个环节"],
  [/^There is no such practice\.$/, "没有这个做法"],
  [/^There is no such record\.$/, "没有这条记录"],
  [/^The adopter works by this practice at that time already\.$/, "采用方在这段时间已采用该做法"],
  [/^A practice is adopted by others than its holder\.$/, "持有方自己不算采用"],
  [/^The day has not come yet\.$/, "日期还没有到"],
  [/^The year has not come yet\.$/, "年份还没有到"],
  [/^Its holder has this title of that year already\.$/, "获得方在这一年已有这个荣誉"],
  [/^There is no such trait\./, "没有这个特点代码；可填列表中的代码，或自己的说法"],
  [/^There is no such place\.$/, "没有这个地点"],
  [/^There is no such IANA time zone\.$/, "没有这个时区"],
  [/^GB\/T 3304 has no such group\.$/, "GB/T 3304 中没有这个民族"],
  [/^The group is named twice\.$/, "这个民族写了两次"],
  [/^More groups are named than were counted\.$/, "列出的民族多于民族数"],
  [/^Another row above has the same key\.$/, "上面已有同一编号的行"],
  [/^You may not write this record\.$/, "您无权写入这条记录"],
  [/^The round takes no more entries\.$/, "该批次已不再接收条目"],
  [/^(\d+) units are promised in matches that are under way\.$/, "进行中的匹配已占用 $1 个名额"],
  [/^A key neither begins nor ends with space\.$/, "编号的首尾不能有空格"],
  [/^A currency is three capital letters/, "币种为三个大写字母（ISO 4217）"],
  [/^A statistical division code has 12 digits\.$/, "统计用区划代码为 12 位数字"],
  [/^An identifier has 1 to 64 /, "编码为 1 至 64 个字母、数字或短横等"],
  [/^A code has 1 to 64 /, "代码为 1 至 64 个字母、数字、点、短横或下划线"],
  [/^This is not a unified social credit code/, "不是有效的统一社会信用代码（GB 32100-2015）：18 位，末位为校验码"],
  [/^Another organisation has this code\.$/, "另一组织已用此代码"],
  [/^Longitude and latitude are given together/, "经度与纬度要么都填，要么都不填"],
  [/^Only a zone manages regions/, "只有功能区可以托管区划"],
  [/^A (?:region|zone) cannot /, "区划不能包含或托管自己"],
  [/^A session (?:begins|ends) /, "环节须在活动时间之内"],
  [/^The session lies outside the event's time\.$/, "环节须在活动时间之内"],
  [/^The session belongs to another event/, "该环节属于另一次活动，不能移动"],
  [/^Only an event of a series has an edition\.$/, "只有系列中的活动才有届次"],
  [/^The series has another event of that edition\.$/, "该系列已有这一届"],
  [/^What has an end has a beginning\.$/, "填了结束就要填开始"],
];

/** A message of the platform in both languages; one that has no Chinese yet is quoted. */
export function bilingual(message: string): Bilingual {
  const en = message.replace(/\.$/, "");
  for (const [pattern, zh] of SENTENCES) {
    const found = pattern.exec(message);
    if (found) return { zh: zh.replace(/\$(\d)/g, (_, group: string) => found[Number(group)] ?? ""), en };
  }
  return { zh: `平台不接受：${en}`, en };
}

/** The column that a field of the platform's input comes from: `communityId` from `community`, `coverage.0` from `coverage`. */
export function columnOf({ columns }: Pick<TableDefinition, "columns">, field: string): string | null {
  const name = field.split(".")[0] ?? "";
  return [name, name.replace(/(Id|Key|Code)$/, "")].find((key) => columns.some((column) => column.key === key)) ?? (name || null);
}
