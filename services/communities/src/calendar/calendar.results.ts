import { BulkOutcome, IdempotencyConflict } from "@gongjian/subgraph";
import { createUnionType } from "type-graphql";

export const ImportCalendarDaysResult = createUnionType({
  name: "ImportCalendarDaysResult",
  description: "The answer of `importCalendarDays`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
