import { AssumedSize, pageSize, PublicBecause } from "@gongjian/subgraph";
import { Arg, Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context";
import type { SearchPage } from "./search.hits";
import { SearchCount, SearchHitConnection } from "./search.hits.type";
import { SearchArgs } from "./search.inputs";
import { NameReference, NameResolution, Place, PlaceKindEnum, type PlaceKind } from "./search.type";

@Resolver()
export class SearchQueries {
  @Query(() => SearchHitConnection, {
    description:
      "Everything that you may see and that answers to a text, the nearest first: either script, pinyin or initials. What has all of it comes alone; only when nothing has, what sounds so or has some of the words. Of a text that more than 500 records of a kind answer to, all of that name come first, then up to 500 that begin so, and 500 of the others.",
  })
  @PublicBecause("registers are public; of people and suggestions everybody finds those that their lists show them")
  search(@Args(() => SearchArgs) args: SearchArgs, @Ctx() context: Context): Promise<SearchPage> {
    return context.searchHits.page(args);
  }

  @Query(() => [Place], {
    description:
      "Regions, communities and organisations by name, best first: either script, pinyin or initials, e.g. `龍泉驛`, `longquanyi`, `lqy`.",
  })
  @PublicBecause("the registers are public")
  searchPlaces(
    @Arg("text", () => String, { description: "What to look for; at most 100 characters are read." }) text: string,
    @Arg("kinds", () => [PlaceKindEnum], { nullable: true, description: "Only these kinds; all when left out." }) kinds: PlaceKind[] | null,
    @Arg("first", () => Int, { nullable: true, description: "How many to return at most, 1 to 100; 20 when left out." }) first:
      | number
      | null,
    @Ctx() context: Context,
  ): Promise<unknown[]> {
    return context.search.places(text, kinds ?? ["REGION", "COMMUNITY", "ORGANISATION"], pageSize({ first }));
  }

  @Query(() => [NameResolution], { description: "Finds what the names of a list stand for, in the list's order; at most 2,000 names." })
  @PublicBecause("the registers are public")
  resolveNames(
    @Arg("references", () => [NameReference], { description: "The names." }) references: NameReference[],
    @Ctx() context: Context,
  ): Promise<NameResolution[]> {
    return context.search.resolve(references);
  }
}

@Resolver(() => SearchHitConnection)
export class SearchHitConnectionFields {
  @AssumedSize(6)
  @FieldResolver(() => [SearchCount], { description: "How many records of each kind there are, counted only when asked for." })
  counts(@Root() page: SearchPage): Promise<SearchCount[]> {
    return page.counts();
  }
}
