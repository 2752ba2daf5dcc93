import { BulkInput, CommandInput, DateScalar, PageArgs } from "@gongjian/subgraph";
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

@InputType({ description: "The community or organisation that adopts a practice: exactly one." })
export class PracticeAdopterInput {
  @Field(() => ID, { nullable: true, description: "The id of a community." })
  communityId?: string | null;

  @Field(() => ID, { nullable: true, description: "The id of an organisation." })
  organisationId?: string | null;
}

@InputType({ description: "One adoption of a bulk import." })
export class PracticeAdoptionRow {
  @Field({ description: "The external key, 1 to 100 characters; a record with it is updated." })
  key: string;

  @Field({ description: "The external key of the practice." })
  practiceKey: string;

  @Field(() => PracticeAdopterInput, { description: "Who adopted it." })
  adopter: PracticeAdopterInput;

  @Field(() => DateScalar, { description: "Since which day, not in the future." })
  since: string;

  @Field(() => DateScalar, { nullable: true, description: "The last day, not in the future; left out while the adopter works by it." })
  endedOn?: string | null;

  @Field(() => String, { nullable: true, description: "How it was taken up, at most 500 characters." })
  note?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Made up to show how the platform works; no when left out." })
  illustrative?: boolean | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from." })
  source?: string | null;
}

@InputType({ description: "Adoptions of practices to create or update, found again by external key." })
export class ImportPracticeAdoptionsInput extends BulkInput {
  @Field(() => [PracticeAdoptionRow], { description: "At most 2,000 rows." })
  rows: PracticeAdoptionRow[];
}

@InputType({ description: "Which adoptions to list. All conditions must hold." })
export class PracticeAdoptionFilter {
  @Field(() => ID, { nullable: true, description: "Only by communities and organisations in this region, at any depth, or managed by it." })
  within?: string | null;

  @Field(() => ID, { nullable: true, description: "Only of practices that are held in this region, at any depth, or managed by it." })
  heldWithin?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "True: only those that hold; false: only those that were given up; all when left out.",
  })
  current?: boolean | null;
}

@ArgsType()
export class AllPracticeAdoptionsArgs extends PageArgs {
  @Field(() => PracticeAdoptionFilter, { nullable: true, description: "Which adoptions to list, the earliest first; all when left out." })
  filter?: PracticeAdoptionFilter | null;
}
