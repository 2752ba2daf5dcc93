import { AlreadyExists, BulkOutcome, IdempotencyConflict, VersionConflict } from "@gongjian/subgraph";
import { createUnionType } from "type-graphql";
import { Organisation } from "./organisation.type";

export const CreateOrganisationResult = createUnionType({
  name: "CreateOrganisationResult",
  description: "The answer of `createOrganisation`.",
  types: () => [Organisation, AlreadyExists, IdempotencyConflict] as const,
});

export const UpdateOrganisationResult = createUnionType({
  name: "UpdateOrganisationResult",
  description: "The answer of `updateOrganisation`.",
  types: () => [Organisation, VersionConflict, AlreadyExists, IdempotencyConflict] as const,
});

export const ImportOrganisationsResult = createUnionType({
  name: "ImportOrganisationsResult",
  description: "The answer of `importOrganisations`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
