import { PublicBecause, type Page, wellFormed } from "@gongjian/subgraph";
import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import type { Context } from "../context";
import { EventsArgs } from "./event.inputs";
import { Event, EventConnection } from "./event.type";

@Resolver()
export class EventQueries {
  @Query(() => Event, { nullable: true, description: "The event with an id; null when there is none, or when you may not see it." })
  @PublicBecause("published events are public; drafts are shown to those who may change them")
  event(@Arg("id", () => ID, { description: "The event's id." }) id: string, @Ctx() context: Context): Promise<Event | null> {
    return context.events.byId(wellFormed(id));
  }

  @Query(() => Event, {
    nullable: true,
    description: "The event with an external key; null when there is none, or when you may not see it.",
  })
  @PublicBecause("published events are public; drafts are shown to those who may change them")
  eventByKey(
    @Arg("key", () => String, { description: "The event's external key." }) key: string,
    @Ctx() context: Context,
  ): Promise<Event | null> {
    return context.events.byKey(key);
  }

  @Query(() => EventConnection, { description: "Events that you may see, filtered and in order." })
  @PublicBecause("published events are public; drafts are shown to those who may change them")
  events(@Args(() => EventsArgs) args: EventsArgs, @Ctx() context: Context): Promise<Page<Event>> {
    return context.events.list(args);
  }
}
