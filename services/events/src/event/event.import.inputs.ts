import type { AttendancePrecision, EventKind } from "@gongjian/entities-events";
import { BulkInput, DateTimeScalar } from "@gongjian/subgraph";
import { Field, ID, InputType, Int } from "type-graphql";
import { AttendancePrecisionEnum, EventKindEnum } from "./event.type";

@InputType({ description: "One event of a bulk import." })
export class EventRow {
  @Field({ description: "The external key; a record with it is updated." })
  key: string;

  @Field(() => String, { nullable: true, description: "The key of the series that it is an edition of." })
  seriesKey?: string | null;

  @Field(() => Int, { nullable: true, description: "The number of the edition, 1 to 10,000, unique in the series; only with a series." })
  edition?: number | null;

  @Field({ description: "The name, 1 to 200 characters." })
  name: string;

  @Field(() => String, { nullable: true, description: "What it is about; at most 500 characters." })
  theme?: string | null;

  @Field(() => EventKindEnum, { description: "What kind of meeting it is." })
  kind: EventKind;

  @Field(() => DateTimeScalar, { description: "When it begins." })
  startsAt: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it ends, not before it begins; a new event needs it." })
  endsAt?: string | null;

  @Field(() => String, { nullable: true, description: "IANA name of the zone that the times are shown in; Asia/Shanghai when empty." })
  timeZone?: string | null;

  @Field(() => String, { nullable: true, description: "Where it is held; at most 200 characters." })
  place?: string | null;

  @Field(() => ID, { nullable: true, description: "The code of the region it lies in, whose officers look after it." })
  regionCode?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether it is published with the import; true when left out. Never takes back what is published or cancelled.",
  })
  published?: boolean | null;

  @Field(() => Int, { nullable: true, description: "How many people came, 0 to 10,000,000; kept as it is when left out." })
  visitors?: number | null;

  @Field(() => AttendancePrecisionEnum, {
    nullable: true,
    description: "How exact the number of visitors is; kept as it is when left out.",
  })
  visitorsPrecision?: AttendancePrecision | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from." })
  source?: string | null;
}

@InputType({ description: "Events to create or update, found again by key." })
export class ImportEventsInput extends BulkInput {
  @Field(() => [EventRow], { description: "At most 2,000 rows." })
  rows: EventRow[];
}
