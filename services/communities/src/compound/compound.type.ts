import type { CompoundKind } from "@gongjian/entities-communities";
import { connectionOf, enumType, HanTextScalar } from "@gongjian/subgraph";
import { Directive, Field, ID, Int, ObjectType } from "type-graphql";

export const CompoundKindEnum = enumType<CompoundKind>("CompoundKind", "What kind of housing a compound is.", {
  COMMODITY_HOUSING: "Housing built for sale 商品房小区.",
  DANWEI_ESTATE: "Estate built by a work unit for its own people 单位生活区、职工宿舍.",
  RESETTLEMENT: "Resettlement housing 安置小区.",
  AFFORDABLE_HOUSING: "Affordable or public rental housing 保障性住房.",
  OLD_COURTYARD: "Old courtyard without property management of its own 老旧院落.",
  SELF_BUILT: "Houses built by their owners 自建房.",
  MIXED: "Several of these 混合.",
  OTHER: "Anything else.",
});

@ObjectType({
  description:
    "A residential compound of a community (小区). A community's records need not be complete: how many compounds it counts stands in its population snapshots.",
})
@Directive('@key(fields: "id")')
export class Compound {
  @Field(() => ID, { description: "The platform's id of the compound." })
  id: string;

  @Field(() => HanTextScalar, { description: "Its name, once in its community whichever script it is written in." })
  name: string;

  @Field(() => CompoundKindEnum, { description: "What kind of housing it is." })
  kind: CompoundKind;

  @Field(() => Int, { nullable: true, description: "Households; null when not known." })
  households: number | null;

  @Field(() => Int, { nullable: true, description: "The year in which it was finished; null when not known." })
  builtYear: number | null;

  @Field(() => HanTextScalar, {
    nullable: true,
    description: "The name of whoever manages the property, where that is no organisation of the platform: then see `manager`.",
  })
  managerName: string | null;

  @Field({ description: "Made up to show how the platform works." })
  illustrative: boolean;

  @Field(() => String, { nullable: true, description: "Where the record comes from, e.g. the id of a report." })
  source: string | null;

  @Field(() => Int, { description: "Rises with every change; pass it as `expectedVersion`." })
  version: number;

  communityId: string;
  managerId: string | null;
}

export const CompoundConnection = connectionOf(Compound, "Compound");
