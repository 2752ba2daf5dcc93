import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { ImportCalendarDaysInput } from "./calendar.inputs";
import { ImportCalendarDaysResult } from "./calendar.results";

@Resolver()
export class CalendarMutations {
  @Mutation(() => ImportCalendarDaysResult, { description: "Creates or updates days of official calendars, row by row." })
  @Access("administrators")
  importCalendarDays(
    @Arg("input", () => ImportCalendarDaysInput, { description: "The days." }) input: ImportCalendarDaysInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportCalendarDaysResult> {
    return context.calendars.import(input) as Promise<typeof ImportCalendarDaysResult>;
  }
}
