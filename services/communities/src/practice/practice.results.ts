import { AlreadyExists, BulkOutcome, IdempotencyConflict, VersionConflict } from "@gongjian/subgraph";
import { createUnionType } from "type-graphql";
import { Practice } from "./practice.type";

export const CreatePracticeResult = createUnionType({
  name: "CreatePracticeResult",
  description: "The answer of `createPractice`.",
  types: () => [Practice, AlreadyExists, IdempotencyConflict] as const,
});

export const UpdatePracticeResult = createUnionType({
  name: "UpdatePracticeResult",
  description: "The answer of `updatePractice`.",
  types: () => [Practice, AlreadyExists, VersionConflict, IdempotencyConflict] as const,
});

export const ImportPracticesResult = createUnionType({
  name: "ImportPracticesResult",
  description: "The answer of `importPractices`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
