import type { Page } from "@gongjian/subgraph";
import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { AppointmentsArgs } from "../appointment/appointment.inputs";
import { Appointment, AppointmentConnection } from "../appointment/appointment.type";
import type { Context } from "../context";
import { Person } from "./person.type";

@Resolver(() => Person)
export class PersonFields {
  @FieldResolver(() => String, { description: "The name in its own script." })
  officialName(@Root() person: Person): string {
    return person.name;
  }

  @FieldResolver(() => AppointmentConnection, { description: "What the person is and was appointed to, as far as you may see." })
  appointments(
    @Root() person: Person,
    @Args(() => AppointmentsArgs) args: AppointmentsArgs,
    @Ctx() context: Context,
  ): Promise<Page<Appointment>> {
    return context.appointments.ofPerson(person.id, args);
  }
}
