import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { CreateEventSeriesInput, ImportEventSeriesInput, UpdateEventSeriesInput } from "./series.inputs";
import { CreateEventSeriesResult, ImportEventSeriesResult, UpdateEventSeriesResult } from "./series.results";

@Resolver()
export class SeriesMutations {
  @Mutation(() => CreateEventSeriesResult, { description: "Enters an event series." })
  @Access("officers of the series' region, and administrators")
  createEventSeries(
    @Arg("input", () => CreateEventSeriesInput, { description: "The series." }) input: CreateEventSeriesInput,
    @Ctx() context: Context,
  ): Promise<typeof CreateEventSeriesResult> {
    return context.series.create(input) as Promise<typeof CreateEventSeriesResult>;
  }

  @Mutation(() => UpdateEventSeriesResult, { description: "Changes an event series." })
  @Access("officers of the series' region, and administrators")
  updateEventSeries(
    @Arg("input", () => UpdateEventSeriesInput, { description: "The change." }) input: UpdateEventSeriesInput,
    @Ctx() context: Context,
  ): Promise<typeof UpdateEventSeriesResult> {
    return context.series.update(input) as Promise<typeof UpdateEventSeriesResult>;
  }

  @Mutation(() => ImportEventSeriesResult, { description: "Creates or updates event series by key, row by row." })
  @Access("officers of each row's region, and administrators")
  importEventSeries(
    @Arg("input", () => ImportEventSeriesInput, { description: "The series." }) input: ImportEventSeriesInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportEventSeriesResult> {
    return context.series.import(input) as Promise<typeof ImportEventSeriesResult>;
  }
}
