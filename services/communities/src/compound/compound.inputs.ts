import type { CompoundKind } from "@gongjian/entities-communities";
import { BulkInput, CommandInput } from "@gongjian/subgraph";
import { Field, ID, InputType, Int } from "type-graphql";
import { CompoundKindEnum } from "./compound.type";

@InputType({ description: "What a compound is." })
export class CompoundRow {
  @Field(() => ID, { description: "The community's id." })
  communityId: string;

  @Field({ description: "Its name, 1 to 100 characters; in an import, a compound of the community with it is updated." })
  name: string;

  @Field(() => CompoundKindEnum, { description: "What kind of housing it is." })
  kind: CompoundKind;

  @Field(() => Int, { nullable: true, description: "Households, 0 to 1,000,000." })
  households?: number | null;

  @Field(() => Int, { nullable: true, description: "The year in which it was finished, 1000 to 2200." })
  builtYear?: number | null;

  @Field(() => ID, { nullable: true, description: "The organisation that manages the property; instead of `managerName`." })
  managerId?: string | null;

  @Field(() => String, { nullable: true, description: "Who manages it, at most 100 characters; instead of `managerId`." })
  managerName?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Made up to show how the platform works; no when left out." })
  illustrative?: boolean | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from." })
  source?: string | null;
}

@InputType({ description: "A new compound." })
export class CreateCompoundInput extends CommandInput {
  @Field(() => CompoundRow, { description: "What it is." })
  compound: CompoundRow;
}

@InputType({ description: "A change to one compound. What is left out stays; null empties what may be empty." })
export class UpdateCompoundInput extends CommandInput {
  @Field(() => ID, { description: "The compound's id." })
  id: string;

  @Field(() => Int, { description: "The version that the change was made against." })
  expectedVersion: number;

  @Field(() => String, { nullable: true, description: "The new name, 1 to 100 characters." })
  name?: string | null;

  @Field(() => CompoundKindEnum, { nullable: true, description: "What kind of housing it is." })
  kind?: CompoundKind | null;

  @Field(() => Int, { nullable: true, description: "Households, 0 to 1,000,000." })
  households?: number | null;

  @Field(() => Int, { nullable: true, description: "The year in which it was finished, 1000 to 2200." })
  builtYear?: number | null;

  @Field(() => ID, { nullable: true, description: "The organisation that manages the property; it takes the place of a name." })
  managerId?: string | null;

  @Field(() => String, { nullable: true, description: "Who manages it, at most 100 characters; it takes the place of an organisation." })
  managerName?: string | null;
}

@InputType({ description: "Compounds to create or update, found again by community and name." })
export class ImportCompoundsInput extends BulkInput {
  @Field(() => [CompoundRow], { description: "At most 2,000 rows." })
  rows: CompoundRow[];
}
