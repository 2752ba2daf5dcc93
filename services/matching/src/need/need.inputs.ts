import type { EntryState, FundKind, NeedKind } from "@gongjian/entities-matching";
import { BulkInput, CommandInput, DateScalar, enumType, PageArgs, SafeIntScalar } from "@gongjian/subgraph";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";
import { EntryStateEnum, FundKindEnum, NeedKindEnum } from "./need.type";

@InputType({ description: "Which needs to list." })
export class NeedFilter {
  @Field(() => ID, { nullable: true, description: "Only this round." })
  roundId?: string | null;

  @Field(() => ID, { nullable: true, description: "Only this community." })
  communityId?: string | null;

  @Field(() => NeedKindEnum, { nullable: true, description: "Only this kind." })
  kind?: NeedKind | null;

  @Field(() => FundKindEnum, { nullable: true, description: "Only what this fund pays." })
  fundKind?: FundKind | null;

  @Field(() => EntryStateEnum, { nullable: true, description: "Only this state." })
  state?: EntryState | null;
}

export type NeedOrder = "TITLE_ASC" | "TITLE_DESC";
export const NeedOrderEnum = enumType<NeedOrder>("NeedOrder", "How to order needs.", {
  TITLE_ASC: "By title.",
  TITLE_DESC: "By title, backwards.",
});

@ArgsType()
export class NeedsArgs extends PageArgs {
  @Field(() => NeedFilter, { nullable: true, description: "Which needs to list; all that you may see when left out." })
  filter?: NeedFilter | null;

  @Field(() => NeedOrderEnum, { nullable: true, description: "The order; by title when left out." })
  orderBy?: NeedOrder | null;
}

/** What a need says of itself, in every input. */
@InputType()
export abstract class NeedContent extends CommandInput {
  @Field(() => NeedKindEnum, { nullable: true, description: "What is wanted." })
  kind?: NeedKind | null;

  @Field(() => String, { nullable: true, description: "The title, 1 to 200 characters." })
  title?: string | null;

  @Field(() => String, { nullable: true, description: "At most 4,000 characters." })
  description?: string | null;

  @Field(() => FundKindEnum, { nullable: true, description: "Which fund pays." })
  fundKind?: FundKind | null;

  @Field(() => SafeIntScalar, { nullable: true, description: "The least for the whole need, in minor units, 0 to 10^12." })
  budgetMin?: number | null;

  @Field(() => SafeIntScalar, {
    nullable: true,
    description: "The most for the whole need, in minor units, 0 to 10^12, not below the least.",
  })
  budgetMax?: number | null;

  @Field(() => String, { nullable: true, description: "ISO 4217, e.g. CNY." })
  currency?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The first day." })
  startsOn?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The last day, not before the first." })
  endsOn?: string | null;

  @Field(() => [String], { nullable: true, description: "At most 50 of at most 60 characters." })
  tags?: string[] | null;

  @Field(() => [String], { nullable: true, description: "At most 50 of at most 100 characters." })
  requiredQualifications?: string[] | null;

  @Field(() => Int, { nullable: true, description: "0 to 10,000,000." })
  beneficiaries?: number | null;

  @Field(() => Int, { nullable: true, description: "1 to 10,000." })
  quantity?: number | null;

  @Field(() => ID, { nullable: true, description: "The suggestion that it grew from; one that you may see." })
  originSuggestionId?: string | null;
}

@InputType({ description: "A new need. Kind and title are required; the quantity is 1, the fund NONE and the currency CNY when left out." })
export class CreateNeedInput extends NeedContent {
  @Field(() => ID, { description: "The round whose list it goes into." })
  roundId: string;

  @Field(() => ID, { description: "The community whose need it is." })
  communityId: string;

  @Field(() => String, { nullable: true, description: "An external key, 1 to 100 characters, unique in the round." })
  key?: string | null;
}

@InputType({ description: "A change to a need. What is left out stays; null empties what may be empty." })
export class UpdateNeedInput extends NeedContent {
  @Field(() => ID, { description: "The need's id." })
  id: string;

  @Field(() => Int, { description: "The version that the change was made against." })
  expectedVersion: number;
}

@InputType({ description: "A need to withdraw." })
export class WithdrawNeedInput extends CommandInput {
  @Field(() => ID, { description: "The need's id." })
  id: string;

  @Field(() => Int, { description: "The version that it was decided against." })
  expectedVersion: number;
}

@InputType({ description: "One need of a bulk import." })
export class NeedRow {
  @Field({ description: "The external key; a record with it in the same round is updated." })
  key: string;

  @Field({ description: "The external key of the round." })
  roundKey: string;

  @Field(() => ID, { description: "The community's id." })
  communityId: string;

  @Field(() => NeedKindEnum, { description: "What is wanted." })
  kind: NeedKind;

  @Field({ description: "The title, 1 to 200 characters." })
  title: string;

  @Field(() => String, { nullable: true, description: "At most 4,000 characters." })
  description?: string | null;

  @Field(() => FundKindEnum, { nullable: true, description: "Which fund pays; NONE when left out." })
  fundKind?: FundKind | null;

  @Field(() => SafeIntScalar, { nullable: true, description: "The least for the whole need, in minor units." })
  budgetMin?: number | null;

  @Field(() => SafeIntScalar, { nullable: true, description: "The most for the whole need, in minor units." })
  budgetMax?: number | null;

  @Field(() => String, { nullable: true, description: "ISO 4217; CNY when left out." })
  currency?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The first day." })
  startsOn?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The last day." })
  endsOn?: string | null;

  @Field(() => [String], { nullable: true, description: "What an offer must be able to do." })
  tags?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Qualifications that an offer must have." })
  requiredQualifications?: string[] | null;

  @Field(() => Int, { nullable: true, description: "How many people benefit." })
  beneficiaries?: number | null;

  @Field(() => Int, { nullable: true, description: "How many units are wanted; 1 when left out." })
  quantity?: number | null;

  @Field(() => ID, { nullable: true, description: "The suggestion that it grew from; one that you may see." })
  originSuggestionId?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Made up to show how the platform works." })
  illustrative?: boolean | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from." })
  source?: string | null;
}

@InputType({ description: "Needs to create or update, found again by round and external key." })
export class ImportNeedsInput extends BulkInput {
  @Field(() => [NeedRow], { description: "At most 2,000 rows." })
  rows: NeedRow[];
}
