import { type Page, PublicBecause } from "@gongjian/subgraph";
import { Args, Ctx, Query, Resolver } from "type-graphql";
import type { Context } from "../context";
import { AllPracticeAdoptionsArgs } from "./practice-adoption.inputs";
import { PracticeAdoption, PracticeAdoptionConnection } from "./practice-adoption.type";

@Resolver()
export class PracticeAdoptionQueries {
  @Query(() => PracticeAdoptionConnection, { description: "Who adopted which practices, the earliest first." })
  @PublicBecause("practices are published, and who works by them")
  practiceAdoptions(
    @Args(() => AllPracticeAdoptionsArgs) args: AllPracticeAdoptionsArgs,
    @Ctx() context: Context,
  ): Promise<Page<PracticeAdoption>> {
    return context.practiceAdoptions.list(args);
  }
}
