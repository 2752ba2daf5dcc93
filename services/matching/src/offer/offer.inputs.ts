import type { EntryState, NeedKind } from "@gongjian/entities-matching";
import { BulkInput, CommandInput, DateScalar, enumType, PageArgs, SafeIntScalar } from "@gongjian/subgraph";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";
import { EntryStateEnum, NeedKindEnum } from "../need/need.type";

@InputType({ description: "Which offers to list." })
export class OfferFilter {
  @Field(() => ID, { nullable: true, description: "Only this round." })
  roundId?: string | null;

  @Field(() => ID, { nullable: true, description: "Only this organisation." })
  organisationId?: string | null;

  @Field(() => NeedKindEnum, { nullable: true, description: "Only offers that can serve this kind of need." })
  kind?: NeedKind | null;

  @Field(() => EntryStateEnum, { nullable: true, description: "Only this state." })
  state?: EntryState | null;
}

export type OfferOrder = "TITLE_ASC" | "TITLE_DESC";
export const OfferOrderEnum = enumType<OfferOrder>("OfferOrder", "How to order offers.", {
  TITLE_ASC: "By title.",
  TITLE_DESC: "By title, backwards.",
});

@ArgsType()
export class OffersArgs extends PageArgs {
  @Field(() => OfferFilter, { nullable: true, description: "Which offers to list; all that you may see when left out." })
  filter?: OfferFilter | null;

  @Field(() => OfferOrderEnum, { nullable: true, description: "The order; by title when left out." })
  orderBy?: OfferOrder | null;
}

/** What an offer says of itself, in every input. */
@InputType()
export abstract class OfferContent extends CommandInput {
  @Field(() => [NeedKindEnum], { nullable: true, description: "The kinds of need that it can serve, at least one." })
  kinds?: NeedKind[] | null;

  @Field(() => String, { nullable: true, description: "The title, 1 to 200 characters." })
  title?: string | null;

  @Field(() => String, { nullable: true, description: "At most 4,000 characters." })
  description?: string | null;

  @Field(() => [String], { nullable: true, description: "At most 100 of at most 60 characters." })
  capabilities?: string[] | null;

  @Field(() => SafeIntScalar, { nullable: true, description: "The price of one unit in minor units, 0 to 10^12." })
  price?: number | null;

  @Field(() => String, { nullable: true, description: "ISO 4217, e.g. CNY." })
  currency?: string | null;

  @Field(() => Int, { nullable: true, description: "1 to 10,000." })
  capacity?: number | null;

  @Field(() => [ID], { nullable: true, description: "Codes of regions, at most 500; none: everywhere." })
  coverage?: string[] | null;

  @Field(() => DateScalar, { nullable: true, description: "The first day." })
  availableFrom?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The last day, not before the first." })
  availableTo?: string | null;

  @Field(() => [String], { nullable: true, description: "At most 100 of at most 100 characters." })
  qualifications?: string[] | null;

  @Field(() => [String], { nullable: true, description: "At most 50 of at most 200 characters." })
  cases?: string[] | null;
}

@InputType({ description: "A new offer. Kinds and title are required; the capacity is 1 and the currency CNY when left out." })
export class CreateOfferInput extends OfferContent {
  @Field(() => ID, { description: "The round whose list it goes into." })
  roundId: string;

  @Field(() => ID, { description: "The organisation that makes it." })
  organisationId: string;

  @Field(() => String, { nullable: true, description: "An external key, 1 to 100 characters, unique in the round." })
  key?: string | null;
}

@InputType({ description: "A change to an offer. What is left out stays; null empties what may be empty." })
export class UpdateOfferInput extends OfferContent {
  @Field(() => ID, { description: "The offer's id." })
  id: string;

  @Field(() => Int, { description: "The version that the change was made against." })
  expectedVersion: number;
}

@InputType({ description: "An offer to withdraw." })
export class WithdrawOfferInput extends CommandInput {
  @Field(() => ID, { description: "The offer's id." })
  id: string;

  @Field(() => Int, { description: "The version that it was decided against." })
  expectedVersion: number;
}

@InputType({ description: "One offer of a bulk import." })
export class OfferRow {
  @Field({ description: "The external key; a record with it in the same round is updated." })
  key: string;

  @Field({ description: "The external key of the round." })
  roundKey: string;

  @Field(() => ID, { description: "The organisation's id." })
  organisationId: string;

  @Field(() => [NeedKindEnum], { description: "The kinds of need that it can serve, at least one." })
  kinds: NeedKind[];

  @Field({ description: "The title, 1 to 200 characters." })
  title: string;

  @Field(() => String, { nullable: true, description: "At most 4,000 characters." })
  description?: string | null;

  @Field(() => [String], { nullable: true, description: "What it can do." })
  capabilities?: string[] | null;

  @Field(() => SafeIntScalar, { nullable: true, description: "The price of one unit in minor units." })
  price?: number | null;

  @Field(() => String, { nullable: true, description: "ISO 4217; CNY when left out." })
  currency?: string | null;

  @Field(() => Int, { nullable: true, description: "How many units it can serve; 1 when left out." })
  capacity?: number | null;

  @Field(() => [ID], { nullable: true, description: "Codes of the regions it serves; none: everywhere." })
  coverage?: string[] | null;

  @Field(() => DateScalar, { nullable: true, description: "The first day." })
  availableFrom?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The last day." })
  availableTo?: string | null;

  @Field(() => [String], { nullable: true, description: "Qualifications that it holds." })
  qualifications?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Cases that it can show." })
  cases?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: "Made up to show how the platform works." })
  illustrative?: boolean | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from." })
  source?: string | null;
}

@InputType({ description: "Offers to create or update, found again by round and external key." })
export class ImportOffersInput extends BulkInput {
  @Field(() => [OfferRow], { description: "At most 2,000 rows." })
  rows: OfferRow[];
}
