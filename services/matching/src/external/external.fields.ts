import { FirstArg, type Page } from "@gongjian/subgraph";
import { Args, Ctx, Directive, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context";
import { MatchesArgs } from "../match/match.inputs";
import { MatchConnection, type Match } from "../match/match.type";
import { NeedsArgs } from "../need/need.inputs";
import { NeedConnection, type Need } from "../need/need.type";
import { OffersArgs } from "../offer/offer.inputs";
import { OfferConnection, type Offer } from "../offer/offer.type";
import { RoundsArgs } from "../round/round.inputs";
import { Round, RoundConnection } from "../round/round.type";
import { Community } from "./community.type";
import { Event } from "./event.type";
import { Organisation } from "./organisation.type";
import { Region } from "./region.type";
import { Suggestion } from "./suggestion.type";

// What this subgraph adds to the types of others is nullable: when matching cannot answer, the rest of the answer stands.

@Resolver(() => Community)
export class CommunityFields {
  @FieldResolver(() => NeedConnection, { nullable: true, description: "The community's needs that you may see, in all rounds." })
  needs(@Root() community: Community, @Args(() => NeedsArgs) args: NeedsArgs, @Ctx() context: Context): Promise<Page<Need> | null> {
    return context.needs.ofCommunity(community.id, args);
  }

  @FieldResolver(() => MatchConnection, { nullable: true, description: "The matches of the community's needs that you may see." })
  matches(@Root() community: Community, @Args(() => MatchesArgs) args: MatchesArgs, @Ctx() context: Context): Promise<Page<Match> | null> {
    return context.matches.ofCommunity(community.id, args);
  }
}

@Resolver(() => Organisation)
export class OrganisationFields {
  @FieldResolver(() => OfferConnection, { nullable: true, description: "The organisation's offers that you may see, in all rounds." })
  @Directive('@requires(fields: "ids")')
  offers(
    @Root() organisation: Organisation,
    @Args(() => OffersArgs) args: OffersArgs,
    @Ctx() context: Context,
  ): Promise<Page<Offer> | null> {
    return context.offers.ofOrganisation(organisation, args);
  }

  @FieldResolver(() => MatchConnection, { nullable: true, description: "The matches of the organisation's offers that you may see." })
  @Directive('@requires(fields: "ids")')
  matches(
    @Root() organisation: Organisation,
    @Args(() => MatchesArgs) args: MatchesArgs,
    @Ctx() context: Context,
  ): Promise<Page<Match> | null> {
    return context.matches.ofOrganisation(organisation, args);
  }
}

@Resolver(() => Event)
export class EventFields {
  @FieldResolver(() => [Round], {
    nullable: true,
    description: "The rounds that you may see whose two sides meet at the event, latest first.",
  })
  rounds(@Root() event: Event, @FirstArg(3) first: number | null, @Ctx() context: Context): Promise<Round[]> {
    return context.rounds.ofEvent(event.id, first ?? 3);
  }

  @FieldResolver(() => Round, {
    nullable: true,
    description: "The round whose two sides meet at the event; the latest where there are several.",
  })
  async round(@Root() event: Event, @Ctx() context: Context): Promise<Round | null> {
    return (await context.rounds.ofEvent(event.id, 1))[0] ?? null;
  }
}

@Resolver(() => Suggestion)
export class SuggestionFields {
  @FieldResolver(() => NeedConnection, { nullable: true, description: "The needs that grew from it and that you may see, in all rounds." })
  needs(@Root() suggestion: Suggestion, @Args(() => NeedsArgs) args: NeedsArgs, @Ctx() context: Context): Promise<Page<Need> | null> {
    return context.needs.ofSuggestion(suggestion.id, args);
  }
}

@Resolver(() => Region)
export class RegionFields {
  @FieldResolver(() => RoundConnection, { nullable: true, description: "The rounds of exactly this region that you may see." })
  rounds(@Root() region: Region, @Args(() => RoundsArgs) args: RoundsArgs, @Ctx() context: Context): Promise<Page<Round> | null> {
    return context.rounds.ofRegion(region.code, args);
  }
}
