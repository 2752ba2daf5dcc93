import type { PracticeKind } from "@gongjian/entities-communities";
import { AssumedSize, connectionOf, enumType, HanTextScalar } from "@gongjian/subgraph";
import { createUnionType, Directive, Field, ID, Int, ObjectType } from "type-graphql";
import { Community } from "../community/community.type";
import { Organisation } from "../organisation/organisation.type";
import { Region } from "../region/region.type";

export const PracticeKindEnum = enumType<PracticeKind>("PracticeKind", "What kind of way of working a practice is.", {
  GOVERNANCE_MODEL: "A model of governance, mostly with labelled parts 治理模式.",
  BRAND: "A brand under which a body works 品牌.",
  CASE: "A case that is shown to others 案例.",
  PROJECT: "A project that became a way of working 项目.",
  SERVICE_MODEL: "A way of serving people 服务模式.",
  OTHER: "Anything else.",
});

export const PracticeHolder = createUnionType({
  name: "PracticeHolder",
  description: "Who holds a practice: a region through its office, a community or an organisation.",
  types: () => [Region, Community, Organisation] as const,
});

@ObjectType({ description: "A labelled part of a practice, e.g. its five drives, with what it is made of." })
export class PracticePart {
  @Field(() => HanTextScalar, { description: "What it is called." })
  label: string;

  @Field(() => Int, { nullable: true, description: "The number in it, e.g. 5 for five drives; null when it has none." })
  count: number | null;

  @AssumedSize(5)
  @Field(() => [PracticePart], { description: "What it is made of, in order; empty at the third depth." })
  items: PracticePart[];
}

@ObjectType({
  description: "A named way of working that a region's office, a community or an organisation holds and others adopt (做法、品牌).",
})
@Directive('@key(fields: "id")')
export class Practice {
  @Field(() => ID, { description: "The platform's id of the practice." })
  id: string;

  @Field(() => String, { nullable: true, description: "The external key that imports find it again by." })
  key: string | null;

  @Field(() => HanTextScalar, { description: "Its name, once with its holder whichever script it is written in." })
  name: string;

  @Field(() => PracticeKindEnum, { description: "What kind of way of working it is." })
  kind: PracticeKind;

  @Field(() => HanTextScalar, { nullable: true, description: "What it is about." })
  summary: string | null;

  @AssumedSize(5)
  @Field(() => [PracticePart], { description: "Its labelled parts, in order; at most 60 at all depths together." })
  parts: PracticePart[];

  @Field({ description: "Made up to show how the platform works." })
  illustrative: boolean;

  @Field(() => String, { nullable: true, description: "Where the record comes from, e.g. the id of a report." })
  source: string | null;

  @Field(() => Int, { description: "Rises with every change; pass it as `expectedVersion`." })
  version: number;

  regionCode: string | null;
  communityId: string | null;
  organisationId: string | null;
  eventIds: string[];
}

export const PracticeConnection = connectionOf(Practice, "Practice");
