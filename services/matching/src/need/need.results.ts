import { AlreadyExists, BulkOutcome, IdempotencyConflict, VersionConflict } from "@gongjian/subgraph";
import { createUnionType } from "type-graphql";
import { RoundClosed } from "../round/round.results";
import { Need } from "./need.type";

export const CreateNeedResult = createUnionType({
  name: "CreateNeedResult",
  description: "The answer of `createNeed`.",
  types: () => [Need, RoundClosed, AlreadyExists, IdempotencyConflict] as const,
});
export const UpdateNeedResult = createUnionType({
  name: "UpdateNeedResult",
  description: "The answer of `updateNeed` and `withdrawNeed`.",
  types: () => [Need, RoundClosed, VersionConflict, IdempotencyConflict] as const,
});
export const ImportNeedsResult = createUnionType({
  name: "ImportNeedsResult",
  description: "The answer of `importNeeds`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
