import type { HonourLevel } from "@gongjian/entities-communities";
import { connectionOf, enumType, HanTextScalar } from "@gongjian/subgraph";
import { createUnionType, Directive, Field, ID, Int, ObjectType } from "type-graphql";
import { Community } from "../community/community.type";
import { Organisation } from "../organisation/organisation.type";
import { Practice } from "../practice/practice.type";

export const HonourLevelEnum = enumType<HonourLevel>("HonourLevel", "At what level of administration an honour is awarded.", {
  INTERNATIONAL: "By an international body 国际级.",
  NATIONAL: "Of the whole country 国家级.",
  PROVINCIAL: "Of a province 省级.",
  MUNICIPAL: "Of a city 市级.",
  DISTRICT: "Of a district or county 区县级.",
  STREET: "Of a street or town 街镇级.",
  OTHER: "Anything else, or not known.",
});

export const HonourHolder = createUnionType({
  name: "HonourHolder",
  description: "Who or what was honoured: a community, an organisation or a practice.",
  types: () => [Community, Organisation, Practice] as const,
});

@ObjectType({ description: "What a community, an organisation or a practice was honoured with (荣誉)." })
@Directive('@key(fields: "id")')
export class Honour {
  @Field(() => ID, { description: "The platform's id of the honour." })
  id: string;

  @Field(() => String, { nullable: true, description: "The external key that imports find it again by." })
  key: string | null;

  @Field(() => HanTextScalar, { description: "Its title; the holder has a title once a year." })
  title: string;

  @Field(() => Int, { description: "The year in which it was awarded." })
  year: number;

  @Field(() => HonourLevelEnum, { description: "At what level." })
  level: HonourLevel;

  @Field(() => HanTextScalar, {
    nullable: true,
    description: "The name of whoever awarded it, where that is no organisation of the platform: then see `awarder`.",
  })
  awarderName: string | null;

  @Field({ description: "Made up to show how the platform works." })
  illustrative: boolean;

  @Field(() => String, { nullable: true, description: "Where the record comes from, e.g. the id of a report." })
  source: string | null;

  @Field(() => Int, { description: "Rises with every change; pass it as `expectedVersion`." })
  version: number;

  communityId: string | null;
  organisationId: string | null;
  practiceId: string | null;
  awarderId: string | null;
}

export const HonourConnection = connectionOf(Honour, "Honour");
