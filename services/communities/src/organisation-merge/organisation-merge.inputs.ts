import { CommandInput } from "@gongjian/subgraph";
import { Field, ID, InputType, Int } from "type-graphql";

@InputType({ description: "Two records of one organisation, to become one." })
export class MergeOrganisationsInput extends CommandInput {
  @Field(() => ID, { description: "The record that stays." })
  keepId: string;

  @Field(() => Int, { description: "The version of the record that stays, as it was compared." })
  keepVersion: number;

  @Field(() => ID, { description: "The record that is merged into it." })
  mergeId: string;

  @Field(() => Int, { description: "The version of the record that is merged, as it was compared." })
  mergeVersion: number;
}
