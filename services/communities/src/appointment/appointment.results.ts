import { AlreadyExists, BulkOutcome, IdempotencyConflict, VersionConflict } from "@gongjian/subgraph";
import { createUnionType, Field, ObjectType } from "type-graphql";
import { Appointment } from "./appointment.type";

@ObjectType({ description: "The office has one holder at a time, and somebody holds it in this term. Nothing was done." })
export class OfficeHeld {
  readonly __typename = "OfficeHeld" as const;

  @Field({ description: "A constant sentence for people." })
  message: string;

  @Field(() => Appointment, { nullable: true, description: "Who holds it, when you may see that." })
  holder: Appointment | null;
}

@ObjectType({ description: "The appointment was taken back, for good. Nothing was done." })
export class AlreadyRevoked {
  readonly __typename = "AlreadyRevoked" as const;

  @Field({ description: "A constant sentence for people." })
  message: string;
}

export const officeHeld = (holder: Appointment | null): OfficeHeld => ({
  __typename: "OfficeHeld",
  message: "Somebody holds this office in this term.",
  holder,
});
export const alreadyRevoked = (): AlreadyRevoked => ({ __typename: "AlreadyRevoked", message: "The appointment has been revoked." });

export const AppointResult = createUnionType({
  name: "AppointResult",
  description: "The answer of `appoint`.",
  types: () => [Appointment, OfficeHeld, AlreadyExists, IdempotencyConflict] as const,
});
export const UpdateAppointmentResult = createUnionType({
  name: "UpdateAppointmentResult",
  description: "The answer of `updateAppointment`.",
  types: () => [Appointment, OfficeHeld, AlreadyExists, AlreadyRevoked, VersionConflict, IdempotencyConflict] as const,
});
export const RevokeAppointmentResult = createUnionType({
  name: "RevokeAppointmentResult",
  description: "The answer of `revokeAppointment`.",
  types: () => [Appointment, AlreadyRevoked, VersionConflict, IdempotencyConflict] as const,
});
export const ImportAppointmentsResult = createUnionType({
  name: "ImportAppointmentsResult",
  description: "The answer of `importAppointments`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
