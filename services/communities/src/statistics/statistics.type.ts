import type {
  AppointmentRole,
  CommunityKind,
  FacilityCategory,
  FacilityState,
  HonourLevel,
  OrganisationKind,
  Precision,
} from "@gongjian/entities-communities";
import { AssumedSize, DateScalar, HanTextScalar, SafeIntScalar } from "@gongjian/subgraph";
import { Field, Int, ObjectType } from "type-graphql";
import { AppointmentRoleEnum } from "../appointment/appointment.type";
import type { CommunityTraitCode } from "../community-trait/community-trait.rules";
import { CommunityTraitEnum } from "../community-trait/community-trait.type";
import { CommunityKindEnum } from "../community/community.type";
import { FacilityCategoryEnum, FacilityStateEnum } from "../facility/facility.type";
import { HonourLevelEnum } from "../honour/honour.type";
import { OrganisationKindEnum } from "../organisation/organisation.type";
import { PrecisionEnum } from "../population/population.type";

@ObjectType({ description: "The communities of one kind." })
export class CommunityKindCount {
  @Field(() => CommunityKindEnum, { description: "Which kind." })
  kind: CommunityKind;

  @Field(() => Int, { description: "How many." })
  count: number;
}

@ObjectType({ description: "The communities with one trait." })
export class CommunityTraitCount {
  @Field(() => CommunityTraitEnum, { description: "Which trait." })
  trait: CommunityTraitCode;

  @Field(() => Int, { description: "How many." })
  count: number;
}

@ObjectType({ description: "The organisations of one kind." })
export class OrganisationKindCount {
  @Field(() => OrganisationKindEnum, { description: "Which kind." })
  kind: OrganisationKind;

  @Field(() => Int, { description: "How many." })
  count: number;
}

@ObjectType({ description: "The facilities of one category in one state." })
export class FacilityCount {
  @Field(() => FacilityCategoryEnum, { description: "Which category." })
  category: FacilityCategory;

  @Field(() => FacilityStateEnum, { description: "How far they are." })
  state: FacilityState;

  @Field(() => Int, { description: "How many." })
  count: number;
}

@ObjectType({ description: "The appointments in one role." })
export class AppointmentRoleCount {
  @Field(() => AppointmentRoleEnum, { description: "Which role." })
  role: AppointmentRole;

  @Field(() => Int, { description: "How many." })
  count: number;
}

@ObjectType({ description: "The honours of one level." })
export class HonourLevelCount {
  @Field(() => HonourLevelEnum, { description: "Which level." })
  level: HonourLevel;

  @Field(() => Int, { description: "How many." })
  count: number;
}

@ObjectType({
  description:
    "The members of teams of residents, added up over the teams that say how many they have. Who is in two teams is counted in both.",
})
export class TeamMembersSum {
  @Field(() => SafeIntScalar, { nullable: true, description: "The sum; null when no team says." })
  sum: number | null;

  @Field(() => PrecisionEnum, {
    nullable: true,
    description:
      "How exact the sum is: ABOUT when one of the figures is, otherwise OVER when one of them is; null when there is no figure.",
  })
  precision: Precision | null;

  @Field(() => Int, { description: "How many teams say." })
  teams: number;
}

@ObjectType({
  description:
    "A figure of each community's latest population snapshot that has it, added up. Communities of which it is not known are left out, not counted as 0: compare `communities` with how many there are.",
})
export class SnapshotSum {
  @Field(() => SafeIntScalar, { nullable: true, description: "The sum; null when no community has the figure." })
  sum: number | null;

  @Field(() => PrecisionEnum, {
    nullable: true,
    description:
      "How exact the sum is: ABOUT when one of the figures is, otherwise OVER when one of them is; null when there is no figure. Only residents are counted with a precision.",
  })
  precision: Precision | null;

  @Field(() => Int, { description: "How many communities have the figure." })
  communities: number;

  @Field(() => DateScalar, { nullable: true, description: "The day of the oldest snapshot in the sum." })
  earliestAsOf: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The day of the newest snapshot in the sum." })
  latestAsOf: string | null;
}

@ObjectType({ description: "An ethnic group of GB/T 3304." })
export class NamedEthnicGroup {
  @Field(() => Int, { description: "The numeric code of GB/T 3304-1991, 1 to 56." })
  code: number;

  @Field({ description: "The alphabetic code of GB/T 3304-1991, two letters." })
  letters: string;

  @Field(() => HanTextScalar, { description: "The Chinese name." })
  name: string;
}

@ObjectType({
  description:
    "The ethnic groups that the latest population snapshots show. Only what the snapshots publish goes in, which groups are named and how many there are, and never how many people: so nothing here differs with a count that is left out as small.",
})
export class EthnicGroupSummary {
  @Field(() => Int, {
    nullable: true,
    description:
      "How many different groups there are at least: the groups named somewhere, or the highest number that one community counted, whichever is more. Null when no community has a figure.",
  })
  atLeast: number | null;

  @AssumedSize(20)
  @Field(() => [NamedEthnicGroup], {
    description: "The groups that a snapshot names, by code; one that was counted as nobody is left out.",
  })
  named: NamedEthnicGroup[];

  @Field(() => Int, { description: "How many communities have a figure or name a group." })
  communities: number;
}

@ObjectType({
  description:
    "A region in figures: all that lies in it at any depth, or that a zone manages, each thing once. The figures are of this moment and the same for everybody: what is not public is not counted.",
})
export class RegionStatistics {
  @Field(() => Int, { description: "Communities, villages and li." })
  communities: number;

  @AssumedSize(3)
  @Field(() => [CommunityKindCount], { description: "The communities kind by kind; kinds without any are left out." })
  communitiesByKind: CommunityKindCount[];

  @AssumedSize(15)
  @Field(() => [CommunityTraitCount], {
    description:
      "The communities trait by trait of the list `CommunityTrait`, one with several in each; traits that none has are left out.",
  })
  communitiesByTrait: CommunityTraitCount[];

  @Field(() => SnapshotSum, { description: "People who live there." })
  residents: SnapshotSum;

  @Field(() => SnapshotSum, { description: "Households." })
  households: SnapshotSum;

  @Field(() => SnapshotSum, { description: "Residential compounds 小区, as the snapshots count them." })
  compounds: SnapshotSum;

  @Field(() => Int, { description: "Compounds that have a record of their own; the two figures differ while records are missing." })
  compoundsOnRecord: number;

  @Field(() => EthnicGroupSummary, { description: "Ethnic groups." })
  ethnicGroups: EthnicGroupSummary;

  @Field(() => Int, { description: "Organisations that are registered in the region." })
  organisations: number;

  @AssumedSize(11)
  @Field(() => [OrganisationKindCount], { description: "The organisations kind by kind; kinds without any are left out." })
  organisationsByKind: OrganisationKindCount[];

  @Field(() => Int, { description: "Facilities in any state." })
  facilities: number;

  @AssumedSize(26)
  @Field(() => [FacilityCount], {
    description: "The facilities category by category and state by state; what there is none of is left out.",
  })
  facilitiesByCategory: FacilityCount[];

  @Field(() => Int, { description: "Published suggestions about the region or a place in it with a next step due." })
  openSuggestions: number;

  @Field(() => Int, {
    description: "Pairings in force (signed, active or dormant) with a party there; one with several parties there counts once.",
  })
  pairings: number;

  @Field(() => Int, { description: "Published appointments at the region or a place in it that hold today (status CURRENT)." })
  appointments: number;

  @AssumedSize(14)
  @Field(() => [AppointmentRoleCount], { description: "These appointments role by role; roles without any are left out." })
  appointmentsByRole: AppointmentRoleCount[];

  @Field(() => Int, { description: "Teams of residents, by the community that they are at home in, else by their own region." })
  teams: number;

  @Field(() => TeamMembersSum, { description: "The members of these teams." })
  teamMembers: TeamMembersSum;

  @Field(() => Int, { description: "Practices that the region, a region below it, or a community or organisation there holds." })
  practices: number;

  @Field(() => Int, {
    description:
      "Adoptions of practices by communities and organisations there that have not been given up; the practices may be held elsewhere.",
  })
  practicesAdopted: number;

  @Field(() => Int, { description: "Honours of communities, organisations and practices there." })
  honours: number;

  @AssumedSize(7)
  @Field(() => [HonourLevelCount], { description: "The honours level by level; levels without any are left out." })
  honoursByLevel: HonourLevelCount[];

  @Field(() => Int, { description: "Surveys of the region, or of a region or community below it." })
  surveys: number;

  @Field(() => Int, { description: "Those of the surveys that can be answered today." })
  surveysOpen: number;
}
