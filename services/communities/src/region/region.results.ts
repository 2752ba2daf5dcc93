import { BulkOutcome, IdempotencyConflict, VersionConflict } from "@gongjian/subgraph";
import { createUnionType } from "type-graphql";
import { Region } from "./region.type";

export const ImportRegionsResult = createUnionType({
  name: "ImportRegionsResult",
  description: "The answer of `importRegions`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});

export const UpdateRegionResult = createUnionType({
  name: "UpdateRegionResult",
  description: "The answer of `updateRegion`.",
  types: () => [Region, VersionConflict, IdempotencyConflict] as const,
});
