import { type InputProblem } from "@gongjian/subgraph";
import type { FoundPlace } from "../place/place";
import type { UpdateAppointmentInput } from "./appointment.inputs";
import { termOf } from "./appointment.rules";
import { conferredBy, conferrerOf, valuesOf, type Values } from "./appointment.store";
import type { Appointment } from "./appointment.type";
import { partialDateOf } from "./partial-date";

/** A letter names who conferred it: that is said once, now or later, and not changed. */
export const checkConferrer = (input: UpdateAppointmentInput, stored: Appointment): InputProblem[] =>
  input.conferredBy && conferrerOf(stored) !== null
    ? [{ field: "conferredBy", code: "NOT_ALLOWED", message: "Who conferred it has been said already." }]
    : [];

export const datesOf = (values: Pick<Values, "startsFirst" | "startsLast" | "endsFirst" | "endsLast">) => ({
  startsOn: partialDateOf(values.startsFirst, values.startsLast),
  endsOn: partialDateOf(values.endsFirst, values.endsLast),
});

/** What an appointment says after the change. */
export function changed(input: UpdateAppointmentInput, stored: Appointment, conferrer: FoundPlace | null): Values {
  const { endsFirst, endsLast } = input.endsOn === undefined ? stored : termOf({ endsOn: input.endsOn });
  return {
    ...valuesOf(stored),
    endsFirst,
    endsLast,
    ...(conferrer && conferredBy(conferrer)),
    ...(input.capacity === undefined ? {} : { capacity: input.capacity?.trim() || null }),
    expertise: input.expertise?.map((field) => field.trim()) ?? stored.expertise,
    published: input.published ?? stored.published,
  };
}
