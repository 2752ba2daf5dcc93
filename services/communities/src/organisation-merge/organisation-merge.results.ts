import { enumType, IdempotencyConflict, VersionConflict } from "@gongjian/subgraph";
import { createUnionType, Field, ID, Int, ObjectType } from "type-graphql";
import { Organisation } from "../organisation/organisation.type";
import { AbsorbedOrganisation } from "./organisation-merge.type";

@ObjectType({ description: "The two records are one." })
export class OrganisationsMerged {
  readonly __typename = "OrganisationsMerged" as const;

  @Field(() => Organisation, { description: "The organisation, as it is now." })
  organisation: Organisation;

  @Field(() => AbsorbedOrganisation, { description: "The record that was merged into it." })
  absorbed: AbsorbedOrganisation;

  @Field(() => Int, { description: "How many records named the one that was merged, and name the organisation now." })
  repointed: number;
}

@ObjectType({ description: "One of the two records was merged before. Nothing was done." })
export class OrganisationAlreadyMerged {
  readonly __typename = "OrganisationAlreadyMerged" as const;

  @Field({ description: "A constant sentence for people." })
  message: string;

  @Field(() => Organisation, { description: "What it was merged into." })
  organisation: Organisation;
}

export type MergeObstacleKind = "CREDIT_CODE" | "PAIRED" | "TEAM_KIND" | "APPOINTMENT" | "PRACTICE" | "TOO_MANY_ABSORBED" | "OTHER";
export const MergeObstacleKindEnum = enumType<MergeObstacleKind>("MergeObstacleKind", "What keeps two records from becoming one.", {
  CREDIT_CODE: "Their credit codes are those of two bodies: characters 9 to 17, the body's own code, differ (GB 32100-2015).",
  PAIRED: "Both are parties to one pairing, which nobody can have with themselves.",
  TEAM_KIND: "The one that is merged is a team of residents, and the one that stays is not.",
  APPOINTMENT:
    "Both have appointed the same person to the same role at the same time, or two people to a role that one holds: revoke the one that is in error first.",
  PRACTICE: "Both present a practice of the same name: give one of them another name first.",
  TOO_MANY_ABSORBED: "More than 100 records would have been merged into one.",
  OTHER: "Both have a record of which one body can have only one, or one of them a record that cannot be changed.",
});

@ObjectType({ description: "One thing that keeps two records from becoming one." })
export class MergeObstacle {
  @Field(() => MergeObstacleKindEnum, { description: "What it is." })
  kind: MergeObstacleKind;

  @Field(() => ID, {
    nullable: true,
    description: "The pairing, or the appointment or practice of the record that was to be merged; null for other kinds.",
  })
  recordId: string | null;
}

@ObjectType({ description: "The two records cannot become one as they are. Nothing was done." })
export class OrganisationsNotMergeable {
  readonly __typename = "OrganisationsNotMergeable" as const;

  @Field({ description: "A constant sentence for people." })
  message: string;

  @Field(() => [MergeObstacle], { description: "What is in the way, at most 50 things." })
  obstacles: MergeObstacle[];
}

export const MergeOrganisationsResult = createUnionType({
  name: "MergeOrganisationsResult",
  description: "The answer of `mergeOrganisations`.",
  types: () => [OrganisationsMerged, OrganisationsNotMergeable, OrganisationAlreadyMerged, VersionConflict, IdempotencyConflict] as const,
});

export const notMergeable = (obstacles: MergeObstacle[]): OrganisationsNotMergeable => ({
  __typename: "OrganisationsNotMergeable",
  message: "The two records cannot become one as they are.",
  obstacles,
});

export const alreadyMerged = (organisation: Organisation): OrganisationAlreadyMerged => ({
  __typename: "OrganisationAlreadyMerged",
  message: "One of the two records was merged before.",
  organisation,
});
