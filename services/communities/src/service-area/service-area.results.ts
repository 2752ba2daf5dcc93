import { BulkOutcome, IdempotencyConflict, VersionConflict } from "@gongjian/subgraph";
import { createUnionType } from "type-graphql";
import { Organisation } from "../organisation/organisation.type";

export const SetServiceAreasResult = createUnionType({
  name: "SetServiceAreasResult",
  description: "The answer of `setServiceAreas`.",
  types: () => [Organisation, VersionConflict, IdempotencyConflict] as const,
});
export const ImportServiceAreasResult = createUnionType({
  name: "ImportServiceAreasResult",
  description: "The answer of `importServiceAreas`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
