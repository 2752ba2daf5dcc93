import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { ImportEventsInput } from "./event.import.inputs";
import { ChangeEventStateInput, CreateEventInput, UpdateEventInput } from "./event.inputs";
import { CancelEventResult, CreateEventResult, ImportEventsResult, PublishEventResult, UpdateEventResult } from "./event.results";

@Resolver()
export class EventMutations {
  @Mutation(() => CreateEventResult, { description: "Enters an event as a draft." })
  @Access("officers of the event's region, and administrators")
  createEvent(
    @Arg("input", () => CreateEventInput, { description: "The event." }) input: CreateEventInput,
    @Ctx() context: Context,
  ): Promise<typeof CreateEventResult> {
    return context.events.create(input) as Promise<typeof CreateEventResult>;
  }

  @Mutation(() => UpdateEventResult, { description: "Changes an event." })
  @Access("officers of the event's region, workers and representatives of the parties that hold it, and administrators")
  updateEvent(
    @Arg("input", () => UpdateEventInput, { description: "The change." }) input: UpdateEventInput,
    @Ctx() context: Context,
  ): Promise<typeof UpdateEventResult> {
    return context.events.update(input) as Promise<typeof UpdateEventResult>;
  }

  @Mutation(() => PublishEventResult, { description: "Announces a draft to everybody." })
  @Access("officers of the event's region, and administrators")
  publishEvent(
    @Arg("input", () => ChangeEventStateInput, { description: "Which event." }) input: ChangeEventStateInput,
    @Ctx() context: Context,
  ): Promise<typeof PublishEventResult> {
    return context.events.step("publish", input) as Promise<typeof PublishEventResult>;
  }

  @Mutation(() => CancelEventResult, { description: "Cancels a published event. It stays visible as cancelled." })
  @Access("officers of the event's region, and administrators")
  cancelEvent(
    @Arg("input", () => ChangeEventStateInput, { description: "Which event." }) input: ChangeEventStateInput,
    @Ctx() context: Context,
  ): Promise<typeof CancelEventResult> {
    return context.events.step("cancel", input) as Promise<typeof CancelEventResult>;
  }

  @Mutation(() => ImportEventsResult, { description: "Creates or updates events by key, row by row." })
  @Access("officers of each row's region, and administrators")
  importEvents(
    @Arg("input", () => ImportEventsInput, { description: "The events." }) input: ImportEventsInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportEventsResult> {
    return context.events.import(input) as Promise<typeof ImportEventsResult>;
  }
}
