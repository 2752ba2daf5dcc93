import type { OrganisationKind } from "@gongjian/entities-communities";
import { connectionOf, enumType, HanTextScalar } from "@gongjian/subgraph";
import { Directive, Field, ID, Int, ObjectType } from "type-graphql";

export const OrganisationKindEnum = enumType<OrganisationKind>("OrganisationKind", "What kind of body an organisation is.", {
  SOCIAL_ORGANISATION: "Social organisation 社会组织.",
  ENTERPRISE: "Enterprise 企业.",
  SOCIAL_ENTERPRISE: "Social enterprise 社会企业.",
  GOVERNMENT: "Government office 政府部门.",
  PARTY_BODY: "Party body 党派机构.",
  SCHOOL: "School 学校.",
  MEDIA: "Media 媒体.",
  RESIDENT_TEAM: "Team of residents 居民队伍.",
  SUPPORT_CENTRE: "Support centre 支持中心.",
  INSTITUTION: "Public institution 事业单位 or resident institution 驻区机构.",
  OTHER: "Any other body.",
});

@ObjectType({
  description: "A body that acts in neighbourhoods (组织): social organisation, enterprise, office, school, team of residents and so on.",
})
@Directive('@key(fields: "id")')
export class Organisation {
  @Field(() => ID, { description: "The platform's id of the organisation." })
  id: string;

  @Field(() => String, { nullable: true, description: "The external key that imports find it again by." })
  key: string | null;

  @Field(() => HanTextScalar, { description: "The name, in the script asked for." })
  name: string;

  @Field(() => OrganisationKindEnum, { description: "What kind of body it is." })
  kind: OrganisationKind;

  @Field(() => String, { nullable: true, description: "Unified social credit code, checked by GB 32100-2015." })
  creditCode: string | null;

  @Field(() => [HanTextScalar], { description: "What it can do." })
  capabilities: string[];

  @Field(() => HanTextScalar, { nullable: true, description: "What it is, in a few sentences." })
  description: string | null;

  @Field({ description: "Made up to show how the platform works; not a real body." })
  illustrative: boolean;

  @Field(() => String, { nullable: true, description: "Where the record comes from, e.g. the id of a report." })
  source: string | null;

  @Field(() => Int, { description: "Rises with every change; pass it as `expectedVersion`." })
  version: number;

  regionCode: string | null;
}

export const OrganisationConnection = connectionOf(Organisation, "Organisation");
