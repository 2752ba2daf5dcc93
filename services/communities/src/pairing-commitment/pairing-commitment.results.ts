import { BulkOutcome, IdempotencyConflict, VersionConflict } from "@gongjian/subgraph";
import { createUnionType } from "type-graphql";
import { PairingStepRefused } from "../pairing/pairing.results";
import { PairingCommitment } from "./pairing-commitment.type";

export const AddCommitmentResult = createUnionType({
  name: "AddCommitmentResult",
  description: "The answer of `addCommitment`.",
  types: () => [PairingCommitment, PairingStepRefused, IdempotencyConflict] as const,
});
export const CompleteCommitmentResult = createUnionType({
  name: "CompleteCommitmentResult",
  description: "The answer of `completeCommitment`.",
  types: () => [PairingCommitment, PairingStepRefused, VersionConflict, IdempotencyConflict] as const,
});
export const ImportPairingCommitmentsResult = createUnionType({
  name: "ImportPairingCommitmentsResult",
  description: "The answer of `importPairingCommitments`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
