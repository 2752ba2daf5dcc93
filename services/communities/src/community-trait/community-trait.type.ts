import { AssumedSize, enumType, HanTextScalar } from "@gongjian/subgraph";
import { Field, ObjectType } from "type-graphql";
import type { CommunityTraitCode } from "./community-trait.rules";

export const CommunityTraitEnum = enumType<CommunityTraitCode>(
  "CommunityTrait",
  "What characterises a community, where it is one of the kinds that offices speak of. Words of a community's own stand in `Community.traits`.",
  {
    STATE_ENTERPRISE_ESTATE: "An old estate that a state enterprise built for its own people 国企老生活区.",
    OLD_ESTATE: "Old estates or courtyards, mostly built before 2000 老旧小区.",
    MULTI_ETHNIC: "People of many ethnic groups live together 多民族社区.",
    INTERNATIONAL: "Many people from other countries live or work there 国际化社区.",
    ECO_VILLAGE: "A village that lives by its landscape, and with it 生态村.",
    RURAL: "In the country 乡村社区.",
    RURAL_TO_URBAN: "Was a village, and is becoming or has become urban 乡村转型社区、村改居.",
    RESETTLEMENT: "Built for people who had to move 安置社区.",
    INNER_CITY: "In the inner city 主城区社区.",
    HISTORIC_TOWN: "An old town, or a quarter under protection 古镇社区.",
    COMMERCIAL: "Homes and shops side by side, with many businesses 商圈社区、商居共治.",
    INDUSTRIAL: "In or beside a development zone, for those who work there 产业社区、职住平衡.",
    CAMPUS: "Around a university or college 高校社区.",
    NEW_BUILT: "Newly built 新建社区.",
    AGEING: "Many old people live there 老龄化社区.",
  },
);

@ObjectType({ description: "A trait of the list, with the words that mean it." })
export class CommunityTraitWords {
  @Field(() => CommunityTraitEnum, { description: "Its code." })
  code: CommunityTraitCode;

  @Field(() => HanTextScalar, { description: "The platform's own word for it: what a code becomes where it is entered as a label." })
  label: string;

  @AssumedSize(5)
  @Field(() => [HanTextScalar], { description: "Every label that means it, in either script, the platform's own first." })
  words: string[];
}
