import type { PairingKind, PairingState } from "@gongjian/entities-communities";
import { connectionOf, DateScalar, enumType, HanTextScalar } from "@gongjian/subgraph";
import { createUnionType, Directive, Field, ID, Int, ObjectType } from "type-graphql";
import { Community } from "../community/community.type";
import { Organisation } from "../organisation/organisation.type";

export const PairingKindEnum = enumType<PairingKind>("PairingKind", "What kind of pairing it is.", {
  CROSS_STRAIT: "Between communities or bodies on both sides of the strait 两岸结对.",
  URBAN_RURAL: "Between town and country 城乡结对.",
  ONE_PLUS_N: "One community with the bodies that reside in it 1+N 结对.",
  TALENT: "For training and lending people 人才结对.",
  COMMUNITY: "Between communities otherwise 社区结对.",
  OTHER: "Any other.",
});

export const PairingStateEnum = enumType<PairingState>("PairingState", "How far a pairing has come.", {
  PROPOSED: "Proposed, and not signed yet. Shows to its parties and those who oversee them alone.",
  SIGNED: "Signed by all parties; nothing has gone to and fro yet.",
  ACTIVE: "Signed, and people, meetings or goods go to and fro.",
  DORMANT: "Said to be asleep: nothing has happened for long. The next exchange wakes it.",
  RENEWED: "Carried on by another that was signed. For good.",
  ENDED: "Over, with a day and a reason. For good.",
});

export const PairingMember = createUnionType({
  name: "PairingMember",
  description: "Whoever can be party to a pairing.",
  types: () => [Community, Organisation] as const,
});

@ObjectType({
  description:
    "A dated agreement between two or more communities and organisations (结对). A signing of many with many is one pairing with sides. What " +
    "renews it is another pairing of the same parties, and one relation with it: visits owed and open tasks go on in the one that holds.",
})
@Directive('@key(fields: "id")')
export class Pairing {
  @Field(() => ID, { description: "The platform's id of the pairing." })
  id: string;

  @Field(() => String, { nullable: true, description: "The external key that imports find it again by." })
  key: string | null;

  @Field(() => PairingKindEnum, { description: "Its kind." })
  kind: PairingKind;

  @Field(() => HanTextScalar, { description: "What it is called." })
  name: string;

  @Field(() => [HanTextScalar], { description: "The fields of cooperation." })
  fields: string[];

  @Field(() => PairingStateEnum, { description: "How far it has come." })
  state: PairingState;

  @Field(() => DateScalar, { nullable: true, description: "The day on which it was signed; null before that." })
  signedOn: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The last day of its term; null: until further notice." })
  endsOn: string | null;

  @Field(() => DateScalar, { nullable: true, description: "With ENDED: the day on which it ended." })
  endedOn: string | null;

  @Field(() => HanTextScalar, { nullable: true, description: "With ENDED: why." })
  endReason: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The day of the latest exchange; null when there was none." })
  lastExchangeOn: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "How many days ago the latest exchange was, or the signing if that was later; null before the signing.",
  })
  quietDays: number | null;

  @Field({ description: "Whether it is made up to show a mechanism." })
  illustrative: boolean;

  @Field(() => String, { nullable: true, description: "Where the record comes from, e.g. the id of a report." })
  source: string | null;

  @Field(() => Int, { description: "Rises with every change; pass it as `expectedVersion`." })
  version: number;

  eventId: string | null;
  renewsId: string | null;
  relationId: string;
}

export const PairingConnection = connectionOf(Pairing, "Pairing");

@ObjectType({ description: "One party of a pairing." })
export class PairingParty {
  @Field(() => ID, { description: "The platform's id of the party in this pairing." })
  id: string;

  @Field(() => Int, {
    description:
      "Its side, from 1. Parties of different sides are paired with each other; where all have one side, everybody with everybody.",
  })
  side: number;

  @Field(() => DateScalar, { nullable: true, description: "The day on which it agreed; null when it has not." })
  consentedOn: string | null;

  pairingId: string;
  communityId: string | null;
  organisationId: string | null;
}

@ObjectType({
  description:
    "Visits from one party to another that were not returned: the host owes one. Reckoned over a pairing and all that it renews, and told " +
    "of the last of them that was signed. Visits before the first signing count as well: they are often how a pairing came about.",
})
export class OwedVisit {
  @Field(() => Int, { description: "How many visits the visitor made to the host." })
  made: number;

  @Field(() => Int, { description: "How many of them the host returned. A visit is returned by a later one, the earliest first." })
  returned: number;

  @Field(() => Int, { description: "How many are owed." })
  owed: number;

  @Field(() => DateScalar, { description: "The day of the earliest visit that was not returned." })
  waitingSince: string;

  @Field(() => Int, { description: "How many days ago that was, today in China." })
  waitingDays: number;

  pairingId: string;
  visitorId: string;
  hostId: string;
}

export const OwedVisitConnection = connectionOf(OwedVisit, "OwedVisit");
