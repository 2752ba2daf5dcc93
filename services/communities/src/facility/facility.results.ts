import { BulkOutcome, IdempotencyConflict } from "@gongjian/subgraph";
import { createUnionType } from "type-graphql";

export const ImportFacilitiesResult = createUnionType({
  name: "ImportFacilitiesResult",
  description: "The answer of `importFacilities`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
