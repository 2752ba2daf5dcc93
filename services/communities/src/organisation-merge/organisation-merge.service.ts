import { constraintOf, statement, type CommandTransaction } from "@gongjian/database";
import {
  actingRole,
  badInput,
  command,
  defineLoader,
  ensure,
  groupsInOrder,
  isUuid,
  MAX_MEMBERSHIPS,
  notFound,
  versionConflict,
  type IdempotencyConflict,
  type Scopes,
  type VersionConflict,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { canLookUpMemberships } from "../membership/membership.policy";
import { canMergeOrganisations, ORGANISATION_CREATORS, scopesOfOrganisation } from "../organisation/organisation.policy";
import { ORGANISATION_COLUMNS, valuesOf } from "../organisation/organisation.service";
import type { Organisation } from "../organisation/organisation.type";
import type { MergeOrganisationsInput } from "./organisation-merge.inputs";
import {
  alreadyMerged,
  notMergeable,
  type MergeObstacle,
  type OrganisationAlreadyMerged,
  type OrganisationsMerged,
  type OrganisationsNotMergeable,
} from "./organisation-merge.results";
import type { AbsorbedOrganisation } from "./organisation-merge.type";

/** Records that one organisation may have absorbed at most, so that its ids are a list and not pages. */
const MOST_ABSORBED = 100;
const BOTH = statement(
  "organisation_merge_both",
  `SELECT ${ORGANISATION_COLUMNS}, o.merged_into AS "mergedInto" FROM organisation o WHERE o.id = ANY($1::uuid[])`,
);
const BOTH_LOCKED = statement("organisation_merge_both_locked", `${BOTH.text} ORDER BY o.id FOR UPDATE`);
/** The function that merges is told the subject alone. */
const NAME_ISSUER = statement("organisation_merge_name_issuer", "UPDATE membership SET revoked_by_issuer = $2 WHERE id = ANY($1::uuid[])");
const ABSORBED = statement(
  "organisation_absorbed",
  `SELECT o.id, o.key, o.name, o.merged_at AS "mergedAt", o.merged_into AS "survivorId" FROM organisation o
   WHERE o.merged_into = ANY($1::uuid[]) ORDER BY o.merged_at, o.id`,
);
const SAME = statement(
  "organisation_same",
  `SELECT o.id AS asked, ARRAY[coalesce(o.merged_into, o.id)] || ARRAY(SELECT t.id FROM organisation t
     WHERE t.merged_into = coalesce(o.merged_into, o.id) ORDER BY t.merged_at, t.id) AS ids
   FROM organisation o WHERE o.id = ANY($1::uuid[])`,
);
const ONE_HOLDER = "'SECRETARY', 'DIRECTOR', 'LI_CHIEF', 'PRESIDENT'";
const TERM = (a: string): string => `certain_term(${a}.starts_last, ${a}.ends_first, ${a}.revoked_on, ${a}.attested_on)`;
const OBSTACLES = statement(
  "organisation_merge_obstacles",
  `SELECT 'CREDIT_CODE' AS kind, NULL::uuid AS "recordId" FROM organisation k JOIN organisation g ON g.id = $2::uuid
     WHERE k.id = $1::uuid AND substr(k.credit_code, 9, 9) <> substr(g.credit_code, 9, 9)
   UNION ALL SELECT 'TEAM_KIND', NULL FROM team t JOIN organisation k ON k.id = $1::uuid WHERE t.organisation_id = $2::uuid AND k.kind <> 'RESIDENT_TEAM'
   UNION ALL SELECT 'TOO_MANY_ABSORBED', NULL FROM organisation a WHERE a.merged_into IN ($1::uuid, $2::uuid) HAVING count(*) >= ${MOST_ABSORBED}
   UNION ALL SELECT 'PAIRED', p.pairing_id FROM pairing_party p JOIN pairing_party q ON q.pairing_id = p.pairing_id
     WHERE p.organisation_id = $2::uuid AND q.organisation_id = $1::uuid
   UNION ALL SELECT 'PRACTICE', p.id FROM practice p JOIN practice q ON q.organisation_id = $1::uuid AND q.name_key = p.name_key WHERE p.organisation_id = $2::uuid
   UNION ALL SELECT DISTINCT 'APPOINTMENT', a.id FROM appointment a JOIN appointment b ON b.organisation_id = $1::uuid AND b.role = a.role
     AND (b.person_id = a.person_id OR a.role IN (${ONE_HOLDER})) AND ${TERM("a")} && ${TERM("b")} WHERE a.organisation_id = $2::uuid
   LIMIT 50`,
);
/** What stands of a team of residents is joined with the survivor's: the audit keeps what it was. */
const TEAM = statement("organisation_merge_team", "SELECT to_jsonb(t) AS team FROM team t WHERE t.organisation_id = $1::uuid");
const MERGE = statement("organisation_merge", "SELECT merge_organisations($1::uuid, $2::uuid, $3) AS done");

/** Unique keys and exclusions, and checks: a record of which one body can have only one, or that does not let itself be changed. */
const REFUSED = new Set(["23505", "23P01", "23514"]);

type Stored = Organisation & { mergedInto: string | null };
interface Done {
  repointed: Record<string, number>;
  /** Memberships over both that were revoked, as one goes on for both. */
  membershipsJoined: readonly string[];
}

const absorbedBy = defineLoader<Context, string, AbsorbedOrganisation[]>(async (context, ids) =>
  groupsInOrder(ids, await context.rows<AbsorbedOrganisation>(ABSORBED, [ids]), (row) => row.survivorId),
);

/** Makes two records of one organisation one, and knows which were. */
export class OrganisationMergeService {
  constructor(private readonly context: Context) {}

  absorbedBy(id: string): Promise<AbsorbedOrganisation[]> {
    return this.context.load(absorbedBy, id);
  }

  /** All ids of an organisation, by the one that it has now. */
  async idsOf(id: string): Promise<string[]> {
    return [id, ...(await this.absorbedBy(id)).map((absorbed) => absorbed.id)];
  }

  /** All ids of each organisation, by any of them. */
  async same(ids: readonly string[]): Promise<string[][]> {
    ensure(this.context.viewer, canLookUpMemberships(this.context.viewer));
    if (ids.length > MAX_MEMBERSHIPS)
      throw badInput([{ field: "ids", code: "TOO_MANY", message: `At most ${MAX_MEMBERSHIPS} are taken at once.` }]);
    const rows = await this.context.rows<{ asked: string; ids: string[] }>(SAME, [ids.filter(isUuid)]);
    const found = new Map(rows.map((row) => [row.asked, row.ids]));
    return ids.map((id) => found.get(id.toLowerCase()) ?? [id]);
  }

  async merge(
    input: MergeOrganisationsInput,
  ): Promise<OrganisationsMerged | OrganisationsNotMergeable | OrganisationAlreadyMerged | VersionConflict | IdempotencyConflict> {
    const { context } = this;
    const keepId = input.keepId.toLowerCase();
    const mergeId = input.mergeId.toLowerCase();
    const seen = await context.rows<Stored>(BOTH, [[keepId, mergeId].filter(isUuid)]);
    const [keep, gone] = [keepId, mergeId].map((id) => seen.find((row) => row.id === id));
    if (!keep || !gone) throw notFound("Organisation");
    const [scopes, goneScopes] = await Promise.all([this.scopes(keep), this.scopes(gone)]);
    ensure(context.viewer, canMergeOrganisations(context.viewer, scopes, goneScopes));
    if (keepId === mergeId) throw badInput([{ field: "mergeId", code: "SAME_RECORD", message: "These are one record, not two." }]);
    try {
      return await command(context, "mergeOrganisations", actingRole(context.viewer, ORGANISATION_CREATORS, scopes), input, (tx) =>
        this.mergeIn(tx, input, keepId, mergeId),
      );
    } catch (error) {
      if (REFUSED.has(constraintOf(error)?.code ?? "")) return notMergeable([{ kind: "OTHER", recordId: null }]);
      throw error;
    }
  }

  private async mergeIn(
    tx: CommandTransaction,
    { keepVersion, mergeVersion }: MergeOrganisationsInput,
    keepId: string,
    mergeId: string,
  ): Promise<OrganisationsMerged | OrganisationsNotMergeable | OrganisationAlreadyMerged | VersionConflict> {
    const locked = await tx.rows<Stored>(BOTH_LOCKED, [[keepId, mergeId]]);
    const [keep, gone] = [keepId, mergeId].map((id) => locked.find((row) => row.id === id)!) as [Stored, Stored];
    const before = gone.mergedInto ?? keep.mergedInto;
    if (before !== null) return tx.rollback(alreadyMerged(await readBack(tx, before)));
    if (keep.version !== keepVersion) return tx.rollback(versionConflict(keep.version));
    if (gone.version !== mergeVersion) return tx.rollback(versionConflict(gone.version));
    const obstacles = await tx.rows<MergeObstacle>(OBSTACLES, [keepId, mergeId]);
    if (obstacles.length > 0) return tx.rollback(notMergeable(obstacles));
    const [team] = await tx.rows<{ team: unknown }>(TEAM, [mergeId]);
    const { viewer } = this.context;
    const [{ done }] = (await tx.rows<{ done: Done }>(MERGE, [keepId, mergeId, viewer.subject])) as [{ done: Done }];
    await tx.rows(NAME_ISSUER, [done.membershipsJoined, viewer.issuer ?? null]);
    const organisation = await readBack(tx, keepId);
    const absorbed = (await tx.rows<AbsorbedOrganisation>(ABSORBED, [[keepId]])).find(({ id }) => id === mergeId)!;
    tx.audit({
      action: "merge",
      concept: "organisation",
      entityId: keepId,
      before: valuesOf(keep),
      after: { ...valuesOf(organisation), absorbed: mergeId, ...done },
    });
    tx.audit({
      action: "mergeInto",
      concept: "organisation",
      entityId: mergeId,
      before: { ...valuesOf(gone), ...team },
      after: { mergedInto: keepId },
    });
    return {
      __typename: "OrganisationsMerged",
      organisation,
      absorbed,
      repointed: Object.values(done.repointed).reduce((sum, many) => sum + many, 0),
    };
  }

  private async scopes({ id, regionCode }: Organisation): Promise<Scopes> {
    const region = regionCode === null ? null : await this.context.regions.byCode(regionCode);
    return scopesOfOrganisation(id, region?.scopeCodes ?? []);
  }
}

async function readBack(tx: CommandTransaction, id: string): Promise<Organisation> {
  const [row] = await tx.rows<Stored>(BOTH, [[id]]);
  const { mergedInto: _none, ...organisation } = row!;
  return { __typename: "Organisation", ...organisation } as Organisation;
}
