import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { IssueLetterInput } from "./letter.inputs";
import { IssueLetterResult } from "./letter.results";

@Resolver()
export class LetterMutations {
  @Mutation(() => IssueLetterResult, {
    description:
      "Issues the numbered letter of an appointment. What it says then stays as it is; what becomes of the appointment shows in `verifyAppointment`.",
  })
  @Access("whoever acts for the body that confers the appointment")
  issueLetter(
    @Arg("input", () => IssueLetterInput, { description: "Of which appointment." }) input: IssueLetterInput,
    @Ctx() context: Context,
  ): Promise<typeof IssueLetterResult> {
    return context.letters.issue(input) as Promise<typeof IssueLetterResult>;
  }
}
