import { PublicBecause, type Page, wellFormed } from "@gongjian/subgraph";
import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import type { Context } from "../context";
import { SurveysArgs } from "./survey.inputs";
import { Survey, SurveyConnection } from "./survey.type";

@Resolver()
export class SurveyQueries {
  @Query(() => Survey, { nullable: true, description: "The survey with an id; null when there is none." })
  @PublicBecause("what is asked is public; results are once the period is over")
  survey(@Arg("id", () => ID, { description: "The survey's id." }) id: string, @Ctx() context: Context): Promise<Survey | null> {
    return context.surveys.byId(wellFormed(id));
  }

  @Query(() => SurveyConnection, { description: "Surveys, by title." })
  @PublicBecause("what is asked is public; results are once the period is over")
  surveys(@Args(() => SurveysArgs) args: SurveysArgs, @Ctx() context: Context): Promise<Page<Survey>> {
    return context.surveys.list(args);
  }
}
