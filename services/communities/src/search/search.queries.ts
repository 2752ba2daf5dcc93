import { pageSize, PublicBecause } from "@gongjian/subgraph";
import { Arg, Ctx, Int, Query, Resolver } from "type-graphql";
import type { Context } from "../context";
import { NameReference, NameResolution, Place, PlaceKindEnum, type PlaceKind } from "./search.type";

@Resolver()
export class SearchQueries {
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
