import { constraintOf, statement, uuidv7, type CommandTransaction } from "@gongjian/database";
import { MembershipEntity, type MembershipRole } from "@gongjian/entities-communities";
import {
  alreadyExists,
  badInput,
  checkPeriod,
  checkText,
  command,
  ensure,
  isUuid,
  MAX_MEMBERSHIPS,
  notFound,
  organisationScope,
  readPage,
  versionConflict,
  type AlreadyExists,
  type IdempotencyConflict,
  type Page,
  type Role,
  type VersionConflict,
  type Viewer,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { scopesOfRegion } from "../region/region.policy";
import type { GrantMembershipInput, MembershipsArgs, RevokeMembershipInput } from "./membership.inputs";
import { LIVE, MEMBERSHIP_COLUMNS, membershipList } from "./membership.lists";
import { canLookUpMemberships, canReadMembership, grantingRole, isOwn, type Place } from "./membership.policy";
import { checkGrant, checkReason, MEMBERSHIP_ZONE, partsOf } from "./membership.rules";
import type { Membership } from "./membership.type";

const BY_ID = statement("membership_by_id", `SELECT ${MEMBERSHIP_COLUMNS} FROM membership m WHERE m.id = $1::uuid`);
const LOCKED = statement("membership_locked", `${BY_ID.text} FOR UPDATE`);
/** Index membership_by_subject: the few rows of one subject. */
const LIVE_OF_SUBJECT = statement(
  "membership_live_of_subject",
  `SELECT ${MEMBERSHIP_COLUMNS} FROM membership m WHERE m.issuer = $1 AND m.subject = $2 AND ${LIVE} ORDER BY m.id LIMIT ${MAX_MEMBERSHIPS}`,
);
/** The same, and what a membership over an organisation comes to under the ids of records that were merged into it. */
const SCOPES_OF_SUBJECT = statement(
  "membership_scopes_of_subject",
  `SELECT * FROM (SELECT 0 AS hop, ${MEMBERSHIP_COLUMNS} FROM membership m WHERE m.issuer = $1 AND m.subject = $2 AND ${LIVE}
     UNION ALL SELECT 1, ${MEMBERSHIP_COLUMNS.replace("m.scope", "'organisation:' || a.id")}
     FROM membership m JOIN organisation a ON a.merged_into = m.organisation_id WHERE m.issuer = $1 AND m.subject = $2 AND ${LIVE}) held
   ORDER BY hop, id LIMIT ${MAX_MEMBERSHIPS}`,
);
/** Rivals for one subject come one after the other: the constraint alone would let them deadlock, which takes a second to be found. */
const BEGIN_GRANT = statement(
  "membership_begin_grant",
  `SELECT ((now() AT TIME ZONE '${MEMBERSHIP_ZONE}')::date)::text AS today, pg_advisory_xact_lock(hashtextextended($1, 0)) IS NULL AS locked`,
);
const REVOKE = statement(
  "membership_revoke",
  `UPDATE membership SET revoked_at = now(), revoked_by = $2, revoked_by_issuer = $3, reason = coalesce($4, reason), version = version + 1 WHERE id = $1::uuid`,
);

/** What a membership says, for the audit. */
const valuesOf = ({ issuer, subject, role, scope, startsOn, endsOn, revokedAt, reason }: Membership) => ({
  issuer,
  subject,
  role,
  scope,
  startsOn,
  endsOn,
  revokedAt,
  reason,
});

/** Reads, grants and revokes memberships. */
export class MembershipService {
  constructor(private readonly context: Context) {}

  async mine(): Promise<Membership[]> {
    const { viewer } = this.context;
    ensure(viewer, viewer.subject !== "anonymous");
    return viewer.issuer === undefined ? [] : this.context.rows<Membership>(LIVE_OF_SUBJECT, [viewer.issuer, viewer.subject]);
  }

  async ofSubject(issuer: string, subject: string): Promise<Membership[]> {
    ensure(this.context.viewer, canLookUpMemberships(this.context.viewer));
    return this.context.rows<Membership>(SCOPES_OF_SUBJECT, [issuer, subject]);
  }

  async list(args: MembershipsArgs): Promise<Page<Membership>> {
    const { viewer } = this.context;
    ensure(viewer, viewer.subject !== "anonymous");
    const filter = args.filter ?? {};
    const problems = (["issuer", "subject", "scope"] as const).flatMap((field) =>
      checkText(`filter.${field}`, filter[field], { most: 500 }),
    );
    if (problems.length > 0) throw badInput(problems);
    const scope = filter.scope == null ? null : await this.scopeNow(filter.scope);
    return readPage<Membership>(this.context, membershipList(viewer, { ...filter, scope }), args);
  }

  async grant(input: GrantMembershipInput): Promise<Membership | AlreadyExists | IdempotencyConflict> {
    const { context } = this;
    const grant = { ...input, issuer: input.issuer ?? context.viewer.issuer };
    const { place, exists } = await this.placeOf(input.scope);
    const role = this.ensureRole(grantingRole(context.viewer, input.role, place));
    // whoever grants themselves a role answers to nobody for it
    ensure(context.viewer, !isOwn(context.viewer, { issuer: grant.issuer ?? "", subject: grant.subject }));
    const problems = checkGrant(grant);
    if (problems.length === 0 && !exists) problems.push({ field: "scope", code: "UNKNOWN_REFERENCE", message: "There is no such place." });
    if (problems.length > 0) throw badInput(problems);
    try {
      return await command(context, "grantMembership", role, input, (tx) =>
        insertMembership(tx, { ...grant, issuer: grant.issuer! }, context.viewer),
      );
    } catch (error) {
      if (constraintOf(error)?.constraint === "membership_once") return alreadyExists("subject");
      throw error;
    }
  }

  async revoke(input: RevokeMembershipInput): Promise<Membership | VersionConflict | IdempotencyConflict> {
    const { context } = this;
    ensure(context.viewer, context.viewer.subject !== "anonymous");
    const [membership] = isUuid(input.id) ? await context.rows<Membership>(BY_ID, [input.id]) : [];
    if (!membership) throw notFound("Membership");
    const { place } = await this.placeOf(membership.scope);
    if (!canReadMembership(context.viewer, membership, place)) throw notFound("Membership");
    const role = this.ensureRole(grantingRole(context.viewer, membership.role, place));
    const problems = checkReason(input.reason);
    if (problems.length > 0) throw badInput(problems);
    return command(context, "revokeMembership", role, input, async (tx) => {
      const [before] = await tx.rows<Membership>(LOCKED, [membership.id]);
      if (before!.version !== input.expectedVersion) return tx.rollback(versionConflict(before!.version));
      // revoked before: there is nothing left to take away
      if (before!.revokedAt !== null) return { ...before!, __typename: "Membership" as const };
      await tx.rows(REVOKE, [membership.id, context.viewer.subject, context.viewer.issuer ?? null, input.reason ?? null]);
      const after = await readBack(tx, membership.id);
      tx.audit({ action: "revoke", concept: "membership", entityId: membership.id, before: valuesOf(before!), after: valuesOf(after) });
      return after;
    });
  }

  /** The scope under which memberships over a place are stored: over an organisation that was merged, that of its survivor. */
  private async scopeNow(scope: string): Promise<string> {
    const parts = partsOf(scope);
    const organisation = parts?.kind === "organisation" ? await this.context.organisations.byId(parts.key) : null;
    return organisation ? organisationScope(organisation.id) : scope;
  }

  private ensureRole(role: Role | null): Role {
    ensure(this.context.viewer, role !== null);
    return role as Role;
  }

  /** Where a scope lies. One that is malformed or names nothing lies in itself alone. */
  private async placeOf(scope: string): Promise<{ place: Place; exists: boolean }> {
    const { kind, key } = partsOf(scope) ?? { kind: null, key: "" };
    const lone = { place: { scope, within: [scope] }, exists: false };
    if (kind === null) return lone;
    if (kind === "*") return { place: { scope, within: [] }, exists: true };
    const { regions, communities, organisations } = this.context;
    const record =
      kind === "region" ? await regions.byCode(key) : kind === "community" ? await communities.byId(key) : await organisations.byId(key);
    if (!record) return lone;
    if ("scopeCodes" in record) return { place: { scope, within: scopesOfRegion(record) }, exists: true };
    const region = record.regionCode === null ? null : await regions.byCode(record.regionCode);
    return { place: { scope, within: [scope, ...scopesOfRegion(region ?? { scopeCodes: [] })] }, exists: true };
  }
}

async function insertMembership(
  tx: CommandTransaction,
  { issuer, subject, role, scope, startsOn, endsOn, reason }: GrantMembershipInput & { issuer: string; role: MembershipRole },
  by: Viewer,
): Promise<Membership> {
  const [clock] = await tx.rows<{ today: string }>(BEGIN_GRANT, [JSON.stringify([issuer, subject])]);
  const first = startsOn ?? clock!.today;
  const problems = checkPeriod("endsOn", first, endsOn);
  if (problems.length > 0) throw badInput(problems);
  const id = uuidv7();
  const { kind, key } = partsOf(scope)!;
  await tx.manager.insert(MembershipEntity, {
    id,
    issuer,
    subject,
    role,
    scope,
    regionCode: kind === "region" ? key : null,
    communityId: kind === "community" ? key : null,
    organisationId: kind === "organisation" ? key : null,
    startsOn: first,
    endsOn: endsOn ?? null,
    grantedBy: by.subject,
    grantedByIssuer: by.issuer ?? null,
    reason: reason ?? null,
  });
  const granted = await readBack(tx, id);
  tx.audit({ action: "grant", concept: "membership", entityId: id, before: null, after: valuesOf(granted) });
  return granted;
}

async function readBack(tx: CommandTransaction, id: string): Promise<Membership & { __typename: "Membership" }> {
  const [row] = await tx.rows<Membership>(BY_ID, [id]);
  return { ...row!, __typename: "Membership" as const };
}
