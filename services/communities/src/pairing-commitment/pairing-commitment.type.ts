import { connectionOf, DateScalar, enumType, HanTextScalar } from "@gongjian/subgraph";
import { Field, ID, Int, ObjectType } from "type-graphql";

export type CommitmentStatus = "OPEN" | "DONE" | "OVERDUE" | "DROPPED";
export const CommitmentStatusEnum = enumType<CommitmentStatus>("CommitmentStatus", "How a commitment stands today, in China's time.", {
  OPEN: "Not done, and its day has not passed.",
  DONE: "Done, with evidence.",
  OVERDUE: "Not done, and its day has passed.",
  DROPPED: "Taken off the list with a reason, e.g. because it was entered by mistake. For good.",
});

@ObjectType({ description: "What a party of a pairing promised to do by a day: one line of its list of tasks (任务清单)." })
export class PairingCommitment {
  @Field(() => ID, { description: "The platform's id of the commitment." })
  id: string;

  @Field(() => String, { nullable: true, description: "The external key that imports find it again by." })
  key: string | null;

  @Field(() => HanTextScalar, { description: "What is to be done." })
  title: string;

  @Field(() => CommitmentStatusEnum, { description: "How it stands today." })
  status: CommitmentStatus;

  @Field(() => DateScalar, { description: "By when." })
  dueOn: string;

  @Field(() => DateScalar, { nullable: true, description: "The day on which it was done." })
  doneOn: string | null;

  @Field(() => HanTextScalar, { nullable: true, description: "What shows that it was done." })
  evidence: string | null;

  @Field(() => DateScalar, { nullable: true, description: "With DROPPED: the day on which that was said." })
  droppedOn: string | null;

  @Field(() => HanTextScalar, { nullable: true, description: "With DROPPED: why." })
  dropReason: string | null;

  @Field({ description: "Whether it is made up to show a mechanism." })
  illustrative: boolean;

  @Field(() => String, { nullable: true, description: "Where the record comes from, e.g. the id of a report." })
  source: string | null;

  @Field(() => Int, { description: "Rises with every change; pass it as `expectedVersion`." })
  version: number;

  pairingId: string;
  ownerId: string;
}

export const PairingCommitmentConnection = connectionOf(PairingCommitment, "PairingCommitment");
