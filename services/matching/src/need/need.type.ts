import type { EntryState, FundKind, NeedKind } from "@gongjian/entities-matching";
import { connectionOf, DateScalar, enumType, HanTextScalar, SafeIntScalar } from "@gongjian/subgraph";
import { Directive, Field, ID, Int, ObjectType } from "type-graphql";

export const NeedKindEnum = enumType<NeedKind>("NeedKind", "What is wanted.", {
  SERVICE: "A service 服务.",
  FUNDED_PROJECT: "A project that a fund pays for 资助项目.",
  SPACE_OPERATION: "Somebody to run a shared space 空间运营.",
  EXPERT: "An expert 专家.",
  VOLUNTEERS: "Volunteers 志愿者.",
  GOODS: "Goods 物资.",
});

export const FundKindEnum = enumType<FundKind>("FundKind", "Which fund pays.", {
  GUARANTEE: "The community's guarantee fund 保障资金.",
  INCENTIVE: "The community's incentive fund 激励资金.",
  OTHER: "Another fund.",
  NONE: "No fund.",
});

export const EntryStateEnum = enumType<EntryState>("EntryState", "Whether an entry of a list stands.", {
  OPEN: "It stands.",
  WITHDRAWN: "It was withdrawn.",
});

@ObjectType({ description: "A community's wish in a round (需求)." })
@Directive('@key(fields: "id")')
export class Need {
  @Field(() => ID, { description: "The platform's id of the need." })
  id: string;

  @Field(() => String, { nullable: true, description: "The external key that imports find it again by, unique in its round." })
  key: string | null;

  @Field(() => NeedKindEnum, { description: "What is wanted." })
  kind: NeedKind;

  @Field(() => HanTextScalar, { description: "The title." })
  title: string;

  @Field(() => HanTextScalar, { nullable: true, description: "What for, for whom, and to what effect." })
  description: string | null;

  @Field(() => FundKindEnum, { description: "Which fund pays." })
  fundKind: FundKind;

  @Field(() => SafeIntScalar, { nullable: true, description: "The least that is to be spent on the whole need, in minor units (fen)." })
  budgetMin: number | null;

  @Field(() => SafeIntScalar, {
    nullable: true,
    description: "The most that may be spent on the whole need, all its units, in minor units (fen); null: no ceiling.",
  })
  budgetMax: number | null;

  @Field({ description: "The currency of the budget, ISO 4217." })
  currency: string;

  @Field(() => DateScalar, { nullable: true, description: "The first day; null: open." })
  startsOn: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The last day; null: open." })
  endsOn: string | null;

  @Field(() => [HanTextScalar], { description: "What an offer must be able to do, at least one of them; none: anything." })
  tags: string[];

  @Field(() => [HanTextScalar], { description: "Qualifications that an offer must have, all of them." })
  requiredQualifications: string[];

  @Field(() => Int, { nullable: true, description: "How many people benefit." })
  beneficiaries: number | null;

  @Field(() => Int, { description: "How many units are wanted." })
  quantity: number;

  @Field(() => EntryStateEnum, { description: "Whether it stands." })
  state: EntryState;

  @Field({ description: "Made up to show how the platform works." })
  illustrative: boolean;

  @Field(() => String, { nullable: true, description: "Where the record comes from, e.g. the id of a report." })
  source: string | null;

  @Field(() => Int, { description: "Rises with every change; pass it as `expectedVersion`." })
  version: number;

  roundId: string;
  communityId: string;
  originSuggestionId: string | null;
}

export const NeedConnection = connectionOf(Need, "Need");
