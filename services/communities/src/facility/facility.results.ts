import { AlreadyExists, BulkOutcome, IdempotencyConflict, VersionConflict } from "@gongjian/subgraph";
import { createUnionType } from "type-graphql";
import { Facility } from "./facility.type";

export const CreateFacilityResult = createUnionType({
  name: "CreateFacilityResult",
  description: "The answer of `createFacility`.",
  types: () => [Facility, AlreadyExists, IdempotencyConflict] as const,
});

export const UpdateFacilityResult = createUnionType({
  name: "UpdateFacilityResult",
  description: "The answer of `updateFacility`.",
  types: () => [Facility, VersionConflict, IdempotencyConflict] as const,
});

export const ImportFacilitiesResult = createUnionType({
  name: "ImportFacilitiesResult",
  description: "The answer of `importFacilities`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
