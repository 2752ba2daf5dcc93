import { TABLES, type TableName } from "@gongjian/importer";
import { Failure } from "../failure";
import type { ImportTable } from "./rows";
import { COMMUNITIES_TABLES } from "./tables-communities";
import { EVENTS_TABLES } from "./tables-events";
import { MATCHING_TABLES } from "./tables-matching";

export const IMPORT_TABLES: Record<TableName, ImportTable> = { ...COMMUNITIES_TABLES, ...EVENTS_TABLES, ...MATCHING_TABLES };

/** Every table, in the order in which they are imported: what a row points to comes before it. */
export const TABLE_NAMES = Object.keys(TABLES) as TableName[];

export function tableNamed(name: string): ImportTable & { name: TableName } {
  if (!TABLE_NAMES.includes(name as TableName)) throw new Failure(`There is no table ${name}. The tables are ${TABLE_NAMES.join(", ")}.`);
  return { name: name as TableName, ...IMPORT_TABLES[name as TableName] };
}
