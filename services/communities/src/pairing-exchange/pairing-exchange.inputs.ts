import type { ExchangeKind } from "@gongjian/entities-communities";
import { BulkInput, CommandInput, DateScalar, PageArgs } from "@gongjian/subgraph";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";
import { PairingMemberInput } from "../pairing/pairing.inputs";
import { ExchangeKindEnum } from "./pairing-exchange.type";

@ArgsType()
export class PairingExchangesArgs extends PageArgs {
  @Field(() => [ExchangeKindEnum], { nullable: true, description: "Only these kinds; all when left out." })
  kinds?: ExchangeKind[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "With entries that were corrected or withdrawn: the log as it was written. What counts when left out.",
  })
  wholeLog?: boolean | null;
}

@InputType({ description: "An exchange to log." })
export class RecordExchangeInput extends CommandInput {
  @Field(() => ID, { description: "The pairing, which must hold." })
  pairingId: string;

  @Field(() => ExchangeKindEnum, { description: "What went." })
  kind: ExchangeKind;

  @Field(() => PairingMemberInput, { description: "From which party: the visitors, whoever called the meeting, or the giver." })
  from: PairingMemberInput;

  @Field(() => PairingMemberInput, { description: "To which party." })
  to: PairingMemberInput;

  @Field(() => DateScalar, {
    description: "The day, not later than today. It may lie before the signing: visits are often how a pairing came about.",
  })
  onDate: string;

  @Field(() => Int, { nullable: true, description: "How many people, 1 to 1,000,000." })
  headCount?: number | null;

  @Field(() => String, { nullable: true, description: "What is said about it, at most 1,000 characters. Everybody reads it." })
  note?: string | null;

  @Field(() => ID, { nullable: true, description: "The event that it was." })
  eventId?: string | null;
}

@InputType({
  description: "What an entry of the log should have said. What is left out stays as it was; null takes it away where it can be null.",
})
export class CorrectExchangeInput extends CommandInput {
  @Field(() => ID, { description: "The exchange that was logged wrongly. Each is corrected once; correct the correction if need be." })
  id: string;

  @Field({ description: "Why, 1 to 500 characters. Everybody reads it." })
  reason: string;

  @Field(() => Boolean, { nullable: true, description: "Whether there was no such exchange at all; no when left out." })
  withdrawn?: boolean | null;

  @Field(() => ExchangeKindEnum, { nullable: true, description: "What went." })
  kind?: ExchangeKind | null;

  @Field(() => PairingMemberInput, { nullable: true, description: "From which party." })
  from?: PairingMemberInput | null;

  @Field(() => PairingMemberInput, { nullable: true, description: "To which party." })
  to?: PairingMemberInput | null;

  @Field(() => DateScalar, { nullable: true, description: "The day, not later than today." })
  onDate?: string | null;

  @Field(() => Int, { nullable: true, description: "How many people, 1 to 1,000,000." })
  headCount?: number | null;

  @Field(() => String, { nullable: true, description: "What is said about it, at most 1,000 characters. Everybody reads it." })
  note?: string | null;

  @Field(() => ID, { nullable: true, description: "The event that it was." })
  eventId?: string | null;
}

@InputType({ description: "One exchange of a bulk import." })
export class PairingExchangeRow {
  @Field({
    description:
      "The external key, 1 to 100 characters. A record with it is left as it is when the row says the same, and refused otherwise.",
  })
  key: string;

  @Field({ description: "The external key of the pairing." })
  pairingKey: string;

  @Field(() => ExchangeKindEnum, { description: "What went." })
  kind: ExchangeKind;

  @Field(() => PairingMemberInput, { description: "From which party." })
  from: PairingMemberInput;

  @Field(() => PairingMemberInput, { description: "To which party." })
  to: PairingMemberInput;

  @Field(() => DateScalar, { description: "The day." })
  onDate: string;

  @Field(() => Int, { nullable: true, description: "How many people." })
  headCount?: number | null;

  @Field(() => String, { nullable: true, description: "What is said about it." })
  note?: string | null;

  @Field(() => ID, { nullable: true, description: "The event that it was." })
  eventId?: string | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from." })
  source?: string | null;
}

@InputType({ description: "Exchanges to enter, found again by external key." })
export class ImportPairingExchangesInput extends BulkInput {
  @Field(() => [PairingExchangeRow], { description: "At most 2,000 rows." })
  rows: PairingExchangeRow[];
}
