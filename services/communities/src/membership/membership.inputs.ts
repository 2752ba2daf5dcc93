import type { MembershipRole } from "@gongjian/entities-communities";
import { CommandInput, DateScalar, PageArgs } from "@gongjian/subgraph";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";
import { MembershipRoleEnum } from "./membership.type";

@InputType({ description: "Which memberships to list. All conditions must hold." })
export class MembershipFilter {
  @Field(() => String, { nullable: true, description: "Only of this issuer." })
  issuer?: string | null;

  @Field(() => String, { nullable: true, description: "Only of this subject." })
  subject?: string | null;

  @Field(() => MembershipRoleEnum, { nullable: true, description: "Only this role." })
  role?: MembershipRole | null;

  @Field(() => String, { nullable: true, description: "Only over exactly this scope." })
  scope?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Only those that count now, or only those that do not." })
  live?: boolean | null;
}

@ArgsType()
export class MembershipsArgs extends PageArgs {
  @Field(() => MembershipFilter, { nullable: true, description: "Which memberships to list; all that the viewer may see when left out." })
  filter?: MembershipFilter | null;
}

@InputType({ description: "A role to grant." })
export class GrantMembershipInput extends CommandInput {
  @Field(() => String, {
    nullable: true,
    description: "Who answers for the subject: the `iss` of their tokens. The issuer of the granter's own token when left out.",
  })
  issuer?: string | null;

  @Field({ description: "To whom: the `sub` of their tokens, of a service its client id; 1 to 200 characters." })
  subject: string;

  @Field(() => MembershipRoleEnum, { description: "Which role." })
  role: MembershipRole;

  @Field({
    description:
      "Over what: `community:<id>` for RESIDENT and COMMUNITY_WORKER, `organisation:<id>` for ORGANISATION_REP, `region:<code>` for OFFICER, `*` or `region:<code>` for AUDITOR and ADMIN, `*` for SERVICE.",
  })
  scope: string;

  @Field(() => DateScalar, { nullable: true, description: "The first day on which it counts, in China's time; today when left out." })
  startsOn?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The last day on which it counts; until it is revoked when left out." })
  endsOn?: string | null;

  @Field(() => String, { nullable: true, description: "Why, at most 500 characters. It stays in the audit trail: nothing private." })
  reason?: string | null;
}

@InputType({ description: "A membership to revoke." })
export class RevokeMembershipInput extends CommandInput {
  @Field(() => ID, { description: "The membership's id." })
  id: string;

  @Field(() => Int, { description: "The version that the decision was made against." })
  expectedVersion: number;

  @Field(() => String, { nullable: true, description: "Why, at most 500 characters. It stays in the audit trail: nothing private." })
  reason?: string | null;
}
