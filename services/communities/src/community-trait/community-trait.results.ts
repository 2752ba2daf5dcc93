import { BulkOutcome, IdempotencyConflict } from "@gongjian/subgraph";
import { createUnionType } from "type-graphql";

export const ImportCommunityTraitsResult = createUnionType({
  name: "ImportCommunityTraitsResult",
  description: "The answer of `importCommunityTraits`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
