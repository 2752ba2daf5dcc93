import { createHash } from "node:crypto";
import { auditJson, withoutPrivate } from "./audit/private";
import type { Database } from "./database";
import { statement } from "./statement";
import type { EndingTransaction, Transaction } from "./transaction";

/** Who sends a command, and under which key a replay of it is recognised. */
export interface CommandCall {
  /** Who answers for the subject. Two issuers' subjects of one name are two viewers; absent for the platform's own calls. */
  issuer?: string | undefined;
  subject: string;
  role: string;
  requestId: string;
  /** 1 to 200 characters, none of them a control character; absent: every call is a new command. */
  idempotencyKey?: string | null;
}

/** `conflict`: the viewer has used this key before, for another operation or another input. */
export type CommandOutcome<R> = { kind: "done"; result: R; replayed: boolean } | { kind: "conflict" };

export interface AuditNote {
  action: string;
  concept: string;
  entityId: string;
  /** JSON; absent where there was nothing before. */
  before?: unknown;
  /** JSON; absent where there is nothing after. */
  after?: unknown;
}

export interface CommandTransaction extends Transaction {
  /**
   * Adds an entry to the audit trail, written in the same transaction after the work has succeeded. `before` and `after` are taken as
   * they are now; values of PRIVATE_FIELDS, at any depth, become "[private]".
   */
  audit(entry: AuditNote): void;
  /**
   * Ends the command at once with a typed failure as its result: everything written so far is undone, nothing is audited and nothing
   * is stored under the key, so that a later try with the same key can succeed.
   */
  rollback<R>(result: R): never;
}

/** The idempotency key is empty, too long, or holds control characters. */
export class MalformedIdempotencyKey extends Error {
  override readonly name = "MalformedIdempotencyKey";
}

const MAX_KEY_LENGTH = 200;

const claimKey = statement(
  "command.claim",
  `INSERT INTO idempotency_record (viewer, key, operation, request_hash) VALUES ($1, $2, $3, $4)
   ON CONFLICT ON CONSTRAINT idempotency_record_pk DO NOTHING RETURNING 1 AS claimed`,
);
const findRecord = statement(
  "command.find",
  `SELECT operation, request_hash AS "requestHash", result, created_at < now() - make_interval(days => $3) AS expired
   FROM idempotency_record WHERE viewer = $1 AND key = $2`,
);
const forget = statement(
  "command.forget",
  "DELETE FROM idempotency_record WHERE viewer = $1 AND key = $2 AND created_at < now() - make_interval(days => $3)",
);
const storeResult = statement("command.store", "UPDATE idempotency_record SET result = $3::jsonb WHERE viewer = $1 AND key = $2");
/** Audit notes wait in a setting of the transaction, so that the statement that writes them needs no parameters. */
const keepNotes = statement("command.audit", "SELECT set_config('gongjian.audit_notes', $1, true) IS NULL");
/** Locks the head of the audit chain until the transaction is over: sent with COMMIT. */
const WRITE_AUDIT = `INSERT INTO audit_entry (issuer, subject, role, request_id, action, concept, entity_id, before, after)
   SELECT issuer, subject, role, request_id, action, concept, entity_id, before::jsonb, after::jsonb
   FROM ROWS FROM (jsonb_to_recordset(current_setting('gongjian.audit_notes')::jsonb)
     AS (issuer text, subject text, role text, request_id text, action text, concept text, entity_id text, before text, after text))
     WITH ORDINALITY AS note (issuer, subject, role, request_id, action, concept, entity_id, before, after, position)
   ORDER BY position`;

/** A note as it is written: its values are JSON text, without private values. */
interface WrittenNote {
  action: string;
  concept: string;
  entity_id: string;
  before: string | null;
  after: string | null;
}

class Rollback {
  constructor(readonly result: unknown) {}
}

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  return isPlainObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
}

/** JSON with the members of every object in the order of their names, so that equal requests have equal text. */
export const canonicalJson = (value: unknown): string => JSON.stringify(value ?? null, sortKeys);

const requestHash = (operation: string, input: unknown): string =>
  createHash("sha256")
    .update(canonicalJson({ operation, input: input ?? null }))
    .digest("hex");

function toJson(operation: string, result: unknown): string {
  const text = JSON.stringify(result ?? null);
  if (text === undefined) throw new TypeError(`The result of ${operation} is not JSON`);
  return text;
}

function checkKey(key: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (key.length === 0 || key.length > MAX_KEY_LENGTH || /[\u0000-\u001f\u007f]/.test(key)) {
    throw new MalformedIdempotencyKey(`An idempotency key has 1 to ${MAX_KEY_LENGTH} characters, none of them a control character`);
  }
}

/** The work's view of the transaction, with its audit notes collected in order. */
function commandTransaction(tx: Transaction, notes: WrittenNote[]): CommandTransaction {
  return {
    manager: tx.manager,
    rows: (s, params) => tx.rows(s, params),
    audit: ({ action, concept, entityId, before, after }) => {
      notes.push({ action, concept, entity_id: entityId, before: auditJson(before), after: auditJson(after) });
    },
    rollback: (result) => {
      throw new Rollback(result);
    },
  };
}

async function writeNotes(
  tx: EndingTransaction,
  { issuer = null, subject, role, requestId }: Omit<CommandCall, "issuer"> & { issuer?: string | null | undefined },
  notes: readonly WrittenNote[],
): Promise<void> {
  if (notes.length === 0) return;
  await tx.rows(keepNotes, [JSON.stringify(notes.map((note) => ({ issuer, subject, role, request_id: requestId, ...note })))]);
  tx.endWith(WRITE_AUDIT);
}

/** Whether this transaction is the first to use the key; otherwise the outcome that the first one stored. */
async function claimOrReplay<R>(
  tx: Transaction,
  viewer: string,
  days: number,
  key: string,
  operation: string,
  hash: string,
): Promise<CommandOutcome<R> | null> {
  // A rival's uncommitted row makes the INSERT wait. When the rival commits, the next statement sees its result; when it rolls back, the key is ours.
  for (;;) {
    const claimed = await tx.rows(claimKey, [viewer, key, operation, hash]);
    if (claimed.length > 0) return null;
    const [record] = await tx.rows<{ operation: string; requestHash: string; result: R; expired: boolean }>(findRecord, [
      viewer,
      key,
      days,
    ]);
    if (!record) continue;
    // kept no longer than that: what comes under the key now is a new request
    if (record.expired) {
      await tx.rows(forget, [viewer, key, days]);
      continue;
    }
    if (record.operation !== operation || record.requestHash !== hash) return { kind: "conflict" };
    return { kind: "done", result: record.result, replayed: true };
  }
}

/**
 * Runs a write exactly once: claims the viewer's idempotency key, does the work, writes its audit rows and stores its result, all in one
 * transaction. A replay (same viewer, key, operation and input, also while the first is still running) gets the stored result and does
 * nothing, for `idempotencyDays`; after them it is a new request. Private values (PRIVATE_FIELDS) are not stored: a replay has "[private]"
 * in their place. The result must be JSON; what is returned is what a replay would return. May run `work` again after a deadlock.
 * @throws MalformedIdempotencyKey before anything is done; whatever `work` throws, after a rollback.
 */
export async function runCommand<R>(
  db: Database,
  call: CommandCall,
  operation: string,
  input: unknown,
  work: (tx: CommandTransaction) => Promise<R>,
): Promise<CommandOutcome<R>> {
  const key = call.idempotencyKey ?? null;
  if (key !== null) checkKey(key);
  // neither issuer nor subject has a control character
  const viewer = call.issuer === undefined ? call.subject : `${call.issuer}\n${call.subject}`;
  const hash = key === null ? "" : requestHash(operation, input);
  try {
    return await db.transaction<CommandOutcome<R>>(async (tx) => {
      const earlier = key === null ? null : await claimOrReplay<R>(tx, viewer, db.idempotencyDays, key, operation, hash);
      if (earlier) return earlier;
      const notes: WrittenNote[] = [];
      const json = toJson(operation, await work(commandTransaction(tx, notes)));
      if (key !== null) await tx.rows(storeResult, [viewer, key, withoutPrivate(json)]);
      await writeNotes(tx, call, notes);
      return { kind: "done", result: JSON.parse(json) as R, replayed: false };
    });
  } catch (error) {
    if (error instanceof Rollback) return { kind: "done", result: JSON.parse(toJson(operation, error.result)) as R, replayed: false };
    throw error;
  }
}
