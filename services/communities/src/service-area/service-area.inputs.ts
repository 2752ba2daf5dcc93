import { BulkInput, CommandInput, PageArgs } from "@gongjian/subgraph";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";

@InputType({ description: "Where an organisation serves from now on, instead of what was said before." })
export class SetServiceAreasInput extends CommandInput {
  @Field(() => ID, { description: "The organisation's id." })
  organisationId: string;

  @Field(() => Int, { description: "The organisation's version that the change was made against." })
  expectedVersion: number;

  @Field(() => [ID], { description: "The codes of the regions that it serves as a whole." })
  regionCodes: string[];

  @Field(() => [ID], { description: "The ids of the communities that it serves; with the regions at most 100." })
  communityIds: string[];
}

@InputType({ description: "Where one organisation serves, instead of what was said before." })
export class ServiceAreasRow {
  @Field(() => ID, { description: "The organisation's id." })
  organisationId: string;

  @Field(() => [ID], { nullable: true, description: "The codes of the regions that it serves as a whole." })
  regionCodes?: string[] | null;

  @Field(() => [ID], { nullable: true, description: "The ids of the communities that it serves; with the regions at most 100." })
  communityIds?: string[] | null;
}

@InputType({ description: "Where organisations serve, one row an organisation." })
export class ImportServiceAreasInput extends BulkInput {
  @Field(() => [ServiceAreasRow], { description: "At most 2,000 rows." })
  rows: ServiceAreasRow[];
}

@ArgsType()
export class ServingArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: "Only those that can do this, as it is written in `capabilities`." })
  capability?: string | null;
}
