import { statement, uuidv7, type CommandTransaction } from "@gongjian/database";
import { ErasureEntity } from "@gongjian/entities-communities";
import { badInput, checkText, command, ensure, type IdempotencyConflict } from "@gongjian/subgraph";
import { lockIndexes } from "../contact/contact.values";
import type { Context } from "../context";
import { openedNote } from "../service-request/service-request.store";
import type { ErasePersonalDataInput } from "./personal.inputs";
import { canErase, hasOwnRecord, isSubjectOf } from "./personal.policy";
import type { Erasure, PersonalDataExport } from "./personal.type";
import { maskedField, privateValue } from "./personal.values";

/** The issuer of pseudonyms. No provider can have it: an issuer of tokens is an http(s) URL. */
const ERASED_ISSUER = "urn:gongjian:erased";
const MOST = 5_000;

const EARLIER = statement(
  "erasure_earlier",
  "SELECT id, pseudonym, at, by FROM erasure WHERE subject_index = ANY($1::text[]) ORDER BY at DESC, id DESC LIMIT 1",
);
const BY_ID = statement("erasure_by_id", "SELECT id, pseudonym, at, by FROM erasure WHERE id = $1::uuid");
const STORED = statement(
  "erasure_stored",
  `SELECT EXISTS (SELECT 1 FROM personal_record WHERE issuer = $1 AND subject = $2)
     OR EXISTS (SELECT 1 FROM membership WHERE issuer = $1 AND subject = $2)
     OR EXISTS (SELECT 1 FROM suggestion WHERE raised_by_issuer = $1 AND raised_by_subject = $2)
     OR EXISTS (SELECT 1 FROM service_request WHERE raised_by_issuer = $1 AND raised_by_subject = $2)
     OR EXISTS (SELECT 1 FROM membership WHERE (granted_by_issuer = $1 AND granted_by = $2) OR (revoked_by_issuer = $1 AND revoked_by = $2))
     OR EXISTS (SELECT 1 FROM appointment WHERE revoked_by_issuer = $1 AND revoked_by = $2)
     OR EXISTS (SELECT 1 FROM revoked_token WHERE revoked_by_issuer = $1 AND revoked_by = $2)
     OR EXISTS (SELECT 1 FROM contact_reading WHERE issuer = $1 AND subject = $2) AS stored`,
);
/** What must go, and what stays under the pseudonym. $1 issuer, $2 subject, $3 the pseudonym's issuer, $4 the pseudonym. */
const WIPES = [
  ["record", "DELETE FROM personal_record WHERE issuer = $1 AND subject = $2"],
  [
    "memberships",
    `UPDATE membership SET issuer = $3, subject = $4, reason = NULL, revoked_at = coalesce(revoked_at, now()),
       revoked_by = coalesce(revoked_by, 'erasure'), version = version + 1 WHERE issuer = $1 AND subject = $2`,
  ],
  [
    "suggestions",
    "UPDATE suggestion SET raised_by_issuer = $3, raised_by_subject = $4 WHERE raised_by_issuer = $1 AND raised_by_subject = $2",
  ],
  [
    "service_requests",
    `UPDATE service_request SET raised_by_issuer = $3, raised_by_subject = $4, contact_note = NULL, key_id = NULL, version = version + 1
     WHERE raised_by_issuer = $1 AND raised_by_subject = $2`,
  ],
  ["granted", "UPDATE membership SET granted_by_issuer = $3, granted_by = $4 WHERE granted_by_issuer = $1 AND granted_by = $2"],
  ["revoked", "UPDATE membership SET revoked_by_issuer = $3, revoked_by = $4 WHERE revoked_by_issuer = $1 AND revoked_by = $2"],
  ["appointments", "UPDATE appointment SET revoked_by_issuer = $3, revoked_by = $4 WHERE revoked_by_issuer = $1 AND revoked_by = $2"],
  ["tokens", "UPDATE revoked_token SET revoked_by_issuer = $3, revoked_by = $4 WHERE revoked_by_issuer = $1 AND revoked_by = $2"],
  ["readings", "UPDATE contact_reading SET issuer = $3, subject = $4 WHERE issuer = $1 AND subject = $2"],
] as const;
/** First answers, as runCommand keeps them: by issuer and subject, of which neither has a control character. */
const FORGET_ANSWERS = statement("erase_answers", "DELETE FROM idempotency_record WHERE viewer = $1 AND result IS NOT NULL");
const WIPE_STATEMENTS = WIPES.map(([name, text]) => statement(`erase_${name}`, text));
const EXPORTS = {
  memberships: statement(
    "export_memberships",
    `SELECT role, scope, starts_on AS "startsOn", ends_on AS "endsOn", granted_at AS "grantedAt", revoked_at AS "revokedAt", reason
     FROM membership WHERE issuer = $1 AND subject = $2 ORDER BY id DESC LIMIT ${MOST}`,
  ),
  suggestions: statement(
    "export_suggestions",
    `SELECT id, title, body, topic, state, raised_on AS "raisedOn", rating, rating_comment AS "ratingComment"
     FROM suggestion WHERE raised_by_issuer = $1 AND raised_by_subject = $2 ORDER BY id DESC LIMIT ${MOST}`,
  ),
  serviceRequests: statement(
    "export_service_requests",
    `SELECT id, side, title, contact_note AS "contactNote", topic, state, raised_at AS "raisedAt"
     FROM service_request WHERE raised_by_issuer = $1 AND raised_by_subject = $2 ORDER BY id DESC LIMIT ${MOST}`,
  ),
  contactReadings: statement(
    "export_readings",
    `SELECT contact_id AS "contactId", at, role, request_id AS "requestId" FROM contact_reading
     WHERE issuer = $1 AND subject = $2 ORDER BY id DESC LIMIT ${MOST}`,
  ),
  actions: statement(
    "export_actions",
    `SELECT at, role, action, concept, entity_id AS "entityId", before, after, request_id AS "requestId" FROM audit_entry
     WHERE issuer = $1 AND subject = $2 ORDER BY id DESC LIMIT ${MOST}`,
  ),
  answers: statement(
    "export_answers",
    `SELECT key, operation, created_at AS "createdAt", result FROM idempotency_record WHERE viewer = $1 || chr(10) || $2 AND result IS NOT NULL
     ORDER BY created_at DESC LIMIT ${MOST}`,
  ),
};

type Noted = Parameters<typeof openedNote>[1];

/** Tells people what is stored about them, and erases it (Personal Information Protection Law, articles 45 and 47). */
export class ErasureService {
  constructor(private readonly context: Context) {}

  async export(): Promise<PersonalDataExport> {
    const { context } = this;
    const { viewer } = context;
    const record = await context.personal.mine();
    const personalRecord = record && {
      id: record.id,
      communityId: record.communityId,
      createdAt: record.createdAt,
      name: await privateValue(context, record.id, "name"),
      mobile: await privateValue(context, record.id, "mobile"),
      maskedIdNumber: await maskedField(context, record.id, "idNumber"),
    };
    const lists: Record<string, unknown[]> = {};
    for (const [name, list] of Object.entries(EXPORTS)) lists[name] = await context.rows(list, [viewer.issuer, viewer.subject]);
    lists["serviceRequests"] = (lists["serviceRequests"] as Noted[]).map((row) => ({
      ...row,
      contactNote: openedNote(context.database.keys, row),
    }));
    const json = JSON.stringify({ issuer: viewer.issuer, subject: viewer.subject, personalRecord, ...lists });
    return { at: new Date().toISOString(), json };
  }

  async erase(input: ErasePersonalDataInput): Promise<Erasure | IdempotencyConflict> {
    const { context } = this;
    const { viewer } = context;
    ensure(viewer, hasOwnRecord(viewer) || (input.issuer != null && input.subject != null));
    const whose = { issuer: input.issuer ?? (viewer.issuer as string), subject: input.subject ?? viewer.subject };
    ensure(viewer, canErase(viewer, whose));
    const self = isSubjectOf(viewer, whose);
    const problems = checkText("reason", input.reason, { least: self ? 0 : 1, most: 500 });
    for (const field of ["issuer", "subject"] as const) problems.push(...checkText(field, whose[field], { least: 1, most: 500 }));
    if (problems.length > 0) throw badInput(problems);
    const { keys } = context.database;
    const indexes = keys.indexes("subject", JSON.stringify(whose));
    return command<Erasure>(context, "erasePersonalData", self ? "PUBLIC" : "ADMIN", input, async (tx) => {
      await lockIndexes(tx, indexes);
      const [earlier] = await tx.rows<Erasure>(EARLIER, [indexes]);
      const [{ stored }] = (await tx.rows<{ stored: boolean }>(STORED, [whose.issuer, whose.subject])) as [{ stored: boolean }];
      if (earlier && !stored) return { ...earlier, __typename: "Erasure" as const };
      const id = uuidv7();
      const pseudonym = `erased-${id}`;
      await wipe(tx, whose, pseudonym);
      const by = self ? "SELF" : "ADMIN";
      await tx.manager.insert(ErasureEntity, { id, subjectIndex: indexes[0]!, pseudonym, by, reason: input.reason ?? null });
      tx.audit({ action: "erase", concept: "personal-data", entityId: id, after: { pseudonym, by } });
      const [erasure] = await tx.rows<Erasure>(BY_ID, [id]);
      return { ...erasure!, __typename: "Erasure" as const };
    });
  }
}

async function wipe(tx: CommandTransaction, { issuer, subject }: { issuer: string; subject: string }, pseudonym: string): Promise<void> {
  const [record, ...kept] = WIPE_STATEMENTS;
  await tx.rows(record!, [issuer, subject]);
  for (const one of kept) await tx.rows(one, [issuer, subject, ERASED_ISSUER, pseudonym]);
  await tx.rows(FORGET_ANSWERS, [`${issuer}\n${subject}`]);
}
