import { PageArgs, type Page } from "@gongjian/subgraph";
import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context";
import { EventConnection, type Event } from "../event/event.type";
import { Region, regionOf } from "../external/region.type";
import { EventSeries } from "./series.type";

@Resolver(() => EventSeries)
export class SeriesFields {
  @FieldResolver(() => Region, { nullable: true, description: "The region whose officers look after it." })
  region(@Root() series: EventSeries): Region | null {
    return regionOf(series.regionCode);
  }

  @FieldResolver(() => EventConnection, {
    description: "The events of the series that you may see: numbered editions in order, then the others by their beginning.",
  })
  events(@Root() series: EventSeries, @Args(() => PageArgs) args: PageArgs, @Ctx() context: Context): Promise<Page<Event>> {
    return context.events.ofSeries(series.id, args);
  }
}
