import type { LetterContent } from "@gongjian/entities-communities";
import type { AppointmentRole } from "@gongjian/entities-communities";
import { DateScalar, HanTextScalar } from "@gongjian/subgraph";
import { Field, ID, ObjectType } from "type-graphql";
import type { AppointmentStatus } from "../appointment/appointment.rules";
import { AppointmentRoleEnum, AppointmentStatusEnum } from "../appointment/appointment.type";
import { PartialDateScalar } from "../appointment/partial-date";

@ObjectType({
  description:
    "A numbered letter of appointment (聘书). The numbers of a conferring body run without a gap through each year; a letter is never changed.",
})
export class AppointmentLetter {
  readonly __typename?: "AppointmentLetter";

  @Field(() => ID, { description: "The appointment that it is of." })
  appointmentId: string;

  @Field({ description: "The number, e.g. `K7Q2M4XA-2016-0001`: the conferring body, the year, and the serial within both." })
  number: string;

  @Field(() => DateScalar, { description: "The day on which it was issued." })
  issuedOn: string;
}

@ObjectType({ description: "What a letter of appointment says, and how the appointment stands today." })
export class AppointmentVerification {
  @Field({ description: "The letter's number." })
  number: string;

  @Field(() => DateScalar, { description: "The day on which it was issued." })
  issuedOn: string;

  @Field(() => AppointmentStatusEnum, { description: "How the appointment stands today: the letter is good while it is CURRENT." })
  status: AppointmentStatus;

  @Field({ description: "Who was appointed, as the letter has it." })
  person: string;

  @Field(() => AppointmentRoleEnum, { description: "As what." })
  role: AppointmentRole;

  @Field({ description: "Where." })
  place: string;

  @Field({ description: "Who conferred it." })
  conferrer: string;

  @Field(() => String, { nullable: true, description: "In which capacity." })
  capacity: string | null;

  @Field(() => [String], { description: "For which fields of expertise." })
  expertise: readonly string[];

  @Field(() => PartialDateScalar, { nullable: true, description: "The first day, as the letter has it." })
  startsOn: string | null;

  @Field(() => PartialDateScalar, { nullable: true, description: "The last day, as the letter has it." })
  endsOn: string | null;

  @Field(() => PartialDateScalar, { nullable: true, description: "The last day as it is today: somebody may have left before, or stayed." })
  endsOnNow: string | null;

  @Field(() => DateScalar, { nullable: true, description: "With REVOKED: from which day it no longer holds." })
  revokedOn: string | null;

  @Field(() => HanTextScalar, { nullable: true, description: "With REVOKED: why." })
  revocationReason: string | null;
}

export interface StoredLetter {
  number: string;
  issuedOn: string;
  content: LetterContent;
  status: AppointmentStatus;
  endsFirst: string | null;
  endsLast: string | null;
  revokedOn: string | null;
  revocationReason: string | null;
}
