import type { CommunityKind, IdentifierScheme } from "@gongjian/entities-communities";
import { connectionOf, enumType, HanTextScalar } from "@gongjian/subgraph";
import { Directive, Field, Float, ID, Int, ObjectType } from "type-graphql";
import { IdentifierSchemeEnum } from "../region/region.type";

export const CommunityKindEnum = enumType<CommunityKind>("CommunityKind", "What kind of neighbourhood a community is.", {
  URBAN: "Urban community with a residents' committee 社区.",
  VILLAGE: "Village with a villagers' committee 村.",
  LI: "Li, the neighbourhood unit of Taiwan's cities 里.",
});

@ObjectType({ description: "An official or platform-given identifier." })
export class Identifier {
  @Field(() => IdentifierSchemeEnum, { description: "Who gave it." })
  scheme: IdentifierScheme;

  @Field({ description: "The identifier itself, e.g. the 12-digit statistical code." })
  value: string;
}

@ObjectType({ description: "A point on the earth, WGS 84." })
export class Location {
  @Field(() => Float, { description: "Degrees east, -180 to 180." })
  longitude: number;

  @Field(() => Float, { description: "Degrees north, -90 to 90." })
  latitude: number;
}

@ObjectType({ description: "The unit that everything hangs on (社区/村/里): an urban community, a village or a li." })
@Directive('@key(fields: "id")')
export class Community {
  @Field(() => ID, { description: "The platform's id of the community." })
  id: string;

  @Field(() => HanTextScalar, { description: "The name, in the script asked for." })
  name: string;

  @Field(() => CommunityKindEnum, { description: "What kind of neighbourhood it is." })
  kind: CommunityKind;

  @Field(() => [HanTextScalar], {
    description:
      "What characterises it, in the words in which it was entered, e.g. 老旧国企生活区 for an old state-enterprise estate; see `traitCodes`.",
  })
  traits: string[];

  @Field(() => HanTextScalar, { nullable: true, description: "What it is, in a few sentences." })
  description: string | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from, e.g. the id of a report." })
  source: string | null;

  @Field(() => Int, { description: "Rises with every change; pass it as `expectedVersion`." })
  version: number;

  scheme: IdentifierScheme;
  identifier: string;
  regionCode: string;
  longitude: number | null;
  latitude: number | null;
}

export const CommunityConnection = connectionOf(Community, "Community");
