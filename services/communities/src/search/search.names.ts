import { fold } from "@gongjian/hantext";
import type { Community } from "../community/community.type";
import type { Organisation } from "../organisation/organisation.type";
import type { Region } from "../region/region.type";
import { commonName } from "./search.rules";
import type { NameReference, PlaceKind } from "./search.type";

/** A record that names may stand for. */
export type Named = (Community | Organisation | (Region & { id: string })) & {
  name: string;
  scopeCodes: string[];
  identifier?: string;
  key?: string | null;
  creditCode?: string | null;
  /** Of an organisation: the names, and the keys and former credit codes, under which it was found, also those of records merged into it. */
  names?: string[];
  keys?: (string | null)[];
};

const LONGEST_NAME = 200;
/** No name is longer: what is longer is that of nothing. */
export const textOf = ({ text }: NameReference): string => (text.length > 2 * LONGEST_NAME ? "" : text.trim());

/** Records of one kind that texts were looked up for, ready to be found by any of them. */
export const foundFor = (kind: PlaceKind, keys: Found["keys"], rows: readonly Named[]): Found => ({ keys, rows, ...indexOf(kind, rows) });

/** Records of one kind with the places at which each of their codes and folded names stands among them. */
export interface Found {
  /** The keys of each text that was asked for. */
  keys: ReadonlyMap<string, readonly string[]>;
  rows: readonly Named[];
  byCode: ReadonlyMap<string, readonly number[]>;
  byName: ReadonlyMap<string, readonly number[]>;
}

function indexOf(kind: PlaceKind, rows: readonly Named[]): Pick<Found, "byCode" | "byName"> {
  const byCode = new Map<string, number[]>();
  const byName = new Map<string, number[]>();
  const note = (map: Map<string, number[]>, key: string | null | undefined, at: number) => {
    if (key == null) return;
    const places = map.get(key);
    if (places) places.push(at);
    else map.set(key, [at]);
  };
  rows.forEach((row, at) => {
    for (const code of [row.id, row.identifier, row.key, row.creditCode, ...(row.keys ?? [])]) note(byCode, code, at);
    for (const name of namesOf(kind, row)) note(byName, fold(name), at);
  });
  return { byCode, byName };
}

/** The records that a text stands for, in the order in which they were found; of them those in one of the regions, where some are given. */
export function fitting({ keys, rows, byCode, byName }: Found, text: string, codes: readonly string[] | undefined): Named[] {
  const places = new Set([...(byCode.get(text) ?? []), ...(keys.get(text) ?? []).flatMap((key) => byName.get(key) ?? [])]);
  const named = [...places].sort((a, b) => a - b).map((at) => rows[at]!);
  return codes === undefined ? named : named.filter((row) => codes.some((code) => row.scopeCodes.includes(code)));
}

const namesOf = (kind: PlaceKind, row: Named): string[] => (kind === "COMMUNITY" ? [commonName(row.name)] : (row.names ?? [row.name]));

/** A list says 清波 or 清波社区 for the same place; the register knows one of them. */
export const nameKeys = (text: string): string[] => {
  const name = commonName(fold(text));
  const bare = name.replace(/(社区|村|里)$/u, "");
  return [...new Set([text, name, ...(bare === "" ? [] : [bare, `${bare}社区`, `${bare}村`, `${bare}里`])])].map(fold);
};
