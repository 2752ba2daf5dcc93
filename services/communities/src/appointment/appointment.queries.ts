import { PublicBecause, type Page, wellFormed } from "@gongjian/subgraph";
import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import type { Context } from "../context";
import { AppointmentsArgs } from "./appointment.inputs";
import { Appointment, AppointmentConnection } from "./appointment.type";

const WHY = "who holds a public role is public; what is not published shows to whoever oversees its place";

@Resolver()
export class AppointmentQueries {
  @Query(() => Appointment, { nullable: true, description: "The appointment with an id; null when there is none that you may see." })
  @PublicBecause(WHY)
  appointment(
    @Arg("id", () => ID, { description: "The appointment's id." }) id: string,
    @Ctx() context: Context,
  ): Promise<Appointment | null> {
    return context.appointments.byId(wellFormed(id));
  }

  @Query(() => AppointmentConnection, { description: "The appointments that you may see, filtered and in order." })
  @PublicBecause(WHY)
  appointments(@Args(() => AppointmentsArgs) args: AppointmentsArgs, @Ctx() context: Context): Promise<Page<Appointment>> {
    return context.appointments.list(args);
  }
}
