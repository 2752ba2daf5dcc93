import type { MembershipRole } from "@gongjian/entities-communities";
import {
  communityScope,
  organisationScope,
  ownOr,
  regionScope,
  those,
  type ConceptPermissions,
  type Ground,
  type Rule,
} from "@gongjian/subgraph";
import { canLookUpMemberships, canReadMembership, grantingRole, type Place as Reach } from "./membership.policy";

type Over = "community" | "organisation" | "region" | "region below" | "everywhere";

/** One role over each kind of place that it is held over. */
export const HELD: readonly (readonly [MembershipRole, Over])[] = [
  ["RESIDENT", "community"],
  ["COMMUNITY_WORKER", "community"],
  ["ORGANISATION_REP", "organisation"],
  ["OFFICER", "region"],
  ["OFFICER", "region below"],
  ["AUDITOR", "everywhere"],
  ["ADMIN", "everywhere"],
  ["SERVICE", "everywhere"],
];

/** Where a membership over that place lies. */
export function placeOver(over: Over, ground: Ground): Reach {
  const regions = ground.regionScopeCodes.map(regionScope);
  const within = (scope: string): Reach => ({ scope, within: [scope, ...regions] });
  switch (over) {
    case "community":
      return within(communityScope(ground.communityId));
    case "organisation":
      return within(organisationScope(ground.organisationId));
    case "region":
      return { scope: regionScope(ground.region), within: regions };
    case "region below":
      return within(regionScope(ground.below));
    case "everywhere":
      return { scope: "*", within: [] };
  }
}

/** A rule for each membership that somebody else holds. */
const each = (rule: (role: MembershipRole, over: Over, when: string) => Rule): Rule[] =>
  HELD.map(([role, over]) => rule(role, over, over === "everywhere" ? `${role} everywhere` : `${role} of the ${over}`));

const granting = each((role, over, when) =>
  those("grantingRole", (viewer, ground) => grantingRole(viewer, role, placeOver(over, ground)) !== null, when),
);

export const membershipPermissions: ConceptPermissions = {
  concept: "Membership",
  published: false,
  hidden: {},
  operations: {
    myMemberships: ownOr("isOwn", () => false),
    memberships: each((role, over, when) =>
      ownOr(
        "canReadMembership",
        (viewer, ground) => canReadMembership(viewer, { issuer: "", subject: "", role }, placeOver(over, ground)),
        when,
      ),
    ),
    viewerMemberships: those("canLookUpMemberships", canLookUpMemberships),
    grantMembership: granting,
    revokeMembership: granting,
  },
};
