import { serviceFields, TABLES, type RowValues, type TableDefinition, type TableName } from "@gongjian/importer";

/** A name in a row that stands for a record: it is settled before the row is sent. */
export interface Reference {
  column: string;
  kind: "REGION" | "COMMUNITY" | "ORGANISATION" | "EVENT" | "SUGGESTION";
  text: string;
  within?: string | null;
}

/** Gives the id of a reference of the row; null where the column was empty. */
export type Settled = (column: string, text?: string) => string | null;

/** How the rows of a table become the input of a bulk mutation. */
export interface ImportTable {
  definition: TableDefinition;
  mutation: string;
  references: (row: RowValues) => Reference[];
  toInput: (row: RowValues, settled: Settled) => Record<string, unknown>;
  /** Rows with the same value of this input field belong together: they are sent, and replaced, as one. `*` keeps all rows together. */
  together?: string;
}

export const text = (value: unknown): string | null => (typeof value === "string" && value.trim() !== "" ? value.trim() : null);
export const texts = (value: unknown): string[] => (Array.isArray(value) ? (value as string[]) : []);

/** The last name of a path of names, and the rest, which says where it lies. */
export function inPath(path: string): { text: string; within: string | null } {
  const cut = Math.max(path.lastIndexOf("/"), path.lastIndexOf("／"));
  return { text: path.slice(cut + 1).trim(), within: cut > 0 ? path.slice(0, cut) : null };
}

/** A region is written as a code, a name or a path of names; in a path the last name is the region and the rest narrows. */
export function region(column: string, value: unknown): Reference[] {
  const path = text(value);
  return path === null ? [] : [{ column, kind: "REGION", ...inPath(path) }];
}

export function named(column: string, kind: Reference["kind"], value: unknown, within?: unknown): Reference[] {
  const name = text(value);
  return name === null ? [] : [{ column, kind, text: name, within: text(within) }];
}

/** A place of a kind that stands in another column. */
export const place = (column: string, kind: unknown, value: unknown, within?: unknown): Reference[] =>
  kind === "REGION" ? region(column, value) : named(column, kind === "COMMUNITY" ? "COMMUNITY" : "ORGANISATION", value, within);

const PLACE_FIELDS: Record<string, string> = { REGION: "regionCode", COMMUNITY: "communityId" };
export const placeInput = (kind: unknown, id: string | null): Record<string, string | null> => ({
  [PLACE_FIELDS[String(kind)] ?? "organisationId"]: id,
});

export const party = (row: RowValues): Reference[] =>
  named("party", row["partyKind"] === "COMMUNITY" ? "COMMUNITY" : "ORGANISATION", row["party"], row["within"]);

/** The columns of a row that are sent as they are: an empty cell as null, which empties the field; a column that the file lacks not at all. */
export const pick = (row: RowValues, ...columns: string[]): Record<string, unknown> =>
  Object.fromEntries(columns.filter((column) => row[column] !== undefined).map((column) => [column, row[column]]));

/** Fields that come from one column: none where the file has no such column. */
export const from = (row: RowValues, column: string, fields: () => Record<string, unknown>): Record<string, unknown> =>
  row[column] === undefined ? {} : fields();

export const scheme = (value: unknown): string | null => text(value)?.replace(/-/gu, "_") ?? null;

/** `汉`, `HA` or `藏:120`. */
export function ethnicGroup(item: string): { group: string; count?: number } {
  const [group, count] = item.split(/[:：]/u);
  return count === undefined ? { group: group!.trim() } : { group: group!.trim(), count: Number(count) };
}

/** `医疗卫生:就医方便吗`, or `平安?:夜间出行放心吗` for yes or no; the field by its label or code. */
export function question(item: string): { field: string; kind: string; text: string } {
  const [, label = "", asked, words = ""] = /^([^:：?？]*)([?？]?)[:：](.*)$/su.exec(item) ?? [];
  const wanted = label.trim();
  const [field] = Object.entries(serviceFields).find(([code, { zh, zhHant, en }]) => [code, zh, zhHant, en].includes(wanted)) ?? [];
  return { field: field ?? wanted, kind: asked ? "YES_NO" : "RATING", text: words.trim() };
}

/** `一核引领`, `一核引领*1` or `三改*3:改机制/改空间/改服务`. */
export function part(item: string): { label: string; count?: number; items: { label: string }[] } {
  const [, label = "", count, items] = /^([^*＊×:：]*)(?:[*＊×]\s*(\d+)\s*)?(?:[:：](.*))?$/su.exec(item) ?? [null, item];
  return {
    label: label.trim(),
    ...(count !== undefined && { count: Number(count) }),
    items: (items ?? "")
      .split(/[/／]/u)
      .map((name) => name.trim())
      .filter((name) => name !== "")
      .map((name) => ({ label: name })),
  };
}

/** `2021年上半年:2021-03-01:2021-03-31` */
export function period(item: string): Record<string, string | undefined> {
  const [name, startsOn, endsOn] = item.split(/[:：]/u).map((part) => part.trim());
  return { name, startsOn, endsOn };
}

export const definition = (name: TableName): TableDefinition => TABLES[name] as unknown as TableDefinition;
