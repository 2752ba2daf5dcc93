import { AlreadyExists, BulkOutcome, IdempotencyConflict } from "@gongjian/subgraph";
import { createUnionType } from "type-graphql";
import { PopulationSnapshot } from "./population.type";

export const RecordPopulationResult = createUnionType({
  name: "RecordPopulationResult",
  description: "The answer of `recordPopulation`.",
  types: () => [PopulationSnapshot, AlreadyExists, IdempotencyConflict] as const,
});

export const ImportPopulationsResult = createUnionType({
  name: "ImportPopulationsResult",
  description: "The answer of `importPopulations`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
