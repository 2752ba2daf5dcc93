import type { Precision } from "@gongjian/entities-communities";
import { BulkInput, CommandInput, DateScalar } from "@gongjian/subgraph";
import { Field, ID, InputType, Int } from "type-graphql";
import { PrecisionEnum } from "./population.type";

@InputType({ description: "An ethnic group named in a snapshot." })
export class EthnicGroupInput {
  @Field({ description: "The code (numeric or alphabetic, GB/T 3304) or the Chinese name." })
  group: string;

  @Field(() => Int, { nullable: true, description: "How many people, where it was counted." })
  count?: number | null;
}

@InputType({ description: "The figures of one community on one day." })
export class PopulationSnapshotRow {
  @Field(() => ID, { description: "The community's id." })
  communityId: string;

  @Field(() => DateScalar, { description: "The day that the figures are of; a snapshot of that day is updated." })
  asOf: string;

  @Field(() => Int, { nullable: true, description: "People who live there, 0 to 10,000,000." })
  residents?: number | null;

  @Field(() => PrecisionEnum, { nullable: true, description: "How exact the number of residents is; EXACT when left out." })
  residentsPrecision?: Precision | null;

  @Field(() => Int, { nullable: true, description: "Households, 0 to 10,000,000." })
  households?: number | null;

  @Field(() => Int, { nullable: true, description: "Residential compounds, 0 to 10,000." })
  compounds?: number | null;

  @Field(() => Int, { nullable: true, description: "How many ethnic groups live there, 1 to 56." })
  ethnicGroupCount?: number | null;

  @Field(() => [EthnicGroupInput], { nullable: true, description: "The ethnic groups that are named." })
  ethnicGroups?: EthnicGroupInput[] | null;

  @Field(() => String, { nullable: true, description: "Where the figures come from." })
  source?: string | null;
}

@InputType({ description: "A population snapshot to record." })
export class RecordPopulationInput extends CommandInput {
  @Field(() => PopulationSnapshotRow, { description: "The figures." })
  snapshot: PopulationSnapshotRow;
}

@InputType({ description: "Population snapshots to create or update, found again by community and day." })
export class ImportPopulationsInput extends BulkInput {
  @Field(() => [PopulationSnapshotRow], { description: "At most 2,000 rows." })
  rows: PopulationSnapshotRow[];
}
