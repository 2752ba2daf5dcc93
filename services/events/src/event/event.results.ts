import type { EventState } from "@gongjian/entities-events";
import { AlreadyExists, BulkOutcome, IdempotencyConflict, VersionConflict, type InputProblem } from "@gongjian/subgraph";
import { createUnionType, Field, ObjectType } from "type-graphql";
import { Event, EventStateEnum } from "./event.type";

@ObjectType({
  description: "The event does not stand where the step starts: only a draft is published, only a published event is cancelled.",
})
export class WrongEventState {
  readonly __typename = "WrongEventState" as const;

  @Field({ description: "A constant sentence for people." })
  message: string;

  @Field(() => EventStateEnum, { description: "The state that the event has now." })
  state: EventState;
}

export const wrongEventState = (state: EventState): WrongEventState => ({
  __typename: "WrongEventState",
  message: "The event is not in the state that this step starts from.",
  state,
});

/** A value that only one record may have and that this one may not, whatever the reason. */
export const unavailable = (field: string): InputProblem => ({
  field,
  code: "UNAVAILABLE",
  message: "This value cannot be used here. Choose another, or leave it out.",
});

export const CreateEventResult = createUnionType({
  name: "CreateEventResult",
  description:
    "The answer of `createEvent`. `AlreadyExists` when an event that you may see has the key or the edition; the problem `UNAVAILABLE` when it cannot be used for another reason.",
  types: () => [Event, AlreadyExists, IdempotencyConflict] as const,
});

export const UpdateEventResult = createUnionType({
  name: "UpdateEventResult",
  description: "The answer of `updateEvent`. `AlreadyExists` when the series has another event of that edition.",
  types: () => [Event, VersionConflict, AlreadyExists, IdempotencyConflict] as const,
});

export const PublishEventResult = createUnionType({
  name: "PublishEventResult",
  description: "The answer of `publishEvent`.",
  types: () => [Event, VersionConflict, WrongEventState, IdempotencyConflict] as const,
});

export const CancelEventResult = createUnionType({
  name: "CancelEventResult",
  description: "The answer of `cancelEvent`.",
  types: () => [Event, VersionConflict, WrongEventState, IdempotencyConflict] as const,
});

export const ImportEventsResult = createUnionType({
  name: "ImportEventsResult",
  description: "The answer of `importEvents`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
