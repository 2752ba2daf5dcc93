import { BulkOutcome, IdempotencyConflict } from "@gongjian/subgraph";
import { createUnionType } from "type-graphql";

export const ImportServiceContactsResult = createUnionType({
  name: "ImportServiceContactsResult",
  description: "The answer of `importServiceContacts`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
