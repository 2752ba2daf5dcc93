import { AlreadyExists, IdempotencyConflict, VersionConflict } from "@gongjian/subgraph";
import { createUnionType } from "type-graphql";
import { Membership } from "./membership.type";

export const GrantMembershipResult = createUnionType({
  name: "GrantMembershipResult",
  description: "The answer of `grantMembership`. `AlreadyExists`: the subject holds the role over the scope on some of those days already.",
  types: () => [Membership, AlreadyExists, IdempotencyConflict] as const,
});

export const RevokeMembershipResult = createUnionType({
  name: "RevokeMembershipResult",
  description: "The answer of `revokeMembership`.",
  types: () => [Membership, VersionConflict, IdempotencyConflict] as const,
});
