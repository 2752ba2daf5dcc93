import type { OrganisationKind } from "@gongjian/entities-communities";
import { BulkInput, CommandInput, enumType, PageArgs } from "@gongjian/subgraph";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";
import { OrganisationKindEnum } from "./organisation.type";

@InputType({ description: "Which organisations to list." })
export class OrganisationFilter {
  @Field(() => ID, { nullable: true, description: "Only organisations of this region, at any depth, or managed by it." })
  within?: string | null;

  @Field(() => OrganisationKindEnum, { nullable: true, description: "Only this kind." })
  kind?: OrganisationKind | null;

  @Field(() => String, { nullable: true, description: "Only those that can do this, as it is written in `capabilities`." })
  capability?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Only illustrative ones, or only real ones." })
  illustrative?: boolean | null;

  @Field(() => String, { nullable: true, description: "Only names that match: either script, pinyin or initials." })
  search?: string | null;
}

export type OrganisationOrder = "NAME_ASC" | "NAME_DESC";
export const OrganisationOrderEnum = enumType<OrganisationOrder>("OrganisationOrder", "How to order organisations.", {
  NAME_ASC: "By name.",
  NAME_DESC: "By name, backwards.",
});

@ArgsType()
export class OrganisationsArgs extends PageArgs {
  @Field(() => OrganisationFilter, { nullable: true, description: "Which organisations to list; all when left out." })
  filter?: OrganisationFilter | null;

  @Field(() => OrganisationOrderEnum, { nullable: true, description: "The order; by name when left out." })
  orderBy?: OrganisationOrder | null;
}

@InputType({ description: "A new organisation." })
export class CreateOrganisationInput extends CommandInput {
  @Field({ description: "The full name, 1 to 200 characters." })
  name: string;

  @Field(() => OrganisationKindEnum, { description: "What kind of body it is." })
  kind: OrganisationKind;

  @Field(() => String, { nullable: true, description: "An external key, 1 to 100 characters, unique." })
  key?: string | null;

  @Field(() => String, { nullable: true, description: "Unified social credit code: 18 characters with a right check character, unique." })
  creditCode?: string | null;

  @Field(() => ID, { nullable: true, description: "The code of the region it belongs to." })
  regionCode?: string | null;

  @Field(() => [String], { nullable: true, description: "What it can do; at most 30 of at most 50 characters." })
  capabilities?: string[] | null;

  @Field(() => String, { nullable: true, description: "At most 2,000 characters." })
  description?: string | null;
}

@InputType({ description: "A change to one organisation. What is left out stays; null empties what may be empty." })
export class UpdateOrganisationInput extends CommandInput {
  @Field(() => ID, { description: "The organisation's id." })
  id: string;

  @Field(() => Int, { description: "The version that the change was made against." })
  expectedVersion: number;

  @Field(() => String, { nullable: true, description: "The new full name, 1 to 200 characters." })
  name?: string | null;

  @Field(() => String, { nullable: true, description: "The new unified social credit code." })
  creditCode?: string | null;

  @Field(() => [String], { nullable: true, description: "All capabilities from now on." })
  capabilities?: string[] | null;

  @Field(() => String, { nullable: true, description: "At most 2,000 characters." })
  description?: string | null;
}

@InputType({ description: "One organisation of a bulk import." })
export class OrganisationRow {
  @Field({ description: "The external key; a record with it is updated." })
  key: string;

  @Field({ description: "The full name, 1 to 200 characters." })
  name: string;

  @Field(() => OrganisationKindEnum, { description: "What kind of body it is." })
  kind: OrganisationKind;

  @Field(() => String, { nullable: true, description: "Unified social credit code." })
  creditCode?: string | null;

  @Field(() => ID, { nullable: true, description: "The code of the region it belongs to." })
  regionCode?: string | null;

  @Field(() => [String], { nullable: true, description: "What it can do." })
  capabilities?: string[] | null;

  @Field(() => String, { nullable: true, description: "At most 2,000 characters." })
  description?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Made up to show how the platform works." })
  illustrative?: boolean | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from." })
  source?: string | null;
}

@InputType({ description: "Organisations to create or update, found again by external key." })
export class ImportOrganisationsInput extends BulkInput {
  @Field(() => [OrganisationRow], { description: "At most 2,000 rows." })
  rows: OrganisationRow[];
}
