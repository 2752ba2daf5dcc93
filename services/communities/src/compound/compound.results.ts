import { AlreadyExists, BulkOutcome, IdempotencyConflict, VersionConflict } from "@gongjian/subgraph";
import { createUnionType } from "type-graphql";
import { Compound } from "./compound.type";

export const CreateCompoundResult = createUnionType({
  name: "CreateCompoundResult",
  description: "The answer of `createCompound`.",
  types: () => [Compound, AlreadyExists, IdempotencyConflict] as const,
});

export const UpdateCompoundResult = createUnionType({
  name: "UpdateCompoundResult",
  description: "The answer of `updateCompound`.",
  types: () => [Compound, AlreadyExists, VersionConflict, IdempotencyConflict] as const,
});

export const ImportCompoundsResult = createUnionType({
  name: "ImportCompoundsResult",
  description: "The answer of `importCompounds`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
