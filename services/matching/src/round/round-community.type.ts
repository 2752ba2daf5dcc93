import { connectionOf } from "@gongjian/subgraph";
import { Field, ObjectType } from "type-graphql";
import { Community } from "../external/community.type";

@ObjectType({ description: "A community that has needs in a round." })
export class RoundCommunity {
  @Field(() => Community, { nullable: true, description: "The community." })
  community: Community | null;

  roundId: string;
  communityId: string;
}

export const RoundCommunityConnection = connectionOf(RoundCommunity, "RoundCommunity");
