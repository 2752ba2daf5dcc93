import type { Role, Viewer } from "../identity";
import { communityScope, organisationScope, regionScope } from "./policy";

/** A record's place as policies know it: the regions that contain or manage it, and the community and organisation whose it is. */
export interface Place {
  regionScopeCodes: readonly string[];
  communityId: string;
  organisationId: string;
}

/** The places that the columns of the table of permissions speak of: one, and what lies around it. */
export interface Ground extends Place {
  region: string;
  above: string;
  below: string;
  beside: string;
  /** A zone that manages the region without containing it. */
  zone: string;
  otherCommunityId: string;
  otherOrganisationId: string;
}

export interface Column {
  role: Role;
  /** Over what the role is held, seen from the record. */
  where: string;
  viewer: Viewer;
}

const column = (role: Role, where: string, scope: string): Column => ({
  role,
  where,
  viewer: { subject: `${role} of ${scope}`, memberships: [{ role, scope }] },
});

/** Everybody that the table has a column for, in its order. */
export const columnsOf = (ground: Ground): Column[] => [
  { role: "PUBLIC", where: "no token", viewer: { subject: "anonymous", memberships: [] } },
  column("RESIDENT", "own community", communityScope(ground.communityId)),
  column("COMMUNITY_WORKER", "own community", communityScope(ground.communityId)),
  column("COMMUNITY_WORKER", "other community", communityScope(ground.otherCommunityId)),
  column("ORGANISATION_REP", "own organisation", organisationScope(ground.organisationId)),
  column("ORGANISATION_REP", "other organisation", organisationScope(ground.otherOrganisationId)),
  column("OFFICER", "own region", regionScope(ground.region)),
  column("OFFICER", "region above", regionScope(ground.above)),
  column("OFFICER", "region below", regionScope(ground.below)),
  column("OFFICER", "region beside", regionScope(ground.beside)),
  column("OFFICER", "managing zone", regionScope(ground.zone)),
  column("AUDITOR", "everywhere", "*"),
  column("ADMIN", "everywhere", "*"),
  column("SERVICE", "everywhere", "*"),
];

/** What somebody may: do it, not do it, see only what is published, or see only what is their own. */
export type Verdict = "ALLOW" | "DENY" | "PUBLISHED" | "OWN";

/** One row of the table: a named policy and its answer. `when` tells rows of one operation apart. */
export interface Rule {
  policy: string;
  when?: string;
  verdict: (viewer: Viewer, place: Ground) => Verdict;
}

/** A state (or another reason) that keeps a record from the public, and who sees it all the same. */
export interface Hidden {
  policy: string;
  sees: (viewer: Viewer, place: Ground) => boolean;
}

/** Who may do what with one concept. Its policy functions decide; this names them, so that the table and its test can ask them. */
export interface ConceptPermissions {
  /** The GraphQL type. */
  concept: string;
  /** Who sees its records, by what hides them; none: all of them are public. Holds for root fields, references, lists, counts and fields alike. */
  hidden: Readonly<Record<string, Hidden>>;
  /** Whether records that nothing hides are public. False: there are no such records. */
  published?: boolean;
  /** Types that are read only as a part of a record, and are as visible as it. */
  parts?: readonly string[];
  /** Its root queries and mutations: `SHOWN` where they show what the viewer may see, or who may call them. */
  operations: Readonly<Record<string, typeof SHOWN | Rule | readonly Rule[]>>;
  /** Fields with a policy beyond their record's, as `Type.field`. */
  fields?: Readonly<Record<string, Rule | readonly Rule[]>>;
}

/** Everybody may ask; what they may not see is left out. */
export const SHOWN = "SHOWN";

/** Those may whom a policy function lets. */
export const those = (policy: string, may: Hidden["sees"], when?: string): Rule => ({
  policy,
  ...(when !== undefined && { when }),
  verdict: (viewer, place) => (may(viewer, place) ? "ALLOW" : "DENY"),
});

/** Whoever is signed in sees their own, and those whom the policy lets see others' too. */
export const ownOr = (policy: string, may: Hidden["sees"], when?: string): Rule => ({
  policy,
  ...(when !== undefined && { when }),
  verdict: (viewer, place) => (viewer.subject === "anonymous" ? "DENY" : may(viewer, place) ? "ALLOW" : "OWN"),
});

/** What reading a record comes to where this hides it. */
export const hiddenRule = (when: string, { policy, sees }: Hidden): Rule => those(policy, sees, `while ${when}`);

/** What a root query that shows a concept comes to over all its records. */
export const shownRule = ({ hidden, published = true }: ConceptPermissions): Rule => ({
  policy: [...new Set(Object.values(hidden).map(({ policy }) => policy))].join(", ") || "public",
  verdict: (viewer, place) => (Object.values(hidden).every(({ sees }) => sees(viewer, place)) ? "ALLOW" : published ? "PUBLISHED" : "DENY"),
});

/** The rows of an operation or a field. */
export const rulesOf = (concept: ConceptPermissions, entry: typeof SHOWN | Rule | readonly Rule[]): readonly Rule[] =>
  entry === SHOWN ? [shownRule(concept)] : Array.isArray(entry) ? (entry as readonly Rule[]) : [entry as Rule];
