import type { CalendarCode } from "@gongjian/entities-communities";
import { BulkInput, DateScalar } from "@gongjian/subgraph";
import { Field, InputType } from "type-graphql";
import { CalendarCodeEnum } from "./calendar.type";

@InputType({ description: "One day of an official calendar." })
export class CalendarDayRow {
  @Field(() => CalendarCodeEnum, { description: "Whose calendar." })
  calendar: CalendarCode;

  @Field(() => DateScalar, { description: "The day; a record with it is updated." })
  day: string;

  @Field({ description: "True for a make-up working day, false for a holiday." })
  working: boolean;

  @Field({ description: "The holiday that it belongs to, 1 to 50 characters." })
  name: string;

  @Field(() => String, { nullable: true, description: "Where the record comes from." })
  source?: string | null;
}

@InputType({ description: "Days of official calendars to create or update, found again by calendar and day." })
export class ImportCalendarDaysInput extends BulkInput {
  @Field(() => [CalendarDayRow], { description: "At most 2,000 rows." })
  rows: CalendarDayRow[];
}
