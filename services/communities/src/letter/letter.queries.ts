import { PublicBecause } from "@gongjian/subgraph";
import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { Context } from "../context";
import { AppointmentVerification } from "./letter.type";

@Resolver()
export class LetterQueries {
  @Query(() => AppointmentVerification, {
    nullable: true,
    description:
      "What a letter of appointment says and whether it still holds; null when there is none of this number and code. Case, spaces, and O for 0 or I and L for 1 do not matter.",
  })
  @PublicBecause("whoever is shown a letter may ask whether it is true; without its code nothing is told")
  verifyAppointment(
    @Arg("number", () => String, { description: "The letter's number." }) number: string,
    @Arg("code", () => String, { description: "The code that is printed on the letter." }) code: string,
    @Ctx() context: Context,
  ): Promise<AppointmentVerification | null> {
    return context.letters.verify(number, code);
  }
}
