import type { PairingKind, PairingState } from "@gongjian/entities-communities";
import { BulkInput, CommandInput, DateScalar, enumType, PageArgs } from "@gongjian/subgraph";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";
import { PairingKindEnum, PairingStateEnum } from "./pairing.type";

@InputType({ description: "Which pairings to list. All conditions must hold." })
export class PairingFilter {
  @Field(() => [PairingKindEnum], { nullable: true, description: "Only these kinds." })
  kinds?: PairingKind[] | null;

  @Field(() => [PairingStateEnum], { nullable: true, description: "Only those that have come so far." })
  states?: PairingState[] | null;

  @Field(() => ID, { nullable: true, description: "Only with a party in this region, at any depth, or managed by it." })
  within?: string | null;

  @Field(() => ID, { nullable: true, description: "Only signed at this event." })
  eventId?: string | null;

  @Field(() => String, { nullable: true, description: "Only for this field of cooperation, as it is written." })
  field?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Only those that hold and in which nothing has happened for `quietFor` days, whether somebody called them DORMANT or not.",
  })
  dormant?: boolean | null;

  @Field(() => Int, { nullable: true, description: "With `dormant`: for how many days, 1 to 36,500; 180 when left out." })
  quietFor?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "Only those that hold and whose term ends in so many days from today, or is over, 0 to 36,500.",
  })
  expiringWithin?: number | null;
}

export type PairingOrder = "SIGNED_DESC" | "SIGNED_ASC";
export const PairingOrderEnum = enumType<PairingOrder>("PairingOrder", "How to order pairings.", {
  SIGNED_DESC: "By the day of the signing, the latest first; proposed ones before all.",
  SIGNED_ASC: "By the day of the signing, the earliest first; proposed ones after all.",
});

@ArgsType()
export class PairingsArgs extends PageArgs {
  @Field(() => PairingFilter, { nullable: true, description: "Which pairings to list; all that you may see when left out." })
  filter?: PairingFilter | null;

  @Field(() => PairingOrderEnum, { nullable: true, description: "The order; the latest first when left out." })
  orderBy?: PairingOrder | null;
}

@InputType({ description: "Which owed visits to list. All conditions must hold." })
export class OwedVisitFilter {
  @Field(() => ID, {
    nullable: true,
    description: "Only where the visitor or the host lies in this region, at any depth, or is managed by it.",
  })
  within?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "Only where the host, who owes, lies in this region, at any depth, or is managed by it.",
  })
  hostWithin?: string | null;

  @Field(() => Int, { nullable: true, description: "Only where the visitor has waited for so many days at least, 0 to 36,500." })
  waitingAtLeast?: number | null;
}

@ArgsType()
export class OwedVisitsArgs extends PageArgs {
  @Field(() => OwedVisitFilter, { nullable: true, description: "Which to list; all when left out." })
  filter?: OwedVisitFilter | null;
}

@InputType({ description: "A community or an organisation: exactly one." })
export class PairingMemberInput {
  @Field(() => ID, { nullable: true, description: "The id of a community." })
  communityId?: string | null;

  @Field(() => ID, { nullable: true, description: "The id of an organisation." })
  organisationId?: string | null;
}

@InputType({ description: "A party of a pairing: a community or an organisation, exactly one, and its side." })
export class PairingPartyInput extends PairingMemberInput {
  @Field(() => Int, { nullable: true, description: "Its side, 1 to 9; 1 when left out." })
  side?: number | null;
}

@InputType({ description: "A pairing to propose." })
export class ProposePairingInput extends CommandInput {
  @Field(() => PairingKindEnum, { description: "Its kind." })
  kind: PairingKind;

  @Field({ description: "What it is called, 1 to 200 characters." })
  name: string;

  @Field(() => [String], { nullable: true, description: "Fields of cooperation, at most 20 of at most 50 characters." })
  fields?: string[] | null;

  @Field(() => [PairingPartyInput], { description: "Its parties, 2 to 100. You act for one of them." })
  parties: PairingPartyInput[];

  @Field(() => DateScalar, { nullable: true, description: "The last day of its term, not past; until further notice when left out." })
  endsOn?: string | null;
}

@InputType({ description: "A party's agreement to a proposed pairing." })
export class ConsentToPairingInput extends CommandInput {
  @Field(() => ID, { description: "The pairing." })
  id: string;

  @Field(() => PairingMemberInput, { description: "The party that you act for." })
  party: PairingMemberInput;

  @Field(() => DateScalar, {
    nullable: true,
    description:
      "The day on which it agreed, e.g. on paper, and never later than today; today when left out. Named again, it is corrected.",
  })
  on?: string | null;

  @Field(() => Int, { nullable: true, description: "The version that you read; whatever it says by now when left out." })
  expectedVersion?: number | null;
}

@InputType({ description: "A party's agreement to a proposed pairing, taken back." })
export class WithdrawConsentInput extends CommandInput {
  @Field(() => ID, { description: "The pairing." })
  id: string;

  @Field(() => PairingMemberInput, { description: "The party that you act for." })
  party: PairingMemberInput;
}

@InputType({
  description: "What a pairing should say. What is left out stays as it was; null takes it away where it can be null.",
})
export class UpdatePairingInput extends CommandInput {
  @Field(() => ID, { description: "The pairing." })
  id: string;

  @Field(() => Int, { description: "The version that you read." })
  expectedVersion: number;

  @Field(() => String, { nullable: true, description: "Why, at most 500 characters; required once it is signed. The audit keeps it." })
  reason?: string | null;

  @Field(() => PairingKindEnum, { nullable: true, description: "Its kind, as long as it is not signed." })
  kind?: PairingKind | null;

  @Field(() => String, { nullable: true, description: "What it is called, 1 to 200 characters." })
  name?: string | null;

  @Field(() => [String], { nullable: true, description: "Fields of cooperation, at most 20 of at most 50 characters." })
  fields?: string[] | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: "The last day of its term: not past while it is proposed, and not before its signing or the end of what it renews.",
  })
  endsOn?: string | null;

  @Field(() => ID, { nullable: true, description: "The event at which it was signed, or is to be." })
  eventId?: string | null;

  @Field(() => [PairingPartyInput], {
    nullable: true,
    description: "All its parties anew, as long as none has agreed and it renews nothing. You act for one of them.",
  })
  parties?: PairingPartyInput[] | null;
}

@InputType({ description: "The signing of a pairing that all parties agreed to." })
export class SignPairingInput extends CommandInput {
  @Field(() => ID, { description: "The pairing." })
  id: string;

  @Field(() => Int, { description: "The version that you read." })
  expectedVersion: number;

  @Field(() => DateScalar, {
    nullable: true,
    description: "The day; today when left out, and never later, nor before the last party agreed.",
  })
  signedOn?: string | null;

  @Field(() => ID, { nullable: true, description: "The event at which it is signed." })
  eventId?: string | null;
}

@InputType({ description: "A step of a pairing." })
export class MovePairingInput extends CommandInput {
  @Field(() => ID, { description: "The pairing." })
  id: string;

  @Field(() => Int, { description: "The version that you read." })
  expectedVersion: number;

  @Field(() => PairingStateEnum, { description: "Where to: ACTIVE, DORMANT or ENDED. The others have mutations of their own." })
  to: PairingState;

  @Field(() => String, { nullable: true, description: "With ENDED: why, 1 to 500 characters." })
  reason?: string | null;
}

@InputType({ description: "The proposal to carry a pairing on, between the same parties." })
export class RenewPairingInput extends CommandInput {
  @Field(() => ID, { description: "The pairing to carry on." })
  id: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: "The last day of the new term, neither past nor before that of the old one; until further notice when left out.",
  })
  endsOn?: string | null;

  @Field(() => [String], { nullable: true, description: "Fields of cooperation; as they were when left out." })
  fields?: string[] | null;
}

@InputType({ description: "One pairing of a bulk import." })
export class PairingRow {
  @Field({ description: "The external key, 1 to 100 characters; a record with it is updated." })
  key: string;

  @Field(() => PairingKindEnum, { description: "Its kind." })
  kind: PairingKind;

  @Field({ description: "What it is called, 1 to 200 characters." })
  name: string;

  @Field(() => [String], { nullable: true, description: "Fields of cooperation." })
  fields?: string[] | null;

  @Field(() => [PairingPartyInput], { description: "Its parties. They stay as they are once the record exists." })
  parties: PairingPartyInput[];

  @Field(() => DateScalar, { nullable: true, description: "The day on which all signed; proposed when left out." })
  signedOn?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The last day of its term." })
  endsOn?: string | null;

  @Field(() => ID, { nullable: true, description: "The event at which it was signed." })
  eventId?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether it is made up to show a mechanism; no when left out." })
  illustrative?: boolean | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from." })
  source?: string | null;
}

@InputType({ description: "Pairings to create or update, found again by external key." })
export class ImportPairingsInput extends BulkInput {
  @Field(() => [PairingRow], { description: "At most 2,000 rows." })
  rows: PairingRow[];
}
