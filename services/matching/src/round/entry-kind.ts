import { statement, type Statement } from "@gongjian/database";
import type { EntryState } from "@gongjian/entities-matching";
import type {
  AlreadyExists,
  CommandInput,
  IdempotencyConflict,
  InputProblem,
  Role,
  Scopes,
  VersionConflict,
  Viewer,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import type { EntryRow } from "./entry-list";
import type { RoundClosed } from "./round.results";
import type { Round } from "./round.type";

/** Where an entry stands and comes from. */
export interface EntryOrigin {
  key: string | null;
  roundId: string;
  illustrative: boolean;
  source: string | null;
}
/** What an entry says of itself (`Content`), with whose it is (in the field `Owner`), its origin and state. */
export type EntryValues<Owner extends string, Content> = Content & Record<Owner, string> & EntryOrigin & { state: EntryState };
export type Entry<Owner extends string, Content> = EntryValues<Owner, Content> & { id: string; version: number };
export type StoredEntry<Owner extends string, Content> = Entry<Owner, Content> & { regionScopeCodes: string[] };

/** What of a round says who takes part. */
export type Hosting = Pick<Round, "regionCode" | "guestCommunityIds">;

/** What tells one kind of entry from another; `Given` is what its inputs may say of it. */
export interface EntryKind<Owner extends string, Units extends string, Content extends Record<Units, number>, Given extends object> {
  /** The GraphQL type. In small letters it is the table and the concept, e.g. in the audit. */
  type: string;
  entity: new () => object;
  /** The columns of an entry, read from its table under `alias`. */
  columns: string;
  alias: string;
  /** The field that says whose entry it is, and the type of communities that it refers to. */
  owner: { field: Owner; type: "Community" | "Organisation" };
  /** The field that says how many units there are: no fewer than matches have promised. */
  units: Units;
  writers: readonly Role[];
  mayWrite: (viewer: Viewer, scopes: Scopes) => boolean;
  scopesOf: (ownerId: string, round: { regionScopeCodes: readonly string[] }) => Scopes;
  /** What is wrong with an entry as given, apart from what is stored. */
  check: (draft: NoInfer<Given> | EntryValues<Owner, Content>) => InputProblem[];
  /** What refers to nothing, beside the owner; asks once for all. */
  unknown?: (context: Context, given: readonly NoInfer<Given>[]) => Promise<(given: NoInfer<Given>) => InputProblem[]>;
  /** What does not belong in the round's list, whoever enters it; asks once for all. A change that leaves the owner is not held to it. */
  outside?: (
    context: Context,
    given: readonly Record<Owner, string>[],
  ) => Promise<(given: Record<Owner, string>, round: Hosting) => InputProblem[]>;
  /** What an input says, over what stands already. */
  merged: (given: Given, before: Content | null) => Content;
  /** The entry, when the viewer may see it. */
  seen: (context: Context, id: string) => Promise<unknown>;
}

export type NewEntry<Owner extends string, Given> = Given & CommandInput & Record<Owner, string> & { roundId: string; key?: string | null };
export type ImportedEntry<Owner extends string, Given> = Given &
  EntryRow &
  Record<Owner, string> & { illustrative?: boolean | null; source?: string | null };
/** Which entry a change is for, and the version that it was made against. */
export type ChangeOfEntry = CommandInput & { id: string; expectedVersion: number };

export type EntryCreated<E> = E | RoundClosed | AlreadyExists | IdempotencyConflict;
export type EntryChanged<E> = E | RoundClosed | VersionConflict | IdempotencyConflict;

/** What is promised of an entry beside its matches: a need that its community carries out itself. */
const OWN: Readonly<Record<string, string>> = {
  need: " + (SELECT count(*)::integer FROM project WHERE need_id = $1 AND match_id IS NULL AND state <> 'CANCELLED')",
};

/** The statements that the entries of a kind are read and locked by. */
export function entryStatements(
  table: string,
  alias: string,
  columns: string,
): Record<"byId" | "locked" | "lockedByKeys" | "liveUnits", Statement> {
  const stored = `SELECT ${columns}, r.region_scope_codes AS "regionScopeCodes" FROM ${table} ${alias} JOIN round r ON r.id = ${alias}.round_id`;
  return {
    byId: statement(`${table}_stored`, `${stored} WHERE ${alias}.id = $1`),
    locked: statement(`${table}_locked`, `${stored} WHERE ${alias}.id = $1 FOR UPDATE OF ${alias}`),
    lockedByKeys: statement(
      `${table}_locked_by_keys`,
      `${stored} JOIN unnest($1::uuid[], $2::text[]) AS k(round_id, key) ON ${alias}.round_id = k.round_id AND ${alias}.key = k.key ORDER BY ${alias}.id FOR UPDATE OF ${alias}`,
    ),
    liveUnits: statement(
      `${table}_live_units`,
      `SELECT COALESCE(sum(units), 0)::integer${OWN[table] ?? ""} AS units FROM match WHERE ${table}_id = $1 AND state NOT IN ('SUGGESTED', 'DECLINED', 'LAPSED')`,
    ),
  };
}

/** Reads an input field by field over what stands already: what is left out stays, or takes the standard; null takes the standard. */
export const keeping =
  <Content>(given: { [K in keyof Content]?: Content[K] | null }, before: Content | null) =>
  <K extends keyof Content>(field: K, standard: Content[K]): Content[K] => {
    const value: Content[K] | null | undefined = given[field];
    return value === undefined ? (before?.[field] ?? standard) : (value ?? standard);
  };
