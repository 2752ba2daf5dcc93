import { AssumedSize, FirstArg } from "@gongjian/subgraph";
import { Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { Context } from "../context";
import { Community } from "../external/community.type";
import { visibleSuggestion } from "../external/suggestion.lists";
import { Suggestion } from "../external/suggestion.type";
import { Alternative, Blocker, Match } from "../match/match.type";
import { Round } from "../round/round.type";
import { canSeeDeclined, scopesOfNeed } from "./need.policy";
import { Need } from "./need.type";

@Resolver(() => Need)
export class NeedFields {
  @FieldResolver(() => Round, { nullable: true, description: "The round whose list it stands in." })
  round(@Root() need: Need, @Ctx() context: Context): Promise<Round | null> {
    return context.rounds.byId(need.roundId);
  }

  @FieldResolver(() => Community, { nullable: true, description: "The community whose need it is." })
  community(@Root() need: Need): Community {
    return { __typename: "Community", id: need.communityId } as Community;
  }

  @FieldResolver(() => Suggestion, { nullable: true, description: "The suggestion that it grew from, when you may see it." })
  originSuggestion(@Root() need: Need, @Ctx() context: Context): Promise<Suggestion | null> | null {
    return need.originSuggestionId === null ? null : context.load(visibleSuggestion, need.originSuggestionId);
  }

  @FieldResolver(() => [Match], {
    description: "Its best matches that you may see, best first. `Round.matches` with its filter `needId` pages through all.",
  })
  matches(@Root() need: Need, @FirstArg(5) first: number | null, @Ctx() context: Context): Promise<Match[]> {
    return context.matches.ofNeed(need.id, first ?? 5);
  }

  @AssumedSize(3)
  @FieldResolver(() => [Alternative], { description: "The best offers that fit and were not chosen, as of the last matching; best first." })
  async alternatives(@Root() need: Need, @Ctx() context: Context): Promise<Alternative[]> {
    return (await context.matches.outlook(need.id))?.alternatives ?? [];
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: "How many of the wanted units the last matching could not serve; null before a matching.",
  })
  async missingUnits(@Root() need: Need, @Ctx() context: Context): Promise<number | null> {
    return (await context.matches.outlook(need.id))?.missingUnits ?? null;
  }

  @AssumedSize(6)
  @FieldResolver(() => [Blocker], {
    description:
      "For a need that is not served in full: what kept the nearest offers away, as of the last matching; at most three, and three that were declined.",
  })
  async blockers(@Root() need: Need, @Ctx() context: Context): Promise<Blocker[]> {
    const blockers = (await context.matches.outlook(need.id))?.blockers ?? [];
    if (!blockers.some((blocker) => blocker.reason === "DECLINED")) return blockers;
    const round = await context.rounds.byId(need.roundId);
    const scopes = scopesOfNeed(need.communityId, round ?? { regionScopeCodes: [] });
    return canSeeDeclined(context.viewer, scopes) ? blockers : blockers.filter((blocker) => blocker.reason !== "DECLINED");
  }
}
