import { statement } from "@gongjian/database";
import { fold } from "@gongjian/hantext";
import type { Context } from "../context";

const BY_NAMES = statement(
  "region_path_by_names",
  `SELECT r.code, r.name_key AS "nameKey", r.scope_codes AS "scopeCodes" FROM region r WHERE r.name_key = ANY($1::text[]) OR r.code = $2`,
);

/** Every way to cut a path into names: at separators, and after what ends a region's name. */
export function pathSegments(path: string): string[] {
  const parts = path.split(/[/／>·\s,，]+/u).filter((part) => part !== "");
  return parts
    .flatMap(
      (part) =>
        part.match(/.+?(?:特别行政区|自治区|自治州|自治县|开发区|高新区|新区|街道|地区|省|市|区|县|镇|乡|旗|盟)(?=.|$)/gu) ?? [part],
    )
    .filter((part) => part !== "");
}

/** The codes of the regions that a code or a path of names stands for: the last name decides, the names before it narrow. Empty when there is none. */
export async function regionPath(context: Context, path: string): Promise<string[]> {
  const whole = fold(path);
  const segments = pathSegments(path).map(fold);
  const rows = await context.rows<{ code: string; nameKey: string; scopeCodes: string[] }>(BY_NAMES, [
    [...new Set([whole, ...segments])],
    path.trim(),
  ]);
  const direct = rows.filter((row) => row.code === path.trim() || row.nameKey === whole);
  if (direct.length > 0) return direct.map((row) => row.code);
  const last = segments.at(-1);
  const above = segments.slice(0, -1).map((segment) => rows.filter((row) => row.nameKey === segment).map((row) => row.code));
  return rows
    .filter((row) => row.nameKey === last && above.every((codes) => codes.some((code) => row.scopeCodes.includes(code))))
    .map((row) => row.code);
}
