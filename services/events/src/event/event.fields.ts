import { FirstArg } from "@gongjian/subgraph";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context";
import { Region, regionOf } from "../external/region.type";
import { Organiser } from "../organiser/organiser.type";
import { EventSeries } from "../series/series.type";
import { Session } from "../session/session.type";
import { Event } from "./event.type";

@Resolver(() => Event)
export class EventFields {
  @FieldResolver(() => EventSeries, { nullable: true, description: "The series that it is an edition of." })
  series(@Root() event: Event, @Ctx() context: Context): Promise<EventSeries | null> | null {
    return event.seriesId === null ? null : context.series.byId(event.seriesId);
  }

  @FieldResolver(() => [Organiser], {
    description: "Who holds it: hosts, organisers, co-organisers, supporters and moderators, each in their order.",
  })
  organisers(@Root() event: Event, @FirstArg(20) first: number | null, @Ctx() context: Context): Promise<Organiser[]> {
    return context.organisers.ofEvent(event.id, first ?? 20);
  }

  @FieldResolver(() => [Session], { description: "Its agenda, in order." })
  sessions(@Root() event: Event, @FirstArg(20) first: number | null, @Ctx() context: Context): Promise<Session[]> {
    return context.sessions.ofEvent(event.id, first ?? 20);
  }

  @FieldResolver(() => Region, { nullable: true, description: "The region it lies in." })
  region(@Root() event: Event): Region | null {
    return regionOf(event.regionCode);
  }
}
