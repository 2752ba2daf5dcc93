import type { ExchangeKind } from "@gongjian/entities-communities";
import { connectionOf, DateScalar, enumType, HanTextScalar } from "@gongjian/subgraph";
import { Field, ID, Int, ObjectType } from "type-graphql";

export const ExchangeKindEnum = enumType<ExchangeKind>("ExchangeKind", "What goes from one party to another.", {
  VISIT: "People come 互访.",
  ONLINE: "A meeting online 线上交流.",
  GOODS: "Goods 物资.",
});

@ObjectType({ description: "Something that went from one party of a pairing to another: people, an online meeting, goods." })
export class PairingExchange {
  @Field(() => ID, { description: "The platform's id of the exchange." })
  id: string;

  @Field(() => String, { nullable: true, description: "The external key that imports find it again by." })
  key: string | null;

  @Field(() => ExchangeKindEnum, { description: "What went." })
  kind: ExchangeKind;

  @Field(() => DateScalar, { description: "The day." })
  onDate: string;

  @Field(() => Int, { nullable: true, description: "How many people; null when that is not known." })
  headCount: number | null;

  @Field(() => HanTextScalar, { nullable: true, description: "What is said about it." })
  note: string | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from, e.g. the id of a report." })
  source: string | null;

  @Field({ description: "Whether this entry of the log says that the exchange which it corrects never was. It does not count itself." })
  withdrawn: boolean;

  @Field(() => HanTextScalar, { nullable: true, description: "With a correction: why it was made." })
  correctionReason: string | null;

  pairingId: string;
  correctsId: string | null;
  fromId: string;
  toId: string;
  eventId: string | null;
}

export const PairingExchangeConnection = connectionOf(PairingExchange, "PairingExchange");
