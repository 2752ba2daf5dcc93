import { CommandInput, DateScalar, PageArgs } from "@gongjian/subgraph";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";

@InputType({ description: "That a community or an organisation, exactly one, takes up a practice." })
export class AdoptPracticeInput extends CommandInput {
  @Field(() => ID, { description: "The practice's id." })
  practiceId: string;

  @Field(() => ID, { nullable: true, description: "The id of the community that adopts it." })
  communityId?: string | null;

  @Field(() => ID, { nullable: true, description: "The id of the organisation that adopts it." })
  organisationId?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "Since which day, not in the future; today when left out." })
  since?: string | null;

  @Field(() => String, { nullable: true, description: "How it is taken up, at most 500 characters." })
  note?: string | null;
}

@InputType({ description: "That the adopter of a practice no longer works by it." })
export class WithdrawPracticeAdoptionInput extends CommandInput {
  @Field(() => ID, { description: "The adoption's id." })
  id: string;

  @Field(() => Int, { description: "The version that the decision was made against." })
  expectedVersion: number;

  @Field(() => DateScalar, { nullable: true, description: "The last day, not in the future and not before it began; today when left out." })
  endedOn?: string | null;
}

@ArgsType()
export class PracticeAdoptionsArgs extends PageArgs {
  @Field(() => Boolean, {
    nullable: true,
    description: "True: only those that hold; false: only those that were given up; all when left out.",
  })
  current?: boolean | null;
}
