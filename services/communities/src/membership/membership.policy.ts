import type { MembershipRole } from "@gongjian/entities-communities";
import { MEMBERSHIP_ROLES } from "@gongjian/entities-communities";
import { isPlatform, type Role, type Viewer } from "@gongjian/subgraph";

/** What a membership is held over. `within`: its own scope and all that contain or manage it, the whole platform (`*`) left out. */
export interface Place {
  scope: string;
  within: readonly string[];
}

export interface Rule {
  /** Whoever holds this role … */
  by: Role;
  /** … over a scope reaches memberships of these roles … */
  roles: readonly MembershipRole[];
  /** … in that scope (`in`), or only in smaller ones (`below`). */
  at: "in" | "below";
}

/** Who may grant and revoke what. Nobody grants above or beside their own scope, nor what stands above every place but ADMIN. */
export const GRANTING: readonly Rule[] = [
  { by: "ADMIN", roles: MEMBERSHIP_ROLES, at: "in" },
  // a colleague of the same rank is appointed from above
  { by: "OFFICER", roles: ["OFFICER"], at: "below" },
  { by: "OFFICER", roles: ["COMMUNITY_WORKER", "ORGANISATION_REP", "RESIDENT"], at: "in" },
  { by: "COMMUNITY_WORKER", roles: ["RESIDENT"], at: "in" },
  // the people of an organisation decide who else speaks for it
  { by: "ORGANISATION_REP", roles: ["ORGANISATION_REP"], at: "in" },
];

/** Who may read whose memberships, beside everybody their own. */
export const READING: readonly Rule[] = [...GRANTING, { by: "AUDITOR", roles: MEMBERSHIP_ROLES, at: "in" }];

const reaches = (held: string, { scope, within }: Place, at: Rule["at"]): boolean =>
  at === "in" ? held === "*" || within.includes(held) : held !== scope && (held === "*" || within.includes(held));

const reachingRole = (rules: readonly Rule[], viewer: Viewer, role: MembershipRole, place: Place): Role | null =>
  viewer.memberships.find((held) =>
    rules.some((rule) => rule.by === held.role && rule.roles.includes(role) && reaches(held.scope, place, rule.at)),
  )?.role ?? null;

/** The role under which the viewer may grant or revoke a role over a place; null: they may not. */
export const grantingRole = (viewer: Viewer, role: MembershipRole, place: Place): Role | null =>
  reachingRole(GRANTING, viewer, role, place);

interface Held {
  issuer: string;
  subject: string;
  role: MembershipRole;
}

export const isOwn = (viewer: Viewer, { issuer, subject }: Pick<Held, "issuer" | "subject">): boolean =>
  viewer.issuer === issuer && viewer.subject === subject;

/** Its subject, those who may grant it, auditors and administrators read a membership. */
export const canReadMembership = (viewer: Viewer, membership: Held, place: Place): boolean =>
  isOwn(viewer, membership) || reachingRole(READING, viewer, membership.role, place) !== null;

/** The platform alone asks for anybody's memberships, to know what their token is worth; no token makes one the platform. */
export const canLookUpMemberships = (viewer: Viewer): boolean => isPlatform(viewer);
