import { AssumedSize, enumType } from "@gongjian/subgraph";
import { createUnionType, Field, ID, InputType, ObjectType } from "type-graphql";
import { Community } from "../community/community.type";
import { Organisation } from "../organisation/organisation.type";
import { Region } from "../region/region.type";

export type PlaceKind = "REGION" | "COMMUNITY" | "ORGANISATION";
export const PlaceKindEnum = enumType<PlaceKind>("PlaceKind", "What a name can stand for.", {
  REGION: "A region.",
  COMMUNITY: "A community.",
  ORGANISATION: "An organisation.",
});

export const Place = createUnionType({
  name: "Place",
  description: "What a search by name finds.",
  types: () => [Region, Community, Organisation] as const,
});

@InputType({ description: "A name as it stands in somebody's list, to be found in the register." })
export class NameReference {
  @Field(() => PlaceKindEnum, { description: "What the name stands for." })
  kind: PlaceKind;

  @Field({ description: "A name in either script, a code, or an external key; at most 200 characters." })
  text: string;

  @Field(() => String, {
    nullable: true,
    description: "Decides between namesakes: a region's code, or a path of names such as `成都市/成华区/二仙桥街道` or `成华区二仙桥街道`.",
  })
  within?: string | null;
}

@ObjectType({ description: "What a name was found to stand for. Exactly one candidate means that it is settled." })
export class NameResolution {
  @Field(() => ID, { nullable: true, description: "The id (for a region: the code) where exactly one record fits." })
  id: string | null;

  @AssumedSize(10)
  @Field(() => [Place], { description: "The records that fit, at most ten." })
  candidates: (typeof Place)[];
}
