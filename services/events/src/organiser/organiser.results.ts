import { BulkOutcome, IdempotencyConflict, VersionConflict } from "@gongjian/subgraph";
import { createUnionType } from "type-graphql";
import { Event } from "../event/event.type";

export const SetOrganisersResult = createUnionType({
  name: "SetOrganisersResult",
  description: "The answer of `setOrganisers`.",
  types: () => [Event, VersionConflict, IdempotencyConflict] as const,
});

export const ImportOrganisersResult = createUnionType({
  name: "ImportOrganisersResult",
  description: "The answer of `importOrganisers`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
