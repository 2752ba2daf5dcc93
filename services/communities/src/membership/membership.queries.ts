import { Access, AssumedSize, type Page } from "@gongjian/subgraph";
import { Arg, Args, Ctx, Directive, Query, Resolver } from "type-graphql";
import type { Context } from "../context";
import { MembershipsArgs } from "./membership.inputs";
import { Membership, MembershipConnection } from "./membership.type";

@Resolver()
export class MembershipQueries {
  @Query(() => [Membership], {
    description:
      "The stored memberships of the one who asks that count now, at most 200, the oldest first. What a token itself claims is not among them.",
  })
  @AssumedSize(10)
  @Access("whoever is signed in, their own")
  myMemberships(@Ctx() context: Context): Promise<Membership[]> {
    return context.memberships.mine();
  }

  @Query(() => MembershipConnection, {
    description: "Memberships, the newest first: one's own, those that one may grant, and for auditors and administrators all.",
  })
  @Access("whoever is signed in: their own, those that they may grant; AUDITOR and ADMIN all in their scope")
  memberships(@Args(() => MembershipsArgs) args: MembershipsArgs, @Ctx() context: Context): Promise<Page<Membership>> {
    return context.memberships.list(args);
  }

  @Query(() => [Membership], {
    description:
      "The memberships of a subject that count now, at most 200, the oldest first, and those over an organisation once more for each id that was merged into it. For the platform itself, which no token can be.",
  })
  @Directive("@inaccessible")
  @AssumedSize(10)
  @Access("the platform itself")
  viewerMemberships(
    @Arg("issuer", () => String, { description: "The `iss` of the token." }) issuer: string,
    @Arg("subject", () => String, { description: "The `sub` of the token." }) subject: string,
    @Ctx() context: Context,
  ): Promise<Membership[]> {
    return context.memberships.ofSubject(issuer, subject);
  }
}
