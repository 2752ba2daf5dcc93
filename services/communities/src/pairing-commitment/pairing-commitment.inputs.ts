import { BulkInput, CommandInput, DateScalar, PageArgs } from "@gongjian/subgraph";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";
import { PairingMemberInput } from "../pairing/pairing.inputs";
import { CommitmentStatusEnum, type CommitmentStatus } from "./pairing-commitment.type";

@ArgsType()
export class PairingCommitmentsArgs extends PageArgs {
  @Field(() => [CommitmentStatusEnum], { nullable: true, description: "Only those that stand so today; all but DROPPED when left out." })
  statuses?: CommitmentStatus[] | null;
}

@InputType({ description: "Which commitments to list. All conditions must hold." })
export class CommitmentFilter {
  @Field(() => ID, { nullable: true, description: "Only those whose owner lies in this region, at any depth, or is managed by it." })
  ownerWithin?: string | null;

  @Field(() => [CommitmentStatusEnum], { nullable: true, description: "Only those that stand so today; all but DROPPED when left out." })
  statuses?: CommitmentStatus[] | null;

  @Field(() => DateScalar, { nullable: true, description: "Only those due before this day." })
  dueBefore?: string | null;
}

@ArgsType()
export class CommitmentsArgs extends PageArgs {
  @Field(() => CommitmentFilter, { nullable: true, description: "Which to list; all when left out." })
  filter?: CommitmentFilter | null;
}

@InputType({ description: "A commitment to enter." })
export class AddCommitmentInput extends CommandInput {
  @Field(() => ID, { description: "The pairing, which must hold." })
  pairingId: string;

  @Field(() => PairingMemberInput, { description: "Which party does it." })
  owner: PairingMemberInput;

  @Field({ description: "What is to be done, 1 to 500 characters." })
  title: string;

  @Field(() => DateScalar, { description: "By when: not before the parties first signed." })
  dueOn: string;
}

@InputType({ description: "What a commitment should have said. What is left out or null stays as it was." })
export class UpdateCommitmentInput extends CommandInput {
  @Field(() => ID, { description: "The commitment." })
  id: string;

  @Field(() => Int, { description: "The version that you read." })
  expectedVersion: number;

  @Field({ description: "Why, 1 to 500 characters. The audit keeps it." })
  reason: string;

  @Field(() => String, { nullable: true, description: "What is to be done, 1 to 500 characters." })
  title?: string | null;

  @Field(() => PairingMemberInput, { nullable: true, description: "Which party does it." })
  owner?: PairingMemberInput | null;

  @Field(() => DateScalar, { nullable: true, description: "By when: not before the parties first signed." })
  dueOn?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "Of one that is DONE: the day." })
  doneOn?: string | null;

  @Field(() => String, { nullable: true, description: "Of one that is DONE: what shows it, 1 to 1,000 characters. Everybody reads it." })
  evidence?: string | null;
}

@InputType({ description: "A commitment that should not stand on the list." })
export class DropCommitmentInput extends CommandInput {
  @Field(() => ID, { description: "The commitment." })
  id: string;

  @Field(() => Int, { description: "The version that you read." })
  expectedVersion: number;

  @Field({ description: "Why, 1 to 500 characters. Everybody reads it." })
  reason: string;
}

@InputType({ description: "The report that a commitment is done." })
export class CompleteCommitmentInput extends CommandInput {
  @Field(() => ID, { description: "The commitment." })
  id: string;

  @Field(() => Int, { description: "The version that you read." })
  expectedVersion: number;

  @Field({ description: "What shows that it was done, 1 to 1,000 characters. Everybody reads it." })
  evidence: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: "The day; today when left out, never later, nor before the parties first signed.",
  })
  doneOn?: string | null;
}

@InputType({ description: "One commitment of a bulk import." })
export class PairingCommitmentRow {
  @Field({ description: "The external key, 1 to 100 characters; a record with it is updated." })
  key: string;

  @Field({ description: "The external key of the pairing." })
  pairingKey: string;

  @Field(() => PairingMemberInput, { description: "Which party does it." })
  owner: PairingMemberInput;

  @Field({ description: "What is to be done, 1 to 500 characters." })
  title: string;

  @Field(() => DateScalar, { description: "By when." })
  dueOn: string;

  @Field(() => DateScalar, { nullable: true, description: "The day on which it was done; with `evidence`." })
  doneOn?: string | null;

  @Field(() => String, { nullable: true, description: "What shows that it was done; with `doneOn`." })
  evidence?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether it is made up to show a mechanism; no when left out." })
  illustrative?: boolean | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from." })
  source?: string | null;
}

@InputType({ description: "Commitments to create or update, found again by external key." })
export class ImportPairingCommitmentsInput extends BulkInput {
  @Field(() => [PairingCommitmentRow], { description: "At most 2,000 rows." })
  rows: PairingCommitmentRow[];
}
