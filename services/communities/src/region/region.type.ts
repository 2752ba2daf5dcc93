import type { IdentifierScheme, RegionKind, RegionLevel } from "@gongjian/entities-communities";
import { connectionOf, enumType, HanTextScalar } from "@gongjian/subgraph";
import { Directive, Field, ID, Int, ObjectType } from "type-graphql";

export const RegionLevelEnum = enumType<RegionLevel>("RegionLevel", "The level of a region in the administrative tree.", {
  PROVINCE: "Province, municipality under the central government, or special municipality 省级.",
  CITY: "Prefecture-level city 地级.",
  DISTRICT: "District or county 县级.",
  STREET: "Sub-district, town or township 乡级.",
});

export const RegionKindEnum = enumType<RegionKind>("RegionKind", "Whether a region contains, or only manages.", {
  ADMINISTRATIVE: "A node of the administrative tree.",
  ZONE: "A new area, high-tech or development zone: runs streets that lie in other districts.",
});

export const IdentifierSchemeEnum = enumType<IdentifierScheme>("IdentifierScheme", "Who gave an identifier.", {
  CN_STATS: "Statistical division codes of the National Bureau of Statistics of China.",
  TW_MOI: "Village and district codes of the Ministry of the Interior, Taiwan.",
  GONGJIAN: "Given by this platform where no official code is known.",
});

@ObjectType({
  description:
    "A node of the administrative tree (区划): province, city, district, street or town; or a zone that manages streets beside the tree.",
})
@Directive('@key(fields: "code")')
export class Region {
  @Field(() => ID, { description: "The statistical division code, or a code of the region's own scheme." })
  code: string;

  @Field(() => IdentifierSchemeEnum, { description: "Who gave the code." })
  scheme: IdentifierScheme;

  @Field(() => HanTextScalar, { description: "The name, in the script asked for." })
  name: string;

  @Field(() => RegionLevelEnum, { description: "The level in the tree." })
  level: RegionLevel;

  @Field(() => RegionKindEnum, { description: "Whether it contains, or only manages." })
  kind: RegionKind;

  @Field(() => String, { nullable: true, description: "Where the record comes from, e.g. the id of a report." })
  source: string | null;

  @Field(() => Int, { description: "Rises with every change; pass it as `expectedVersion`." })
  version: number;

  @Field(() => [ID], {
    description: "The codes of this region, of all that contain it and of the zones that manage any of them: whose officers reach it.",
  })
  scopeCodes: string[];

  parentCode: string | null;
}

export const RegionConnection = connectionOf(Region, "Region");
