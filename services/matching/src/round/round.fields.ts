import { CRITERIA } from "@gongjian/assignment";
import { AssumedSize, FirstArg, pageSize, PageArgs, type Page } from "@gongjian/subgraph";
import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context";
import { visibleEvent } from "../external/event.lists";
import { Community } from "../external/community.type";
import { Event } from "../external/event.type";
import { Region } from "../external/region.type";
import { MatchesArgs } from "../match/match.inputs";
import { MatchConnection, type Match } from "../match/match.type";
import { NeedsArgs } from "../need/need.inputs";
import { Need, NeedConnection } from "../need/need.type";
import { OffersArgs } from "../offer/offer.inputs";
import { OfferConnection, type Offer } from "../offer/offer.type";
import { RoundCommunity, RoundCommunityConnection } from "./round-community.type";
import { weightsOf } from "./round.rules";
import { Round } from "./round.type";
import { CriterionWeight } from "./weights.type";

@Resolver(() => Round)
export class RoundFields {
  @FieldResolver(() => Region, {
    nullable: true,
    description: "The region whose list it is: communities in it, below it or run by it take part.",
  })
  region(@Root() round: Round): Region {
    return { __typename: "Region", code: round.regionCode } as Region;
  }

  @FieldResolver(() => Event, { nullable: true, description: "The event at which the two sides meet; null also while you may not see it." })
  async event(@Root() round: Round, @Ctx() context: Context): Promise<Event | null> {
    return round.eventId === null ? null : context.load(visibleEvent, round.eventId);
  }

  @FieldResolver(() => [Community], {
    description: "The communities from outside the region that are invited to enter needs. Those of the region need no invitation.",
  })
  guestCommunities(@Root() round: Round, @FirstArg(20) first: number | null): Community[] {
    return round.guestCommunityIds.slice(0, pageSize({ first })).map((id) => ({ __typename: "Community", id }) as Community);
  }

  @AssumedSize(6)
  @FieldResolver(() => [CriterionWeight], { description: "How much each criterion counts." })
  weights(@Root() round: Round): CriterionWeight[] {
    const weights = weightsOf(round.weights);
    return CRITERIA.map((criterion) => ({ criterion, weight: weights[criterion] }));
  }

  @FieldResolver(() => RoundCommunityConnection, {
    description: "The communities that have needs in the round that you may see, with those needs.",
  })
  communities(@Root() round: Round, @Args(() => PageArgs) args: PageArgs, @Ctx() context: Context): Promise<Page<RoundCommunity>> {
    return context.needs.communitiesOfRound(round.id, args);
  }

  @FieldResolver(() => NeedConnection, { description: "The round's needs that you may see." })
  needs(@Root() round: Round, @Args(() => NeedsArgs) args: NeedsArgs, @Ctx() context: Context): Promise<Page<Need>> {
    return context.needs.ofRound(round.id, args);
  }

  @FieldResolver(() => OfferConnection, { description: "The round's offers that you may see." })
  offers(@Root() round: Round, @Args(() => OffersArgs) args: OffersArgs, @Ctx() context: Context): Promise<Page<Offer>> {
    return context.offers.ofRound(round.id, args);
  }

  @FieldResolver(() => MatchConnection, { description: "The round's matches that you may see." })
  matches(@Root() round: Round, @Args(() => MatchesArgs) args: MatchesArgs, @Ctx() context: Context): Promise<Page<Match>> {
    return context.matches.ofRound(round.id, args);
  }
}

@Resolver(() => RoundCommunity)
export class RoundCommunityFields {
  @FieldResolver(() => [Need], {
    description:
      "The community's first needs in the round that you may see, by title. `Round.needs` with its filter `communityId` pages through all.",
  })
  needs(@Root() row: RoundCommunity, @FirstArg(10) first: number | null, @Ctx() context: Context): Promise<Need[]> {
    return context.needs.ofRoundCommunity(row.roundId, row.communityId, first ?? 10);
  }
}
