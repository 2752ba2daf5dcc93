import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { AppointInput, ImportAppointmentsInput, RevokeAppointmentInput, UpdateAppointmentInput } from "./appointment.inputs";
import { AppointResult, ImportAppointmentsResult, RevokeAppointmentResult, UpdateAppointmentResult } from "./appointment.results";

const WHO =
  "workers of the community, representatives of the organisation, officers of the place, administrators; offices (SECRETARY, DIRECTOR, LI_CHIEF) only officers and administrators";

@Resolver()
export class AppointmentMutations {
  @Mutation(() => AppointResult, { description: "Appoints somebody. Somebody not yet on record is entered by name at the same time." })
  @Access(`${WHO}; in the name of a conferrer only who acts for it`)
  appoint(
    @Arg("input", () => AppointInput, { description: "Who, as what, where and when." }) input: AppointInput,
    @Ctx() context: Context,
  ): Promise<typeof AppointResult> {
    return context.appointments.appoint(input) as Promise<typeof AppointResult>;
  }

  @Mutation(() => UpdateAppointmentResult, {
    description: "Changes an appointment: its end, capacity, fields of expertise, or whether it is public.",
  })
  @Access(WHO)
  updateAppointment(
    @Arg("input", () => UpdateAppointmentInput, { description: "The change." }) input: UpdateAppointmentInput,
    @Ctx() context: Context,
  ): Promise<typeof UpdateAppointmentResult> {
    return context.appointments.update(input) as Promise<typeof UpdateAppointmentResult>;
  }

  @Mutation(() => RevokeAppointmentResult, {
    description: "Takes an appointment back, for good. Whoever verifies its letter sees so from then on.",
  })
  @Access(WHO)
  revokeAppointment(
    @Arg("input", () => RevokeAppointmentInput, { description: "Which, from when, and why." }) input: RevokeAppointmentInput,
    @Ctx() context: Context,
  ): Promise<typeof RevokeAppointmentResult> {
    return context.appointments.revoke(input) as Promise<typeof RevokeAppointmentResult>;
  }

  @Mutation(() => ImportAppointmentsResult, { description: "Creates or updates appointments by external key, row by row." })
  @Access("officers of the place of each row, and administrators")
  importAppointments(
    @Arg("input", () => ImportAppointmentsInput, { description: "The appointments." }) input: ImportAppointmentsInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportAppointmentsResult> {
    return context.appointments.import(input) as Promise<typeof ImportAppointmentsResult>;
  }
}
