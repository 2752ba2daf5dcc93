import { AssumedSize, PageArgs, type Page } from "@gongjian/subgraph";
import { Args, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { Community } from "../community/community.type";
import type { Context } from "../context";
import { Region } from "../region/region.type";
import {
  Survey,
  SurveyPeriod,
  SurveyPeriodConnection,
  SurveyPlace,
  SurveyPlaceConnection,
  SurveyQuestion,
  SurveyResult,
} from "./survey.type";

@Resolver(() => Survey)
export class SurveyFields {
  @FieldResolver(() => Region, { nullable: true, description: "The region in which it is held." })
  region(@Root() survey: Survey, @Ctx() context: Context): Promise<Region | null> {
    return context.regions.byCode(survey.regionCode);
  }

  @FieldResolver(() => Community, {
    nullable: true,
    description: "The one community in which it is held; null when it is held all over the region.",
  })
  community(@Root() survey: Survey, @Ctx() context: Context): Promise<Community | null> | null {
    return survey.communityId === null ? null : context.communities.byId(survey.communityId);
  }

  @AssumedSize(10)
  @FieldResolver(() => [SurveyQuestion], { description: "The questions of its latest questionnaire, at most 50." })
  questions(@Root() survey: Survey, @Ctx() context: Context): Promise<SurveyQuestion[]> {
    return context.surveys.questions(survey.id, survey.questionnaire);
  }

  @FieldResolver(() => SurveyPeriodConnection, { description: "When it was and will be held, the latest first." })
  periods(@Root() survey: Survey, @Args(() => PageArgs) args: PageArgs, @Ctx() context: Context): Promise<Page<SurveyPeriod>> {
    return context.surveys.periods(survey.id, args);
  }
}

const RESULTS =
  "What was answered, question by question, at most 50; null while the period runs, but for those who keep the survey and auditors, who are told how many have answered and not what.";

@Resolver(() => SurveyPeriod)
export class SurveyPeriodFields {
  @FieldResolver(() => Survey, { nullable: true, description: "The survey." })
  survey(@Root() period: SurveyPeriod, @Ctx() context: Context): Promise<Survey | null> {
    return context.surveys.byId(period.surveyId);
  }

  @AssumedSize(10)
  @FieldResolver(() => [SurveyQuestion], { description: "The questions that are asked, at most 50." })
  questions(@Root() period: SurveyPeriod, @Ctx() context: Context): Promise<SurveyQuestion[]> {
    return context.surveys.questions(period.surveyId, period.questionnaire);
  }

  @AssumedSize(10)
  @FieldResolver(() => [SurveyResult], { nullable: true, description: RESULTS })
  results(@Root() period: SurveyPeriod, @Ctx() context: Context): Promise<SurveyResult[] | null> {
    return context.surveys.results(period, null);
  }

  @FieldResolver(() => SurveyPlaceConnection, { description: "The communities whose people answered, by name, once the period is over." })
  places(@Root() period: SurveyPeriod, @Args(() => PageArgs) args: PageArgs, @Ctx() context: Context): Promise<Page<SurveyPlace>> {
    return context.surveys.places(period.id, args);
  }
}

@Resolver(() => SurveyPlace)
export class SurveyPlaceFields {
  @FieldResolver(() => SurveyPeriod, { nullable: true, description: "The period." })
  period(@Root() place: SurveyPlace, @Ctx() context: Context): Promise<SurveyPeriod | null> {
    return context.surveys.period(place.periodId);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: "How many answered; null when there are 1 to 4, or when the whole less the others would tell of so few elsewhere.",
  })
  responses(@Root() place: SurveyPlace, @Ctx() context: Context): Promise<number | null> {
    return context.surveys.responses(place);
  }

  @FieldResolver(() => Community, { nullable: true, description: "The community." })
  community(@Root() place: SurveyPlace, @Ctx() context: Context): Promise<Community | null> {
    return context.communities.byId(place.communityId);
  }

  @AssumedSize(10)
  @FieldResolver(() => [SurveyResult], { nullable: true, description: RESULTS })
  async results(@Root() place: SurveyPlace, @Ctx() context: Context): Promise<SurveyResult[] | null> {
    const period = await context.surveys.period(place.periodId);
    return period && context.surveys.results(period, place.communityId);
  }
}

@Resolver(() => Community)
export class CommunitySurveys {
  @FieldResolver(() => SurveyPlaceConnection, {
    description: "What the community's people answered in the periods that are over, the latest first: the same field over time.",
  })
  surveyResults(@Root() community: Community, @Args(() => PageArgs) args: PageArgs, @Ctx() context: Context): Promise<Page<SurveyPlace>> {
    return context.surveys.ofCommunity(community.id, args);
  }
}
