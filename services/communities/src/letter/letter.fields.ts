import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Appointment } from "../appointment/appointment.type";
import type { Context } from "../context";
import { AppointmentLetter } from "./letter.type";

@Resolver(() => AppointmentLetter)
export class LetterFields {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      "The code that is printed on the letter, for those who may issue it; null for everybody else. The letter as PDF: `GET /appointments/<number>.pdf?code=<code>`.",
  })
  code(@Root() letter: AppointmentLetter, @Ctx() context: Context): Promise<string | null> {
    return context.letters.codeOf(letter);
  }
}

@Resolver(() => Appointment)
export class AppointmentLetterField {
  @FieldResolver(() => AppointmentLetter, { nullable: true, description: "Its numbered letter, once it is issued." })
  letter(@Root() { id }: Appointment, @Ctx() context: Context): Promise<AppointmentLetter | null> {
    return context.letters.ofAppointment(id);
  }
}
