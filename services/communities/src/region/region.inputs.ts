import type { IdentifierScheme, RegionKind, RegionLevel } from "@gongjian/entities-communities";
import { BulkInput, CommandInput, enumType, PageArgs } from "@gongjian/subgraph";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";
import { IdentifierSchemeEnum, RegionKindEnum, RegionLevelEnum } from "./region.type";

@InputType({ description: "Which regions to list." })
export class RegionFilter {
  @Field(() => RegionLevelEnum, { nullable: true, description: "Only this level." })
  level?: RegionLevel | null;

  @Field(() => RegionKindEnum, { nullable: true, description: "Only this kind." })
  kind?: RegionKind | null;

  @Field(() => ID, { nullable: true, description: "Only this region and all that lies below it or is managed by it." })
  within?: string | null;

  @Field(() => String, { nullable: true, description: "Only names that match: either script, pinyin or initials." })
  search?: string | null;
}

export type RegionOrder = "CODE_ASC" | "CODE_DESC";
export const RegionOrderEnum = enumType<RegionOrder>("RegionOrder", "How to order regions.", {
  CODE_ASC: "By code, lowest first.",
  CODE_DESC: "By code, highest first.",
});

@ArgsType()
export class RegionsArgs extends PageArgs {
  @Field(() => RegionFilter, { nullable: true, description: "Which regions to list; all when left out." })
  filter?: RegionFilter | null;

  @Field(() => RegionOrderEnum, { nullable: true, description: "The order; by code when left out." })
  orderBy?: RegionOrder | null;
}

@InputType({ description: "One region of a bulk import." })
export class RegionRow {
  @Field(() => ID, { description: "The code; a record with it is updated." })
  code: string;

  @Field(() => IdentifierSchemeEnum, { nullable: true, description: "Who gave the code; GONGJIAN when left out." })
  scheme?: IdentifierScheme | null;

  @Field({ description: "The official name, 1 to 100 characters." })
  name: string;

  @Field(() => RegionLevelEnum, { description: "The level in the tree." })
  level: RegionLevel;

  @Field(() => RegionKindEnum, { nullable: true, description: "ADMINISTRATIVE when left out." })
  kind?: RegionKind | null;

  @Field(() => ID, { nullable: true, description: "The code of the region that contains it; it may stand in an earlier row." })
  parentCode?: string | null;

  @Field(() => [ID], { nullable: true, description: "For a zone: the codes of the regions it manages." })
  manages?: string[] | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from." })
  source?: string | null;
}

@InputType({ description: "Regions to create or update, found again by code." })
export class ImportRegionsInput extends BulkInput {
  @Field(() => [RegionRow], { description: "At most 2,000 rows." })
  rows: RegionRow[];
}

@InputType({ description: "A change to one region." })
export class UpdateRegionInput extends CommandInput {
  @Field(() => ID, { description: "The region's code." })
  code: string;

  @Field(() => Int, { description: "The version that the change was made against." })
  expectedVersion: number;

  @Field(() => String, { nullable: true, description: "The new official name, 1 to 100 characters." })
  name?: string | null;

  @Field(() => [ID], { nullable: true, description: "For a zone: the codes of all regions it manages from now on." })
  manages?: string[] | null;
}
