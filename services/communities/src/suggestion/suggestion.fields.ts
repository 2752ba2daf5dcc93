import { PageArgs, type Page } from "@gongjian/subgraph";
import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Community } from "../community/community.type";
import type { Context } from "../context";
import { visibleEvent } from "../external/event.lists";
import { Event } from "../external/event.type";
import { Organisation } from "../organisation/organisation.type";
import { Region } from "../region/region.type";
import { SurveyPeriod } from "../survey/survey.type";
import { FiguresArgs, SuggestionPlaceRates, SuggestionRates } from "./suggestion.figures";
import { SuggestionsArgs } from "./suggestion.inputs";
import {
  Suggestion,
  SuggestionConnection,
  SuggestionFate,
  SuggestionParty,
  SuggestionStep,
  SuggestionStepConnection,
} from "./suggestion.type";

type Party = typeof SuggestionParty | null;

/** The one of the three that is set, through the loaders. */
async function partyOf(context: Context, region: string | null, community: string | null, organisation: string | null): Promise<Party> {
  if (region !== null) return named("Region", await context.regions.byCode(region));
  if (community !== null) return named("Community", await context.communities.byId(community));
  return organisation === null ? null : named("Organisation", await context.organisations.byId(organisation));
}

const named = <T extends object>(__typename: string, record: T | null): Party =>
  record ? ({ ...record, __typename } as unknown as Party) : null;

@Resolver(() => Suggestion)
export class SuggestionFields {
  @FieldResolver(() => Community, { nullable: true, description: "The community that it is about; null when it is about a whole region." })
  community(@Root() suggestion: Suggestion, @Ctx() context: Context): Promise<Community | null> | null {
    return suggestion.communityId === null ? null : context.communities.byId(suggestion.communityId);
  }

  @FieldResolver(() => Region, { nullable: true, description: "The region that it is about, or in which its community lies." })
  region(@Root() suggestion: Suggestion, @Ctx() context: Context): Promise<Region | null> {
    return context.regions.byCode(suggestion.regionCode);
  }

  @FieldResolver(() => Event, { nullable: true, description: "The event at which it was raised; null also while you may not see it." })
  async event(@Root() suggestion: Suggestion, @Ctx() context: Context): Promise<Event | null> {
    return suggestion.eventId === null ? null : context.load(visibleEvent, suggestion.eventId);
  }

  @FieldResolver(() => SurveyPeriod, { nullable: true, description: "The time of a survey that it came up in." })
  surveyPeriod(@Root() suggestion: Suggestion, @Ctx() context: Context): Promise<SurveyPeriod | null> | null {
    return suggestion.surveyPeriodId === null ? null : context.surveys.period(suggestion.surveyPeriodId);
  }

  @FieldResolver(() => SuggestionParty, {
    nullable: true,
    description: "The community or organisation in whose name it was raised; null for a person's own.",
  })
  raisedBy(@Root() suggestion: Suggestion, @Ctx() context: Context): Promise<Party> {
    return partyOf(context, null, suggestion.raiserCommunityId, suggestion.raiserOrganisationId);
  }

  @FieldResolver(() => SuggestionParty, { nullable: true, description: "Who has to answer it, or did; null while it is nobody's." })
  assignee(@Root() s: Suggestion, @Ctx() context: Context): Promise<Party> {
    return partyOf(context, s.assigneeRegionCode, s.assigneeCommunityId, s.assigneeOrganisationId);
  }

  @FieldResolver(() => SuggestionStepConnection, { description: "Its way so far, step by step." })
  history(@Root() suggestion: Suggestion, @Args(() => PageArgs) args: PageArgs, @Ctx() context: Context): Promise<Page<SuggestionStep>> {
    return context.suggestions.steps(suggestion.id, args);
  }

  @FieldResolver(() => Suggestion, { nullable: true, description: "With MERGED: the suggestion that carries it on." })
  survivor(@Root() suggestion: Suggestion, @Ctx() context: Context): Promise<Suggestion | null> | null {
    return suggestion.mergedInto === null ? null : context.suggestions.byId(suggestion.mergedInto);
  }

  @FieldResolver(() => SuggestionFate, {
    nullable: true,
    description:
      "With MERGED: what became of it through the one that carries it on, which whoever raised this one is told also while they may not see that one.",
  })
  async carriedOn(@Root() { id, mergedInto }: Suggestion, @Ctx() context: Context): Promise<SuggestionFate | null> {
    if (mergedInto === null) return null;
    const survivor = await context.suggestions.byId(mergedInto);
    return survivor ? { ...survivor, suggestionId: survivor.id } : context.suggestions.fateOfOwn(id);
  }

  @FieldResolver(() => SuggestionConnection, { description: "Those merged into it that you may see." })
  duplicates(
    @Root() suggestion: Suggestion,
    @Args(() => SuggestionsArgs) args: SuggestionsArgs,
    @Ctx() context: Context,
  ): Promise<Page<Suggestion>> {
    return context.suggestions.mergedInto(suggestion.id, args);
  }
}

@Resolver(() => SuggestionStep)
export class SuggestionStepFields {
  @FieldResolver(() => SuggestionParty, { nullable: true, description: "Who had to answer after the step." })
  assignee(@Root() s: SuggestionStep, @Ctx() context: Context): Promise<Party> {
    return partyOf(context, s.assigneeRegionCode, s.assigneeCommunityId, s.assigneeOrganisationId);
  }
}

@Resolver(() => Community)
export class CommunitySuggestions {
  @FieldResolver(() => SuggestionConnection, { description: "The suggestions about the community that you may see." })
  suggestions(
    @Root() community: Community,
    @Args(() => SuggestionsArgs) args: SuggestionsArgs,
    @Ctx() context: Context,
  ): Promise<Page<Suggestion>> {
    return context.suggestions.ofCommunity(community.id, args);
  }

  @FieldResolver(() => SuggestionRates, { description: "How the suggestions about the community fared." })
  suggestionRates(
    @Root() community: Community,
    @Args(() => FiguresArgs) args: FiguresArgs,
    @Ctx() context: Context,
  ): Promise<SuggestionRates> {
    return context.suggestionFigures.ofCommunity(community.id, args);
  }
}

@Resolver(() => Organisation)
export class OrganisationSuggestions {
  @FieldResolver(() => SuggestionConnection, {
    description: "The suggestions that you may see that the organisation raised, or has to answer or did.",
  })
  suggestions(
    @Root() organisation: Organisation,
    @Args(() => SuggestionsArgs) args: SuggestionsArgs,
    @Ctx() context: Context,
  ): Promise<Page<Suggestion>> {
    return context.suggestions.ofOrganisation(organisation.id, args);
  }
}

@Resolver(() => Region)
export class RegionSuggestions {
  @FieldResolver(() => SuggestionConnection, {
    description: "The suggestions that you may see about the region or any place in it or managed by it.",
  })
  suggestions(
    @Root() region: Region,
    @Args(() => SuggestionsArgs) args: SuggestionsArgs,
    @Ctx() context: Context,
  ): Promise<Page<Suggestion>> {
    return context.suggestions.ofRegion(region.code, args);
  }

  @FieldResolver(() => SuggestionRates, { description: "How the suggestions about the region or any place in it or managed by it fared." })
  suggestionRates(@Root() region: Region, @Args(() => FiguresArgs) args: FiguresArgs, @Ctx() context: Context): Promise<SuggestionRates> {
    return context.suggestionFigures.ofRegion(region.code, args);
  }
}

@Resolver(() => Event)
export class EventSuggestions {
  @FieldResolver(() => SuggestionConnection, { nullable: true, description: "The suggestions raised at the event that you may see." })
  suggestions(
    @Root() event: Event,
    @Args(() => SuggestionsArgs) args: SuggestionsArgs,
    @Ctx() context: Context,
  ): Promise<Page<Suggestion> | null> {
    return context.suggestions.ofEvent(event.id, args);
  }
}

@Resolver(() => SurveyPeriod)
export class SurveyPeriodSuggestions {
  @FieldResolver(() => SuggestionConnection, { description: "The suggestions that came up in it and that you may see." })
  suggestions(
    @Root() period: SurveyPeriod,
    @Args(() => SuggestionsArgs) args: SuggestionsArgs,
    @Ctx() context: Context,
  ): Promise<Page<Suggestion>> {
    return context.suggestions.ofSurveyPeriod(period.id, args);
  }
}

@Resolver(() => SuggestionPlaceRates)
export class SuggestionPlaceRatesFields {
  @FieldResolver(() => Region, {
    nullable: true,
    description: "The region next below the one asked about in which the places lie, or that one itself.",
  })
  region(@Root() place: SuggestionPlaceRates, @Ctx() context: Context): Promise<Region | null> {
    return context.regions.byCode(place.regionCode);
  }
}
