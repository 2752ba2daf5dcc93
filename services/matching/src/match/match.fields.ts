import { AssumedSize, HanTextScalar } from "@gongjian/subgraph";
import { Arg, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context";
import { Community } from "../external/community.type";
import { Organisation } from "../external/organisation.type";
import { Need } from "../need/need.type";
import { Offer } from "../offer/offer.type";
import { Round } from "../round/round.type";
import type { MatchSide } from "./match.policy";
import { Alternative, Blocker, Match, MatchFactor, MatchSideEnum } from "./match.type";
import { told } from "./region-names";
import { whyNotInWords, LanguageEnum, type Language } from "./words";

const LANGUAGE = { nullable: true, description: "The language; Chinese when left out." } as const;

@Resolver(() => Match)
export class MatchFields {
  @AssumedSize(6)
  @FieldResolver(() => [MatchFactor], { description: "What the score is made of." })
  factors(@Root() match: Match, @Ctx() context: Context): Promise<MatchFactor[]> {
    return context.matches.factors(match.id);
  }

  @FieldResolver(() => Round, { nullable: true, description: "The round that it belongs to." })
  round(@Root() match: Match, @Ctx() context: Context): Promise<Round | null> {
    return context.rounds.byId(match.roundId);
  }

  @FieldResolver(() => Need, { nullable: true, description: "The need." })
  need(@Root() match: Match, @Ctx() context: Context): Promise<Need | null> {
    return context.needs.byId(match.needId);
  }

  @FieldResolver(() => Offer, { nullable: true, description: "The offer." })
  offer(@Root() match: Match, @Ctx() context: Context): Promise<Offer | null> {
    return context.offers.byId(match.offerId);
  }

  @AssumedSize(2)
  @FieldResolver(() => [MatchSideEnum], { description: "Which sides have accepted it." })
  acceptedBy(@Root() match: Match): MatchSide[] {
    return [
      ...(match.communityAccepted ? (["COMMUNITY"] as const) : []),
      ...(match.organisationAccepted ? (["ORGANISATION"] as const) : []),
    ];
  }

  @FieldResolver(() => Community, { nullable: true, description: "The community that has the need." })
  community(@Root() match: Match): Community {
    return { __typename: "Community", id: match.communityId } as Community;
  }

  @FieldResolver(() => Organisation, { nullable: true, description: "The organisation that makes the offer." })
  organisation(@Root() match: Match): Organisation {
    return { __typename: "Organisation", id: match.organisationId } as Organisation;
  }
}

@Resolver(() => MatchFactor)
export class MatchFactorFields {
  @FieldResolver(() => HanTextScalar, { description: "The factor in one sentence." })
  text(
    @Root() factor: MatchFactor,
    @Ctx() context: Context,
    @Arg("language", () => LanguageEnum, LANGUAGE) language: Language | null,
  ): string | Promise<string> {
    return told(context, factor, language);
  }
}

@Resolver(() => Alternative)
export class AlternativeFields {
  @FieldResolver(() => HanTextScalar, { description: "Why it was not chosen, in one sentence." })
  whyNot(@Root() alternative: Alternative, @Arg("language", () => LanguageEnum, LANGUAGE) language: Language | null): string {
    return whyNotInWords(alternative, language);
  }

  @FieldResolver(() => Offer, { nullable: true, description: "The offer." })
  offer(@Root() alternative: Alternative, @Ctx() context: Context): Promise<Offer | null> {
    return context.offers.byId(alternative.offerId);
  }
}

@Resolver(() => Blocker)
export class BlockerFields {
  @FieldResolver(() => Offer, { nullable: true, description: "The offer that is kept away." })
  offer(@Root() blocker: Blocker, @Ctx() context: Context): Promise<Offer | null> {
    return context.offers.byId(blocker.offerId);
  }

  @FieldResolver(() => HanTextScalar, { description: "The reason in one sentence, with its figures." })
  text(
    @Root() blocker: Blocker,
    @Ctx() context: Context,
    @Arg("language", () => LanguageEnum, LANGUAGE) language: Language | null,
  ): string | Promise<string> {
    return told(context, blocker, language);
  }

  @FieldResolver(() => [HanTextScalar], {
    description: "Single steps that would lift it, each in one sentence; one of them is enough for this reason.",
  })
  unblock(
    @Root() blocker: Blocker,
    @Ctx() context: Context,
    @Arg("language", () => LanguageEnum, LANGUAGE) language: Language | null,
  ): Promise<string[]> {
    return Promise.all(blocker.steps.map(async (step) => told(context, step as object, language)));
  }
}
