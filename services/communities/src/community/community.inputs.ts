import type { CommunityKind, IdentifierScheme } from "@gongjian/entities-communities";
import { BulkInput, CommandInput, enumType, PageArgs } from "@gongjian/subgraph";
import { ArgsType, Field, Float, ID, InputType, Int } from "type-graphql";
import { IdentifierSchemeEnum } from "../region/region.type";
import type { CommunityTraitCode } from "../community-trait/community-trait.rules";
import { CommunityTraitEnum } from "../community-trait/community-trait.type";
import { CommunityKindEnum } from "./community.type";

@InputType({ description: "Which communities to list." })
export class CommunityFilter {
  @Field(() => ID, { nullable: true, description: "Only communities in this region, at any depth, or managed by it." })
  within?: string | null;

  @Field(() => CommunityKindEnum, { nullable: true, description: "Only this kind." })
  kind?: CommunityKind | null;

  @Field(() => String, { nullable: true, description: "Only communities with this trait, whole and in either script, e.g. `多民族社区`." })
  trait?: string | null;

  @Field(() => [CommunityTraitEnum], {
    nullable: true,
    description: "Only communities with one of these traits, whatever words say it; `communityTraits` has the words.",
  })
  traitCodes?: CommunityTraitCode[] | null;

  @Field(() => String, { nullable: true, description: "Only names that match: either script, pinyin or initials." })
  search?: string | null;
}

export type CommunityOrder = "NAME_ASC" | "NAME_DESC";
export const CommunityOrderEnum = enumType<CommunityOrder>("CommunityOrder", "How to order communities.", {
  NAME_ASC: "By name.",
  NAME_DESC: "By name, backwards.",
});

@ArgsType()
export class CommunitiesArgs extends PageArgs {
  @Field(() => CommunityFilter, { nullable: true, description: "Which communities to list; all when left out." })
  filter?: CommunityFilter | null;

  @Field(() => CommunityOrderEnum, { nullable: true, description: "The order; by name when left out." })
  orderBy?: CommunityOrder | null;
}

@InputType({ description: "A new community." })
export class CreateCommunityInput extends CommandInput {
  @Field(() => IdentifierSchemeEnum, { description: "Who gave the identifier." })
  scheme: IdentifierScheme;

  @Field({ description: "The identifier: for CN_STATS the 12-digit code, otherwise 1 to 64 letters, digits, dots, dashes or underscores." })
  identifier: string;

  @Field({ description: "The official name, 1 to 100 characters." })
  name: string;

  @Field(() => CommunityKindEnum, { description: "What kind of neighbourhood it is." })
  kind: CommunityKind;

  @Field(() => ID, { description: "The code of the region it lies in." })
  regionCode: string;

  @Field(() => [String], {
    nullable: true,
    description: "What characterises it, at most 20 of at most 50 characters: words, or codes of the list `CommunityTrait`.",
  })
  traits?: string[] | null;

  @Field(() => String, { nullable: true, description: "At most 2,000 characters." })
  description?: string | null;

  @Field(() => Float, { nullable: true, description: "Degrees east; together with the latitude or not at all." })
  longitude?: number | null;

  @Field(() => Float, { nullable: true, description: "Degrees north; together with the longitude or not at all." })
  latitude?: number | null;
}

@InputType({ description: "A change to one community. What is left out stays; null empties what may be empty." })
export class UpdateCommunityInput extends CommandInput {
  @Field(() => ID, { description: "The community's id." })
  id: string;

  @Field(() => Int, { description: "The version that the change was made against." })
  expectedVersion: number;

  @Field(() => String, { nullable: true, description: "The new official name, 1 to 100 characters." })
  name?: string | null;

  @Field(() => [String], { nullable: true, description: "All traits from now on: words, or codes of the list `CommunityTrait`." })
  traits?: string[] | null;

  @Field(() => String, { nullable: true, description: "At most 2,000 characters." })
  description?: string | null;

  @Field(() => Float, { nullable: true, description: "Degrees east; together with the latitude." })
  longitude?: number | null;

  @Field(() => Float, { nullable: true, description: "Degrees north; together with the longitude." })
  latitude?: number | null;
}

@InputType({ description: "One community of a bulk import." })
export class CommunityRow {
  @Field(() => IdentifierSchemeEnum, { description: "Who gave the identifier." })
  scheme: IdentifierScheme;

  @Field({ description: "The identifier; a record with it is updated." })
  identifier: string;

  @Field({ description: "The official name, 1 to 100 characters." })
  name: string;

  @Field(() => CommunityKindEnum, { description: "What kind of neighbourhood it is." })
  kind: CommunityKind;

  @Field(() => ID, { description: "The code of the region it lies in." })
  regionCode: string;

  @Field(() => [String], {
    nullable: true,
    description: "What characterises it: words, or codes of the list `CommunityTrait`; stays as it is when left out.",
  })
  traits?: string[] | null;

  @Field(() => String, { nullable: true, description: "At most 2,000 characters." })
  description?: string | null;

  @Field(() => Float, { nullable: true, description: "Degrees east; together with the latitude." })
  longitude?: number | null;

  @Field(() => Float, { nullable: true, description: "Degrees north; together with the longitude." })
  latitude?: number | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from." })
  source?: string | null;
}

@InputType({ description: "Communities to create or update, found again by scheme and identifier." })
export class ImportCommunitiesInput extends BulkInput {
  @Field(() => [CommunityRow], { description: "At most 2,000 rows." })
  rows: CommunityRow[];
}
