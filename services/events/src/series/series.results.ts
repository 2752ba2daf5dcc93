import { AlreadyExists, BulkOutcome, IdempotencyConflict, VersionConflict } from "@gongjian/subgraph";
import { createUnionType } from "type-graphql";
import { EventSeries } from "./series.type";

export const CreateEventSeriesResult = createUnionType({
  name: "CreateEventSeriesResult",
  description: "The answer of `createEventSeries`.",
  types: () => [EventSeries, AlreadyExists, IdempotencyConflict] as const,
});

export const UpdateEventSeriesResult = createUnionType({
  name: "UpdateEventSeriesResult",
  description: "The answer of `updateEventSeries`.",
  types: () => [EventSeries, VersionConflict, IdempotencyConflict] as const,
});

export const ImportEventSeriesResult = createUnionType({
  name: "ImportEventSeriesResult",
  description: "The answer of `importEventSeries`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
