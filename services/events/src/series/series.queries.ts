import { PublicBecause, type Page, wellFormed } from "@gongjian/subgraph";
import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import type { Context } from "../context";
import { EventSeriesListArgs } from "./series.inputs";
import { EventSeries, EventSeriesConnection } from "./series.type";

@Resolver()
export class SeriesQueries {
  @Query(() => EventSeries, { nullable: true, description: "The event series with an id; null when there is none." })
  @PublicBecause("event series are public")
  eventSeries(@Arg("id", () => ID, { description: "The series' id." }) id: string, @Ctx() context: Context): Promise<EventSeries | null> {
    return context.series.byId(wellFormed(id));
  }

  @Query(() => EventSeries, { nullable: true, description: "The event series with an external key; null when there is none." })
  @PublicBecause("event series are public")
  eventSeriesByKey(
    @Arg("key", () => String, { description: "The series' external key." }) key: string,
    @Ctx() context: Context,
  ): Promise<EventSeries | null> {
    return context.series.byKey(key);
  }

  @Query(() => EventSeriesConnection, { description: "Event series, filtered and in order." })
  @PublicBecause("event series are public")
  eventSeriesList(@Args(() => EventSeriesListArgs) args: EventSeriesListArgs, @Ctx() context: Context): Promise<Page<EventSeries>> {
    return context.series.list(args);
  }
}
