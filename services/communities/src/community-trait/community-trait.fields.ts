import { AssumedSize } from "@gongjian/subgraph";
import { FieldResolver, Resolver, Root } from "type-graphql";
import { Community } from "../community/community.type";
import { traitsOf, type CommunityTraitCode } from "./community-trait.rules";
import { CommunityTraitEnum } from "./community-trait.type";

@Resolver(() => Community)
export class CommunityTraitFields {
  @FieldResolver(() => [CommunityTraitEnum], {
    description: "Which of its traits are of the list that communities are found by, whatever words say it.",
  })
  @AssumedSize(2)
  traitCodes(@Root() { traits }: Community): CommunityTraitCode[] {
    return traitsOf(traits);
  }
}
