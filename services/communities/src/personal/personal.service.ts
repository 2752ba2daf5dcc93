import { constraintOf, statement, uuidv7, type CommandTransaction } from "@gongjian/database";
import { PersonalRecordEntity } from "@gongjian/entities-communities";
import {
  alreadyExists,
  badInput,
  command,
  ensure,
  isUuid,
  notFound,
  readPage,
  roleAmong,
  versionConflict,
  wellFormed,
  type AlreadyExists,
  type IdempotencyConflict,
  type ListArgs,
  type Page,
  type VersionConflict,
} from "@gongjian/subgraph";
import { lockIndexes, standIn } from "../contact/contact.values";
import type { Context } from "../context";
import { tooManyAttempts } from "./personal.attempts";
import type { SavePersonalRecordInput, VerifyIdNumberInput } from "./personal.inputs";
import { canSeeRecords, hasOwnRecord, isSubjectOf } from "./personal.policy";
import type { TooManyIdNumbers } from "./personal.results";
import { checkRecord } from "./personal.rules";
import type { IdNumberVerification, PersonalRecord } from "./personal.type";
import { idNumberIndexes, maskedField, privateValue, sealedRecord, type PrivateField } from "./personal.values";

const COLUMNS = `p.id, p.issuer, p.subject, p.community_id AS "communityId", p.created_at AS "createdAt", p.version`;
const BY_SUBJECT = statement("personal_by_subject", `SELECT ${COLUMNS} FROM personal_record p WHERE p.issuer = $1 AND p.subject = $2`);
const BY_ID = statement("personal_by_id", `SELECT ${COLUMNS} FROM personal_record p WHERE p.id = $1::uuid`);
const LOCKED = statement("personal_locked", `${BY_SUBJECT.text} FOR UPDATE`);
const HOLDER = statement(
  "personal_holder",
  "SELECT 1 AS taken FROM personal_record WHERE id_number_index = ANY($1::text[]) AND id <> $2::uuid LIMIT 1",
);
const MATCHES = statement(
  "personal_matches",
  "SELECT id_number_index = ANY($2::text[]) AS matches FROM personal_record WHERE id = $1::uuid",
);
const ROLES = ["COMMUNITY_WORKER", "RESIDENT"] as const;

/** Reads and writes the records of who people are. */
export class PersonalService {
  constructor(private readonly context: Context) {}

  async mine(): Promise<PersonalRecord | null> {
    const { viewer } = this.context;
    ensure(viewer, hasOwnRecord(viewer));
    return (await this.context.rows<PersonalRecord>(BY_SUBJECT, [viewer.issuer, viewer.subject]))[0] ?? null;
  }

  async ofCommunity(communityId: string, args: ListArgs): Promise<Page<PersonalRecord>> {
    const id = wellFormed(communityId).toLowerCase();
    ensure(this.context.viewer, canSeeRecords(this.context.viewer, id));
    return readPage<PersonalRecord>(
      this.context,
      {
        select: COLUMNS,
        from: "personal_record p",
        where: [{ sql: "p.community_id = ?::uuid", params: [id] }],
        ordering: { tag: "personalRecords:ID_ASC", keys: [{ sql: "p.id", field: "id", type: "uuid" }], direction: "ASC" },
      },
      args,
    );
  }

  async own(record: PersonalRecord, field: PrivateField): Promise<string | null> {
    return isSubjectOf(this.context.viewer, record) ? privateValue(this.context, record.id, field) : null;
  }

  masked(id: string, field: PrivateField): Promise<string | null> {
    return maskedField(this.context, id, field);
  }

  async save(
    input: SavePersonalRecordInput,
  ): Promise<PersonalRecord | VersionConflict | AlreadyExists | TooManyIdNumbers | IdempotencyConflict> {
    const { context } = this;
    const { viewer } = context;
    ensure(viewer, hasOwnRecord(viewer));
    const problems = checkRecord(input);
    const communityId = input.communityId?.toLowerCase() ?? null;
    if (communityId !== null && (await context.communities.byId(communityId)) === null)
      problems.push({ field: "communityId", code: "UNKNOWN_REFERENCE", message: "There is no such community." });
    if (problems.length > 0) throw badInput(problems);
    const { keys } = context.database;
    const whose = { issuer: viewer.issuer as string, subject: viewer.subject };
    const tooMany = await tooManyAttempts(context, keys.index("subject", JSON.stringify(whose)), input.idNumber);
    if (tooMany) return tooMany;
    const hidden = [input.name, input.idNumber, input.mobile ?? ""].map((value) => standIn(keys, value));
    const { name: _name, idNumber: _number, mobile: _mobile, ...rest } = input;
    try {
      return await command<PersonalRecord | VersionConflict | AlreadyExists>(
        context,
        "savePersonalRecord",
        roleAmong(viewer, ROLES),
        { ...rest, ...{ hidden } },
        async (tx) => {
          const indexes = idNumberIndexes(keys, input.idNumber);
          await lockIndexes(tx, [...indexes, ...keys.indexes("subject", JSON.stringify(whose))]);
          const [stored] = await tx.rows<PersonalRecord>(LOCKED, [whose.issuer, whose.subject]);
          if ((stored?.version ?? null) !== (input.expectedVersion ?? null)) return tx.rollback(versionConflict(stored?.version ?? 0));
          const id = stored?.id ?? uuidv7();
          if ((await tx.rows(HOLDER, [indexes, id])).length > 0) return tx.rollback(alreadyExists("idNumber"));
          const values = { communityId, ...sealedRecord(keys, id, input) };
          if (stored) await tx.manager.update(PersonalRecordEntity, { id }, values);
          else await tx.manager.insert(PersonalRecordEntity, { id, ...whose, ...values });
          const before = stored ? { communityId: stored.communityId } : null;
          tx.audit({ action: stored ? "update" : "create", concept: "personal-record", entityId: id, before, after: { communityId } });
          return readBack(tx, id);
        },
      );
    } catch (error) {
      if (constraintOf(error)?.constraint === "personal_record_id_number_once") return alreadyExists("idNumber");
      throw error;
    }
  }

  async verify(input: VerifyIdNumberInput): Promise<IdNumberVerification | TooManyIdNumbers | IdempotencyConflict> {
    const { context } = this;
    const { viewer } = context;
    ensure(viewer, viewer.subject !== "anonymous");
    const [record] = isUuid(input.recordId) ? await context.rows<PersonalRecord>(BY_ID, [input.recordId]) : [];
    // a record of others looks like none
    const allowed = record && (isSubjectOf(viewer, record) || (record.communityId !== null && canSeeRecords(viewer, record.communityId)));
    if (!allowed) throw notFound("PersonalRecord");
    const tooMany = await tooManyAttempts(context, record.id, input.idNumber);
    if (tooMany) return tooMany;
    const { keys } = context.database;
    const { idNumber, ...rest } = input;
    // under another name than the answer's: what is called after an ID number is not kept for replays
    const outcome = await command<{ matches: boolean } | IdempotencyConflict>(
      context,
      "verifyIdNumber",
      roleAmong(viewer, ROLES),
      { ...rest, ...{ hidden: standIn(keys, idNumber) } },
      async (tx) => {
        const [row] = await tx.rows<{ matches: boolean }>(MATCHES, [record.id, idNumberIndexes(keys, idNumber)]);
        const matches = row?.matches ?? false;
        tx.audit({ action: "verify", concept: "personal-record", entityId: record.id, after: { matches } });
        return { matches };
      },
    );
    if (!("matches" in outcome)) return outcome;
    return { __typename: "IdNumberVerification", recordId: record.id, matchesIdNumber: outcome.matches };
  }
}

async function readBack(tx: CommandTransaction, id: string): Promise<PersonalRecord> {
  const [row] = await tx.rows<PersonalRecord>(BY_ID, [id]);
  return { ...row!, __typename: "PersonalRecord" as const };
}
