import { BulkOutcome, IdempotencyConflict } from "@gongjian/subgraph";
import { createUnionType } from "type-graphql";

export const ImportTeamsResult = createUnionType({
  name: "ImportTeamsResult",
  description: "The answer of `importTeams`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
export const ImportTeamActivitiesResult = createUnionType({
  name: "ImportTeamActivitiesResult",
  description: "The answer of `importTeamActivities`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
