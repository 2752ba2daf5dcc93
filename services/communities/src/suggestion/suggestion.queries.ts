import { stableId } from "@gongjian/database";
import { PublicBecause, type Page, wellFormed } from "@gongjian/subgraph";
import { Arg, Args, Ctx, Float, ID, Int, Query, Resolver } from "type-graphql";
import type { Context } from "../context";
import { SuggestionFigures, SuggestionFiguresArgs } from "./suggestion.figures";
import { SuggestionsArgs } from "./suggestion.inputs";
import { SimilarSuggestion, Suggestion, SuggestionConnection } from "./suggestion.type";

@Resolver()
export class SuggestionQueries {
  @Query(() => Suggestion, { nullable: true, description: "The suggestion with an id; null when there is none that you may see." })
  @PublicBecause("published suggestions are public; others show to whoever raised, holds or oversees them")
  suggestion(
    @Arg("id", () => ID, { description: "The suggestion's id." }) id: string,
    @Ctx() context: Context,
  ): Promise<Suggestion | null> {
    return context.suggestions.byId(wellFormed(id));
  }

  @Query(() => Suggestion, {
    nullable: true,
    description: "The suggestion with an external key; null when there is none that you may see.",
  })
  @PublicBecause("published suggestions are public; others show to whoever raised, holds or oversees them")
  suggestionByKey(
    @Arg("key", () => String, { description: "The external key that it was imported with." }) key: string,
    @Ctx() context: Context,
  ): Promise<Suggestion | null> {
    return context.suggestions.byId(stableId("suggestion", key));
  }

  @Query(() => SuggestionConnection, { description: "The suggestions that you may see, filtered and in order." })
  @PublicBecause("published suggestions are public; others show to whoever raised, holds or oversees them")
  suggestions(@Args(() => SuggestionsArgs) args: SuggestionsArgs, @Ctx() context: Context): Promise<Page<Suggestion>> {
    return context.suggestions.list(args);
  }

  @Query(() => [SimilarSuggestion], {
    description:
      "Suggestions that you may see and that say nearly the same as a text, in either script, the most alike first: to be read before another is raised, and to find what can be merged.",
  })
  @PublicBecause("published suggestions are public; others show to whoever raised, holds or oversees them")
  similarSuggestions(
    @Arg("text", () => String, { description: "The text, 1 to 4,200 characters." }) text: string,
    @Arg("within", () => ID, { nullable: true, description: "Only about this region or a place in it." }) within: string | null,
    @Arg("first", () => Int, { defaultValue: 10, description: "How many at most, 1 to 50." }) first: number,
    @Arg("atLeast", () => Float, { defaultValue: 0.4, description: "How alike at least, 0.05 to 1." }) atLeast: number,
    @Ctx() context: Context,
  ): Promise<SimilarSuggestion[]> {
    return context.suggestions.similar({ text, within, first, atLeast });
  }

  @Query(() => SuggestionFigures, {
    description: "How suggestions fared: response, resolution and satisfaction, by field, place and month.",
  })
  @PublicBecause("figures name nobody")
  suggestionFigures(@Args(() => SuggestionFiguresArgs) args: SuggestionFiguresArgs, @Ctx() context: Context): Promise<SuggestionFigures> {
    return context.suggestionFigures.all(args);
  }
}
