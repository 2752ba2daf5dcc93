import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { GrantMembershipInput, RevokeMembershipInput } from "./membership.inputs";
import { GrantMembershipResult, RevokeMembershipResult } from "./membership.results";

@Resolver()
export class MembershipMutations {
  @Mutation(() => GrantMembershipResult, { description: "Grants a role over a scope to a person or a service." })
  @Access(
    "ADMIN anything; OFFICER officers of regions below, and workers, residents and representatives in the region; COMMUNITY_WORKER residents of the community; ORGANISATION_REP representatives of the organisation",
  )
  grantMembership(
    @Arg("input", () => GrantMembershipInput, { description: "What is granted to whom." }) input: GrantMembershipInput,
    @Ctx() context: Context,
  ): Promise<typeof GrantMembershipResult> {
    return context.memberships.grant(input) as Promise<typeof GrantMembershipResult>;
  }

  @Mutation(() => RevokeMembershipResult, {
    description: "Revokes a membership, for good. It stops to count within the seconds of the setting MEMBERSHIP_TRUST_SECONDS.",
  })
  @Access("whoever may grant it")
  revokeMembership(
    @Arg("input", () => RevokeMembershipInput, { description: "Which membership." }) input: RevokeMembershipInput,
    @Ctx() context: Context,
  ): Promise<typeof RevokeMembershipResult> {
    return context.memberships.revoke(input) as Promise<typeof RevokeMembershipResult>;
  }
}
