import type { CalendarCode } from "@gongjian/entities-communities";
import { DateScalar, enumType, HanTextScalar } from "@gongjian/subgraph";
import { Field, Int, ObjectType } from "type-graphql";

export const CalendarCodeEnum = enumType<CalendarCode>("CalendarCode", "Whose official calendar of working days.", {
  CN: "Mainland China: the yearly notice of the State Council on holidays 节假日安排.",
  TW: "Taiwan.",
});

@ObjectType({ description: "A holiday, or a make-up working day at a weekend, in an official calendar." })
export class CalendarDay {
  @Field(() => DateScalar, { description: "The day." })
  day: string;

  @Field({ description: "True for a make-up working day at a weekend 调休, false for a holiday." })
  working: boolean;

  @Field(() => HanTextScalar, { description: "The holiday that it belongs to." })
  name: string;

  calendar: CalendarCode;
  source: string | null;
}

@ObjectType({ description: "A year of an official calendar, by which working-day terms are counted." })
export class WorkingCalendar {
  @Field(() => CalendarCodeEnum, { description: "Whose calendar." })
  calendar: CalendarCode;

  @Field(() => Int, { description: "The year." })
  year: number;

  @Field(() => Int, { description: "Its working days." })
  workingDays: number;

  @Field(() => [CalendarDay], {
    description:
      "Its holidays and make-up working days on record, in order. Empty: the calendar of the year is not on record yet, and the plain week counts, less the days off that the law fixes by their date.",
  })
  days: CalendarDay[];
}
