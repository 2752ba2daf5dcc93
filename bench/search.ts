import { askInProcess } from "../cli/src/import/ask";
import type { Platform } from "../cli/src/platform/platform";
import { median, type Row } from "./table";

/** Either script, pinyin, initials, beginnings, one character, and what nobody is called. */
const TEXTS = [
  "龙泉驿",
  "龍泉驛",
  "longquanyi",
  "lqy",
  "华阳",
  "華陽街道",
  "huayang",
  "清波社区",
  "朝阳",
  "chaoyang",
  "cyq",
  "二仙桥",
  "成都市",
  "武侯",
  "wuhou",
  "社区",
  "和平",
  "heping",
  "村",
  "没有这个地方",
];

const SEARCH = `query Search($text: String!) {
  searchPlaces(text: $text, first: 10) { __typename ... on Region { code name } ... on Community { id name } ... on Organisation { id name } }
}`;

interface Found {
  searchPlaces: unknown[];
}

/** Twenty searches through the gateway in this process, each for the second time: the first warms caches and plans. */
export async function search(platform: Platform, over: string): Promise<Row> {
  const ask = askInProcess(platform, { subject: "bench", memberships: [] });
  const times: number[] = [];
  let places = 0;
  for (const text of TEXTS) {
    await ask<Found>(SEARCH, { text });
    const start = performance.now();
    const { searchPlaces } = await ask<Found>(SEARCH, { text });
    times.push(performance.now() - start);
    places += searchPlaces.length;
  }
  if (places < TEXTS.length) throw new Error(`${TEXTS.length} searches found only ${places} places`);
  const slowest = TEXTS[times.indexOf(Math.max(...times))];
  return {
    name: `searchPlaces over ${over}`,
    value: `${median(times).toFixed(1)} ms`,
    note: `median of ${TEXTS.length} texts; slowest ${Math.max(...times).toFixed(1)} ms (${slowest})`,
  };
}
