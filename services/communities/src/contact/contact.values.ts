import { type Cell, type CommandTransaction, type KeyRing, type SealedTable, statement } from "@gongjian/database";
import type { ContactKind } from "@gongjian/entities-communities";
import { defineLoader, inOrder } from "@gongjian/subgraph";
import type { Context } from "../context";
import type { Owner } from "./contact.policy";
import { mask, normalise } from "./contact.rules";

interface Sealed {
  id: string;
  kind: ContactKind;
  value: string;
}

const SEALED = statement("contact_sealed", "SELECT id, kind, value FROM contact WHERE id = ANY($1::uuid[])");
const LOG = statement(
  "contact_reading_log",
  `INSERT INTO contact_reading (contact_id, issuer, subject, role, request_id)
   SELECT k.id, $3, $4, k.role, $5 FROM unnest($1::uuid[], $2::text[]) AS k(id, role)`,
);
const LOCK = statement(
  "contact_lock_value",
  "SELECT pg_advisory_xact_lock(hashtextextended(k, 0)) IS NULL AS locked FROM (SELECT k FROM unnest($1::text[]) AS k ORDER BY k) AS keys",
);
const TAKEN = statement(
  "contact_taken",
  "SELECT 1 AS taken FROM contact WHERE value_index = ANY($1::text[]) AND (community_id = $2::uuid OR organisation_id = $3::uuid OR appointment_id = $4::uuid) AND id <> $5::uuid LIMIT 1",
);
const PURPOSE = "contact";

/** What has to be sealed anew when the data keys change. */
export const CONTACT_SEALED: SealedTable = {
  schema: "communities",
  table: "contact",
  columns: [{ name: "value", index: { name: "value_index", purpose: PURPOSE } }],
};

const cellOf = (row: string): Cell => ({ schema: "communities", table: "contact", column: "value", row });

/** The columns of a value that is a good one of its kind. */
export function sealedValue(keys: KeyRing, id: string, kind: ContactKind, value: string) {
  const normal = normalise(kind, value) as string;
  return { value: keys.seal(normal, cellOf(id)), valueIndex: keys.index(PURPOSE, normal), keyId: keys.current };
}

/** What stands for a value where a request is remembered by its hash: a plain hash of a number could be guessed. */
export const standIn = (keys: KeyRing, value: string): string => keys.index("idempotency", value);

/** The blind indexes of a value under every key, the present one first; none of what is no value of its kind. */
export function indexesOf(keys: KeyRing, kind: ContactKind, value: string): string[] {
  const normal = normalise(kind, value);
  if (normal === null) return [];
  const present = keys.index(PURPOSE, normal);
  return [present, ...keys.indexes(PURPOSE, normal).filter((index) => index !== present)];
}

/** Rivals with one of these blind indexes wait for each other: a unique index sees those of one key alone. */
export const lockIndexes = async (tx: CommandTransaction, indexes: readonly string[]): Promise<void> => {
  await tx.rows(LOCK, [indexes]);
};

/**
 * Whether the owner has the value already, under whichever key it was sealed.
 */
export async function isTaken(
  tx: CommandTransaction,
  keys: KeyRing,
  { id, kind, communityId, organisationId, appointmentId }: Owner & { id: string; kind: ContactKind },
  value: string,
): Promise<boolean> {
  const indexes = keys.indexes(PURPOSE, normalise(kind, value) as string);
  await lockIndexes(tx, indexes);
  return (await tx.rows(TAKEN, [indexes, communityId, organisationId, appointmentId, id])).length > 0;
}

const sealed = defineLoader<Context, string, Sealed | null>(async (context, ids) =>
  inOrder(ids, await context.rows<Sealed>(SEALED, [ids]), (row) => row.id),
);

const open = (context: Context, { id, value }: Sealed): string => context.database.keys.open(value, cellOf(id));

export const maskedValue = async (context: Context, id: string): Promise<string | null> => {
  const row = await context.load(sealed, id);
  return row && mask(row.kind, open(context, row));
};

export const publishedValue = async (context: Context, id: string): Promise<string | null> => {
  const row = await context.load(sealed, id);
  return row && open(context, row);
};

/** One private value, and the role under which it is read. */
interface Reading {
  id: string;
  role: string;
}

/** Writes down who is about to read what. */
export async function logReadings(context: Context, tx: Pick<CommandTransaction, "rows">, readings: readonly Reading[]): Promise<void> {
  const { viewer, requestId } = context.call;
  await tx.rows(LOG, [readings.map(({ id }) => id), readings.map(({ role }) => role), viewer.issuer ?? null, viewer.subject, requestId]);
}

/** The readings are in the log before a value is opened; all of a request are logged by one statement. */
const read = defineLoader<Context, Reading, string | null>(
  async (context, readings) => {
    const ids = readings.map(({ id }) => id);
    const rows = await context.database.transaction(async (tx) => {
      const found = await tx.rows<Sealed>(SEALED, [ids]);
      const there = readings.filter(({ id }) => found.some((row) => row.id === id));
      await logReadings(context, tx, there);
      return found;
    });
    return inOrder(ids, rows, (row) => row.id).map((row) => row && open(context, row));
  },
  ({ id }) => id,
);

export const readValue = (context: Context, reading: Reading): Promise<string | null> => context.load(read, reading);
