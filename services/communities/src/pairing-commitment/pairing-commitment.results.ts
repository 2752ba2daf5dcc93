import { BulkOutcome, IdempotencyConflict, VersionConflict } from "@gongjian/subgraph";
import { createUnionType, Field, ObjectType } from "type-graphql";
import { PairingStepRefused } from "../pairing/pairing.results";
import { CommitmentStatusEnum, PairingCommitment, type CommitmentStatus } from "./pairing-commitment.type";

@ObjectType({ description: "The commitment is done or dropped already. Nothing was done." })
export class CommitmentSettled {
  readonly __typename = "CommitmentSettled" as const;
  @Field({ description: "A constant sentence for people." })
  message: string;
  @Field(() => CommitmentStatusEnum, { description: "How it stands. One that is DONE can be corrected with `updateCommitment`." })
  status: CommitmentStatus;
}

export const commitmentSettled = (status: CommitmentStatus): CommitmentSettled => ({
  __typename: "CommitmentSettled",
  message: status === "DONE" ? "The commitment is done already." : "The commitment was dropped.",
  status,
});

export const AddCommitmentResult = createUnionType({
  name: "AddCommitmentResult",
  description: "The answer of `addCommitment`.",
  types: () => [PairingCommitment, PairingStepRefused, IdempotencyConflict] as const,
});
export const CompleteCommitmentResult = createUnionType({
  name: "CompleteCommitmentResult",
  description: "The answer of `completeCommitment`.",
  types: () => [PairingCommitment, PairingStepRefused, CommitmentSettled, VersionConflict, IdempotencyConflict] as const,
});
export const UpdateCommitmentResult = createUnionType({
  name: "UpdateCommitmentResult",
  description: "The answer of `updateCommitment`.",
  types: () => [PairingCommitment, PairingStepRefused, CommitmentSettled, VersionConflict, IdempotencyConflict] as const,
});
export const DropCommitmentResult = createUnionType({
  name: "DropCommitmentResult",
  description: "The answer of `dropCommitment`.",
  types: () => [PairingCommitment, PairingStepRefused, CommitmentSettled, VersionConflict, IdempotencyConflict] as const,
});
export const ImportPairingCommitmentsResult = createUnionType({
  name: "ImportPairingCommitmentsResult",
  description: "The answer of `importPairingCommitments`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
