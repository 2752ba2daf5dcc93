import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { ErasePersonalDataInput, SavePersonalRecordInput, VerifyIdNumberInput } from "./personal.inputs";
import { ErasePersonalDataResult, SavePersonalRecordResult, VerifyIdNumberResult } from "./personal.results";

@Resolver()
export class PersonalMutations {
  @Mutation(() => SavePersonalRecordResult, {
    description: "Gives or replaces one's own record. It is stored encrypted. Ten different ID numbers a day at most.",
  })
  @Access("whoever is signed in, their own")
  savePersonalRecord(
    @Arg("input", () => SavePersonalRecordInput, { description: "The record." }) input: SavePersonalRecordInput,
    @Ctx() context: Context,
  ): Promise<typeof SavePersonalRecordResult> {
    return context.personal.save(input) as Promise<typeof SavePersonalRecordResult>;
  }

  @Mutation(() => VerifyIdNumberResult, {
    description: "Compares an ID number that was shown with a record's, ten different ones a day at most. Each comparison is audited.",
  })
  @Access("its subject, COMMUNITY_WORKER of the community")
  verifyIdNumber(
    @Arg("input", () => VerifyIdNumberInput, { description: "The record and the number." }) input: VerifyIdNumberInput,
    @Ctx() context: Context,
  ): Promise<typeof VerifyIdNumberResult> {
    return context.personal.verify(input) as Promise<typeof VerifyIdNumberResult>;
  }

  @Mutation(() => ErasePersonalDataResult, {
    description:
      "Erases somebody's personal data: their record is deleted, their memberships end, and a pseudonym takes their place where a record must stay. Done twice it answers the same.",
  })
  @Access("whoever is signed in, their own; ADMIN of the whole platform, with a reason")
  erasePersonalData(
    @Arg("input", () => ErasePersonalDataInput, { description: "Whose, and why." }) input: ErasePersonalDataInput,
    @Ctx() context: Context,
  ): Promise<typeof ErasePersonalDataResult> {
    return context.erasures.erase(input) as Promise<typeof ErasePersonalDataResult>;
  }
}
