import type { ServiceField } from "@gongjian/entities-communities";
import type { Condition, Viewer } from "@gongjian/subgraph";
import type { Context } from "../../context";
import type { SearchKind } from "../search.hits.type";

/** A table that `search` looks through: one entry of the list of sources, one file each. */
export interface SearchSource {
  kind: SearchKind;
  typename: string;
  /** The table with its alias, e.g. `community c`. */
  from: string;
  /** SQL of the record's id. */
  id: string;
  /** SQL of the folded name. */
  nameKey: string;
  /** SQL of the search lexemes (`indexTokens`). */
  vector: string;
  /** What the viewer may see: the same condition as in the kind's own list. */
  visible: (viewer: Viewer) => readonly Condition[];
  within: (viewer: Viewer, code: string) => Condition;
  /** Left out by kinds that have no field of public service. */
  topic?: (topic: ServiceField) => Condition;
  /** The record, through its loader; null when the viewer may not see it. */
  read: (context: Context, id: string) => Promise<object | null>;
  /** The texts that a snippet is taken from, the name first. */
  texts: (record: never) => readonly string[];
}

/** Whether a region code lies within the region asked for, or is managed by it. */
export const lyingWithin = (column: string, code: string): Condition => ({
  sql: `${column} IN (SELECT code FROM region WHERE scope_codes @> ARRAY[?::text])`,
  params: [code],
});
