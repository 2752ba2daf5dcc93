import { statement } from "@gongjian/database";
import { fold } from "@gongjian/hantext";
import type { Context } from "../context";

const BY_NAMES = statement(
  "region_paths_by_names",
  `SELECT r.code, r.name_key AS "nameKey", r.scope_codes AS "scopeCodes" FROM region r WHERE r.name_key = ANY($1::text[]) OR r.code = ANY($2::text[])`,
);

/** No path of names is longer, in characters: what is longer names nothing. */
const LONGEST_PATH = 200;

/** What a region's name ends in, the longer before what it ends in itself. */
const ENDINGS = "特别行政区 自治区 自治州 自治县 开发区 高新区 新区 街道 地区 省 市 区 县 镇 乡 旗 盟".split(" ");

/** A part without separators, cut after each ending that something stands before; what follows the last is left out. Whole where there is none. */
function namesIn(part: string): string[] {
  const names: string[] = [];
  let start = 0;
  for (let at = 1; at < part.length; at++) {
    const ending = ENDINGS.find((one) => part.startsWith(one, at));
    if (ending === undefined) continue;
    names.push(part.slice(start, at + ending.length));
    start = at + ending.length;
    // the next name begins there, and has a character before its ending
    at = start;
  }
  return names.length > 0 ? names : [part];
}

/** Every way to cut a path into names: at separators, and after what ends a region's name. In time linear in its length. */
export function pathSegments(path: string): string[] {
  return path
    .split(/[/／>·\s,，]+/u)
    .filter((part) => part !== "")
    .flatMap(namesIn);
}

/**
 * The codes of the regions that codes or paths of names stand for, by path: the last name decides, the names before it narrow. Empty where
 * there is none. One statement for all of them.
 */
export async function regionPaths(context: Context, paths: readonly string[]): Promise<Map<string, string[]>> {
  const read = [...new Set(paths)].map((path) => {
    const isName = path.length <= LONGEST_PATH;
    return { path, whole: isName ? fold(path) : "", segments: isName ? pathSegments(path).map(fold) : [] };
  });
  const named = read.filter(({ segments }) => segments.length > 0);
  if (named.length === 0) return new Map(read.map(({ path }) => [path, []]));
  const rows = await context.rows<RegionFound>(BY_NAMES, [
    [...new Set(named.flatMap(({ whole, segments }) => [whole, ...segments]))],
    named.map(({ path }) => path.trim()),
  ]);
  const byName = new Map<string, RegionFound[]>();
  const byCode = new Map(rows.map((row) => [row.code, row]));
  for (const row of rows) byName.set(row.nameKey, [...(byName.get(row.nameKey) ?? []), row]);
  return new Map(read.map(({ path, whole, segments }) => [path, codesOf(path.trim(), whole, segments, byName, byCode)]));
}

interface RegionFound {
  code: string;
  nameKey: string;
  scopeCodes: string[];
}

function codesOf(
  path: string,
  whole: string,
  segments: readonly string[],
  byName: ReadonlyMap<string, readonly RegionFound[]>,
  byCode: ReadonlyMap<string, RegionFound>,
): string[] {
  const last = segments.at(-1);
  if (last === undefined) return [];
  const direct = new Set([...(byName.get(whole) ?? []), ...(byCode.has(path) ? [byCode.get(path)!] : [])].map(({ code }) => code));
  if (direct.size > 0) return [...direct];
  const above = segments.slice(0, -1).map((segment) => (byName.get(segment) ?? []).map(({ code }) => code));
  return (byName.get(last) ?? [])
    .filter(({ scopeCodes }) => above.every((codes) => codes.some((code) => scopeCodes.includes(code))))
    .map(({ code }) => code);
}
