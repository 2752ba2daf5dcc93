import type { Context } from "../context";
import type { Appointment } from "./appointment.type";

/** What the viewer may not see is as if it were not there. */
export const appointmentReference = (reference: { id: string }, context: Context): Promise<Appointment | null> =>
  context.appointments.byId(reference.id);
