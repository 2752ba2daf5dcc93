import type { AppointmentRole } from "@gongjian/entities-communities";
import { BulkInput, CommandInput, DateScalar, enumType, PageArgs } from "@gongjian/subgraph";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";
import type { AppointmentStatus } from "./appointment.rules";
import { AppointmentRoleEnum, AppointmentStatusEnum } from "./appointment.type";
import { PartialDateScalar } from "./partial-date";

@InputType({ description: "Which appointments to list. All conditions must hold." })
export class AppointmentFilter {
  @Field(() => [AppointmentRoleEnum], { nullable: true, description: "Only these roles." })
  roles?: AppointmentRole[] | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: "Only those that held on this day, as far as is known. One of which only a day is known held on that day.",
  })
  onDate?: string | null;

  @Field(() => [AppointmentStatusEnum], { nullable: true, description: "Only those that stand so today." })
  statuses?: AppointmentStatus[] | null;

  @Field(() => ID, { nullable: true, description: "Only at places in this region, at any depth, or managed by it." })
  within?: string | null;

  @Field(() => ID, { nullable: true, description: "Only conferred at this event." })
  eventId?: string | null;

  @Field(() => String, { nullable: true, description: "Only for this field of expertise, as it is written." })
  expertise?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "Only those that hold today and whose term is over before this day." })
  expiringBefore?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "True: only those in whose term the same person certainly held another appointment too, as far as you may see it; false: only the others. What is known of a year or month alone overlaps as far as it is certain.",
  })
  overlapping?: boolean | null;
}

export type AppointmentOrder = "STARTED_DESC" | "STARTED_ASC";
export const AppointmentOrderEnum = enumType<AppointmentOrder>("AppointmentOrder", "How to order appointments.", {
  STARTED_DESC: "By the day from which they are known to be held, the latest first.",
  STARTED_ASC: "By the day from which they are known to be held, the earliest first.",
});

@ArgsType()
export class AppointmentsArgs extends PageArgs {
  @Field(() => AppointmentFilter, { nullable: true, description: "Which appointments to list; all that you may see when left out." })
  filter?: AppointmentFilter | null;

  @Field(() => AppointmentOrderEnum, { nullable: true, description: "The order; the latest first when left out." })
  orderBy?: AppointmentOrder | null;
}

@InputType({ description: "A region, a community or an organisation: exactly one." })
export class AppointmentPlaceInput {
  @Field(() => ID, { nullable: true, description: "The code of a region." })
  regionCode?: string | null;

  @Field(() => ID, { nullable: true, description: "The id of a community." })
  communityId?: string | null;

  @Field(() => ID, { nullable: true, description: "The id of an organisation." })
  organisationId?: string | null;
}

@InputType({ description: "For whom somebody stands: a community or an organisation, exactly one." })
export class AppointmentPrincipalInput {
  @Field(() => ID, { nullable: true, description: "The id of a community, e.g. the li that its chief comes from." })
  communityId?: string | null;

  @Field(() => ID, { nullable: true, description: "The id of an organisation." })
  organisationId?: string | null;
}

@InputType({ description: "An appointment to enter." })
export class AppointInput extends CommandInput {
  @Field(() => ID, { nullable: true, description: "Who: the id of a person on record. Either this or `personName`." })
  personId?: string | null;

  @Field(() => String, { nullable: true, description: "Who: the name of somebody not yet on record, 1 to 100 characters." })
  personName?: string | null;

  @Field(() => AppointmentRoleEnum, { description: "As what." })
  role: AppointmentRole;

  @Field(() => AppointmentPlaceInput, { description: "Where." })
  at: AppointmentPlaceInput;

  @Field(() => PartialDateScalar, {
    nullable: true,
    description: "The first day. Left out when it is not known: then `attestedOn` is needed.",
  })
  startsOn?: string | null;

  @Field(() => PartialDateScalar, { nullable: true, description: "The last day; until further notice when left out." })
  endsOn?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "A day on which a source says that it was held." })
  attestedOn?: string | null;

  @Field(() => String, { nullable: true, description: "In which capacity, at most 100 characters." })
  capacity?: string | null;

  @Field(() => [String], { nullable: true, description: "Fields of expertise, at most 20 of at most 50 characters." })
  expertise?: string[] | null;

  @Field(() => AppointmentPrincipalInput, { nullable: true, description: "For whom the person stands." })
  onBehalfOf?: AppointmentPrincipalInput | null;

  @Field(() => AppointmentPlaceInput, { nullable: true, description: "Who confers it: a body that you act for." })
  conferredBy?: AppointmentPlaceInput | null;

  @Field(() => ID, { nullable: true, description: "The event at which it is conferred." })
  eventId?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether everybody may see it; not when left out. Never for members of teams." })
  published?: boolean | null;
}

@InputType({ description: "A change to one appointment. What is left out stays; null empties what may be empty." })
export class UpdateAppointmentInput extends CommandInput {
  @Field(() => ID, { description: "The appointment's id." })
  id: string;

  @Field(() => Int, { description: "The version that the change was made against." })
  expectedVersion: number;

  @Field(() => PartialDateScalar, { nullable: true, description: "The new last day: somebody leaves, or is appointed for longer." })
  endsOn?: string | null;

  @Field(() => AppointmentPlaceInput, {
    nullable: true,
    description: "Who conferred it, a body that you act for: where nothing was said of it so far. A letter needs it.",
  })
  conferredBy?: AppointmentPlaceInput | null;

  @Field(() => String, { nullable: true, description: "The new capacity." })
  capacity?: string | null;

  @Field(() => [String], { nullable: true, description: "All fields of expertise from now on." })
  expertise?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: "Whether everybody may see it." })
  published?: boolean | null;
}

@InputType({ description: "An appointment to take back." })
export class RevokeAppointmentInput extends CommandInput {
  @Field(() => ID, { description: "The appointment's id." })
  id: string;

  @Field(() => Int, { description: "The version that the decision was made against." })
  expectedVersion: number;

  @Field(() => DateScalar, {
    nullable: true,
    description: "From which day it no longer holds: today, the default, or earlier, not before it began unless it is still to begin.",
  })
  revokedOn?: string | null;

  @Field({ description: "Why, 1 to 500 characters. Whoever verifies the letter reads it: nothing private." })
  reason: string;
}

@InputType({ description: "One appointment of a bulk import." })
export class AppointmentRow {
  @Field({ description: "The external key, 1 to 100 characters; a record with it is updated." })
  key: string;

  @Field({ description: "The external key of the person." })
  personKey: string;

  @Field(() => AppointmentRoleEnum, { description: "As what." })
  role: AppointmentRole;

  @Field(() => AppointmentPlaceInput, { description: "Where." })
  at: AppointmentPlaceInput;

  @Field(() => PartialDateScalar, { nullable: true, description: "The first day, as far as it is known." })
  startsOn?: string | null;

  @Field(() => PartialDateScalar, { nullable: true, description: "The last day, as far as it is known." })
  endsOn?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "A day on which the source says that it was held." })
  attestedOn?: string | null;

  @Field(() => String, { nullable: true, description: "In which capacity." })
  capacity?: string | null;

  @Field(() => [String], { nullable: true, description: "Fields of expertise." })
  expertise?: string[] | null;

  @Field(() => AppointmentPrincipalInput, { nullable: true, description: "For whom the person stands." })
  onBehalfOf?: AppointmentPrincipalInput | null;

  @Field(() => AppointmentPlaceInput, { nullable: true, description: "Who conferred it." })
  conferredBy?: AppointmentPlaceInput | null;

  @Field(() => ID, { nullable: true, description: "The event at which it was conferred." })
  eventId?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether everybody may see it; yes when left out, but never for members of teams." })
  published?: boolean | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from." })
  source?: string | null;
}

@InputType({ description: "Appointments to create or update, found again by external key." })
export class ImportAppointmentsInput extends BulkInput {
  @Field(() => [AppointmentRow], { description: "At most 2,000 rows." })
  rows: AppointmentRow[];
}
