import { CommandInput } from "@gongjian/subgraph";
import { Field, ID, InputType } from "type-graphql";

@InputType({ description: "A letter to issue." })
export class IssueLetterInput extends CommandInput {
  @Field(() => ID, { description: "The appointment's id. It must say who confers it." })
  appointmentId: string;
}
