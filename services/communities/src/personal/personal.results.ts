import { AlreadyExists, IdempotencyConflict, VersionConflict } from "@gongjian/subgraph";
import { createUnionType } from "type-graphql";
import { Erasure, IdNumberVerification, PersonalRecord } from "./personal.type";

export const SavePersonalRecordResult = createUnionType({
  name: "SavePersonalRecordResult",
  description: "The answer of `savePersonalRecord`. `AlreadyExists`: somebody else's record has this ID number.",
  types: () => [PersonalRecord, VersionConflict, AlreadyExists, IdempotencyConflict] as const,
});

export const VerifyIdNumberResult = createUnionType({
  name: "VerifyIdNumberResult",
  description: "The answer of `verifyIdNumber`.",
  types: () => [IdNumberVerification, IdempotencyConflict] as const,
});

export const ErasePersonalDataResult = createUnionType({
  name: "ErasePersonalDataResult",
  description: "The answer of `erasePersonalData`.",
  types: () => [Erasure, IdempotencyConflict] as const,
});
