import { AlreadyExists, BulkOutcome, IdempotencyConflict, VersionConflict } from "@gongjian/subgraph";
import { createUnionType } from "type-graphql";
import { Honour } from "./honour.type";

export const CreateHonourResult = createUnionType({
  name: "CreateHonourResult",
  description: "The answer of `createHonour`.",
  types: () => [Honour, AlreadyExists, IdempotencyConflict] as const,
});

export const UpdateHonourResult = createUnionType({
  name: "UpdateHonourResult",
  description: "The answer of `updateHonour`.",
  types: () => [Honour, AlreadyExists, VersionConflict, IdempotencyConflict] as const,
});

export const ImportHonoursResult = createUnionType({
  name: "ImportHonoursResult",
  description: "The answer of `importHonours`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
