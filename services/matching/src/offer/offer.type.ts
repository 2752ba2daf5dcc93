import type { EntryState, NeedKind } from "@gongjian/entities-matching";
import { connectionOf, DateScalar, HanTextScalar, SafeIntScalar } from "@gongjian/subgraph";
import { Directive, Field, ID, Int, ObjectType } from "type-graphql";
import { EntryStateEnum, NeedKindEnum } from "../need/need.type";

@ObjectType({ description: "What an organisation, enterprise, expert or community brings to a round (资源)." })
@Directive('@key(fields: "id")')
export class Offer {
  @Field(() => ID, { description: "The platform's id of the offer." })
  id: string;

  @Field(() => String, { nullable: true, description: "The external key that imports find it again by, unique in its round." })
  key: string | null;

  @Field(() => [NeedKindEnum], { description: "The kinds of need that it can serve." })
  kinds: NeedKind[];

  @Field(() => HanTextScalar, { description: "The title." })
  title: string;

  @Field(() => HanTextScalar, { nullable: true, description: "What is offered, to whom and how." })
  description: string | null;

  @Field(() => [HanTextScalar], { description: "What it can do." })
  capabilities: string[];

  @Field(() => SafeIntScalar, { nullable: true, description: "The price of one unit in minor units (fen); null: by negotiation." })
  price: number | null;

  @Field({ description: "The currency of the price, ISO 4217." })
  currency: string;

  @Field(() => Int, { description: "How many units it can serve in the round." })
  capacity: number;

  @Field(() => [ID], { description: "The codes of the regions it serves, with all that lies in them; none: everywhere." })
  coverage: string[];

  @Field(() => DateScalar, { nullable: true, description: "The first day; null: open." })
  availableFrom: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The last day; null: open." })
  availableTo: string | null;

  @Field(() => [HanTextScalar], { description: "Qualifications that it holds." })
  qualifications: string[];

  @Field(() => [HanTextScalar], { description: "Cases that it can show." })
  cases: string[];

  @Field(() => EntryStateEnum, { description: "Whether it stands." })
  state: EntryState;

  @Field({ description: "Made up to show how the platform works." })
  illustrative: boolean;

  @Field(() => String, { nullable: true, description: "Where the record comes from, e.g. the id of a report." })
  source: string | null;

  @Field(() => Int, { description: "Rises with every change; pass it as `expectedVersion`." })
  version: number;

  roundId: string;
  organisationId: string;
}

export const OfferConnection = connectionOf(Offer, "Offer");
