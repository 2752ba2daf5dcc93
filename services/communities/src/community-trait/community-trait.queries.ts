import { AssumedSize, PublicBecause } from "@gongjian/subgraph";
import { Query, Resolver } from "type-graphql";
import { TRAIT_CODES, traitLabel, traitWords } from "./community-trait.rules";
import { CommunityTraitWords } from "./community-trait.type";

@Resolver()
export class CommunityTraitQueries {
  @Query(() => [CommunityTraitWords], { description: "The traits that communities are found by, with the words that mean each." })
  @AssumedSize(15)
  @PublicBecause("it is a list of words")
  communityTraits(): CommunityTraitWords[] {
    return TRAIT_CODES.map((code) => ({ code, label: traitLabel(code), words: [...traitWords(code)] }));
  }
}
