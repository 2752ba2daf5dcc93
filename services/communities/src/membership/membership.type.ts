import type { MembershipRole } from "@gongjian/entities-communities";
import { connectionOf, DateScalar, DateTimeScalar, enumType } from "@gongjian/subgraph";
import { Field, ID, Int, ObjectType } from "type-graphql";

export const MembershipRoleEnum = enumType<MembershipRole>("MembershipRole", "What a person or a service may be.", {
  RESIDENT: "Lives in a community.",
  COMMUNITY_WORKER: "Works for a community.",
  ORGANISATION_REP: "Speaks for an organisation.",
  OFFICER: "Holds an office for a region and all below it.",
  AUDITOR: "Reads everything but contacts and ballots, and writes nothing.",
  ADMIN: "Administers the platform, or a region's part of it.",
  SERVICE: "Another system: reads what is published.",
});

@ObjectType({
  description:
    "A role that a person or a service holds over a scope, from one day to another (在册身份). Granted and revoked by who may; never deleted.",
})
export class Membership {
  readonly __typename?: "Membership";

  @Field(() => ID, { description: "The id." })
  id: string;

  @Field({ description: "Who answers for the subject: the `iss` of their tokens." })
  issuer: string;

  @Field({ description: "Who holds it: the `sub` of their tokens." })
  subject: string;

  @Field(() => MembershipRoleEnum, { description: "The role." })
  role: MembershipRole;

  @Field({ description: "Over what: `*` for everything, `region:<code>`, `community:<id>` or `organisation:<id>`." })
  scope: string;

  regionCode: string | null;
  communityId: string | null;
  organisationId: string | null;

  @Field(() => DateScalar, { description: "The first day on which it counts, in China's time." })
  startsOn: string;

  @Field(() => DateScalar, { nullable: true, description: "The last day on which it counts; null: until it is revoked." })
  endsOn: string | null;

  @Field({ description: "Whether it counts now: begun, not over and not revoked." })
  live: boolean;

  @Field({ description: "Who granted it: the subject of their token, or `operator` for the command line." })
  grantedBy: string;

  @Field(() => String, {
    nullable: true,
    description: "Who answers for that subject: the `iss` of their token; null for the command line.",
  })
  grantedByIssuer: string | null;

  @Field(() => DateTimeScalar, { description: "When it was granted." })
  grantedAt: string;

  @Field(() => String, { nullable: true, description: "Who revoked it; null while nobody has." })
  revokedBy: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Who answers for that subject: the `iss` of their token; null for the command line.",
  })
  revokedByIssuer: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was revoked; null while it is not." })
  revokedAt: string | null;

  @Field(() => String, { nullable: true, description: "Why it was granted or, if a reason was given, why it was revoked." })
  reason: string | null;

  @Field(() => Int, { description: "The version, for `expectedVersion`." })
  version: number;
}

export const MembershipConnection = connectionOf(Membership, "Membership");
