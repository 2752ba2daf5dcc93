import { BulkInput } from "@gongjian/subgraph";
import { Field, ID, InputType } from "type-graphql";

@InputType({ description: "The traits of one community." })
export class CommunityTraitsRow {
  @Field(() => ID, { description: "The community's id." })
  communityId: string;

  @Field(() => [String], {
    description: "All its traits from now on, at most 20 of at most 50 characters: words, or codes of the list `CommunityTrait`.",
  })
  traits: string[];
}

@InputType({ description: "What characterises communities that are on record. All else about them stays." })
export class ImportCommunityTraitsInput extends BulkInput {
  @Field(() => [CommunityTraitsRow], { description: "At most 2,000 rows." })
  rows: CommunityTraitsRow[];
}
