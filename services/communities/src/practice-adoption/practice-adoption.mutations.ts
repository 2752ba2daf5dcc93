import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { importPracticeAdoptions } from "./practice-adoption.import";
import { AdoptPracticeInput, ImportPracticeAdoptionsInput, WithdrawPracticeAdoptionInput } from "./practice-adoption.inputs";
import { AdoptPracticeResult, ImportPracticeAdoptionsResult, WithdrawPracticeAdoptionResult } from "./practice-adoption.results";

const WHO = "workers or representatives of the adopter, officers of its region, and administrators";

@Resolver()
export class PracticeAdoptionMutations {
  @Mutation(() => AdoptPracticeResult, { description: "Enters that a community or an organisation takes up a practice." })
  @Access(WHO)
  adoptPractice(
    @Arg("input", () => AdoptPracticeInput, { description: "Who adopts which practice." }) input: AdoptPracticeInput,
    @Ctx() context: Context,
  ): Promise<typeof AdoptPracticeResult> {
    return context.practiceAdoptions.adopt(input) as Promise<typeof AdoptPracticeResult>;
  }

  @Mutation(() => WithdrawPracticeAdoptionResult, { description: "Enters that the adopter of a practice no longer works by it." })
  @Access(WHO)
  withdrawPracticeAdoption(
    @Arg("input", () => WithdrawPracticeAdoptionInput, { description: "Which adoption ends." }) input: WithdrawPracticeAdoptionInput,
    @Ctx() context: Context,
  ): Promise<typeof WithdrawPracticeAdoptionResult> {
    return context.practiceAdoptions.withdraw(input) as Promise<typeof WithdrawPracticeAdoptionResult>;
  }

  @Mutation(() => ImportPracticeAdoptionsResult, { description: "Creates or updates adoptions of practices by external key, row by row." })
  @Access("workers or representatives of each row's adopter, officers of its region, and administrators")
  importPracticeAdoptions(
    @Arg("input", () => ImportPracticeAdoptionsInput, { description: "Who adopted which practices." }) input: ImportPracticeAdoptionsInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportPracticeAdoptionsResult> {
    return importPracticeAdoptions(context, input) as Promise<typeof ImportPracticeAdoptionsResult>;
  }
}
