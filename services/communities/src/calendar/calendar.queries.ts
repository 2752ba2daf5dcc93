import type { CalendarCode } from "@gongjian/entities-communities";
import { DateScalar, PublicBecause } from "@gongjian/subgraph";
import { Arg, Ctx, Int, Query, Resolver } from "type-graphql";
import type { Context } from "../context";
import { CalendarCodeEnum, WorkingCalendar } from "./calendar.type";

@Resolver()
export class CalendarQueries {
  @Query(() => WorkingCalendar, { description: "A year of an official calendar." })
  @PublicBecause("official calendars are public")
  workingCalendar(
    @Arg("calendar", () => CalendarCodeEnum, { defaultValue: "CN", description: "Whose calendar." }) calendar: CalendarCode,
    @Arg("year", () => Int, { description: "The year, 1950 to 2199." }) year: number,
    @Ctx() context: Context,
  ): Promise<WorkingCalendar> {
    return context.calendars.year(calendar, year);
  }

  @Query(() => DateScalar, {
    description:
      "The last day of a term in working days. The day on which it begins does not count, and holidays and make-up days do as the calendar has them.",
  })
  @PublicBecause("official calendars are public")
  endOfTerm(
    @Arg("calendar", () => CalendarCodeEnum, { defaultValue: "CN", description: "Whose calendar." }) calendar: CalendarCode,
    @Arg("from", () => DateScalar, { description: "The day on which the term begins." }) from: string,
    @Arg("workingDays", () => Int, { description: "Its length, 1 to 250 working days." }) workingDays: number,
    @Ctx() context: Context,
  ): Promise<string> {
    return context.calendars.endOfTerm(calendar, from, workingDays);
  }
}
