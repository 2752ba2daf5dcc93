import type { ServiceField, ServiceRequestMode, ServiceRequestSide, ServiceRequestState } from "@gongjian/entities-communities";
import { connectionOf, DateScalar, enumType, HanTextScalar, DateTimeScalar, SafeIntScalar } from "@gongjian/subgraph";
import { Directive, Field, ID, Int, ObjectType } from "type-graphql";
import { ServiceFieldEnum } from "../suggestion/suggestion.type";

export const ServiceRequestSideEnum = enumType<ServiceRequestSide>("ServiceRequestSide", "Which side of a service speaks.", {
  WISH: "A household wishes for a service 需要.",
  OFFER: "A neighbour or an organisation would do one 愿意提供.",
});

export const ServiceRequestModeEnum = enumType<ServiceRequestMode>("ServiceRequestMode", "Whether it is paid.", {
  PUBLIC_BENEFIT: "For nothing 公益.",
  MARKET: "For a price 市场.",
});

export const ServiceRequestStateEnum = enumType<ServiceRequestState>("ServiceRequestState", "Where a request stands.", {
  OPEN: "It waits for whoever passes it on.",
  PASSING: "It is on its way into a round; whether it arrived is not known yet. Passing it on again finds out.",
  PASSED_ON: "It is a need or an offer of a round.",
  DECLINED: "It was declined, with a reason.",
  WITHDRAWN: "It was taken back.",
});

@ObjectType({
  description:
    "A service on request inside a community (点单): a household's wish, or what a neighbour or an organisation would do. Its community passes it on into a round of matching, as a need of the community or an offer of the organisation that carries it: the household stays unnamed. Only whoever raised it, the workers and officers of the community and the carrying organisation see it.",
})
@Directive('@key(fields: "id")')
export class ServiceRequest {
  readonly __typename?: "ServiceRequest";

  @Field(() => ID, { description: "The platform's id." })
  id: string;

  @Field(() => String, { nullable: true, description: "The external key that imports find it again by." })
  key: string | null;

  @Field(() => ServiceRequestSideEnum, { description: "Wish or offer." })
  side: ServiceRequestSide;

  @Field(() => ServiceFieldEnum, { description: "The field of service." })
  topic: ServiceField;

  @Field(() => HanTextScalar, { description: "What it is, naming nobody: it becomes public when it is passed on." })
  title: string;

  /** Sealed. */
  contactNote: string | null;

  @Field(() => ServiceRequestModeEnum, { description: "Whether it is paid." })
  mode: ServiceRequestMode;

  @Field(() => SafeIntScalar, {
    nullable: true,
    description: "With MARKET, in minor units (fen): the most that is paid for the whole of a wish, or the price of one unit of an offer.",
  })
  price: number | null;

  @Field({ description: "The currency of the price, ISO 4217." })
  currency: string;

  @Field(() => Int, { description: "How many units are wanted, or can be served." })
  units: number;

  @Field(() => DateScalar, { nullable: true, description: "The first day; null: open." })
  startsOn: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The last day; null: open." })
  endsOn: string | null;

  @Field(() => [HanTextScalar], { description: "What it takes to do it; wish and offer meet by these." })
  tags: string[];

  @Field(() => ServiceRequestStateEnum, { description: "Where it stands." })
  state: ServiceRequestState;

  @Field(() => HanTextScalar, { nullable: true, description: "Why it was declined." })
  reason: string | null;

  @Field(() => DateTimeScalar, { description: "When it was raised." })
  raisedAt: string;

  @Field({ description: "Made up to show how the platform works." })
  illustrative: boolean;

  @Field(() => String, { nullable: true, description: "Where the record comes from, e.g. the id of a report." })
  source: string | null;

  @Field(() => Int, { description: "Rises with every change; pass it as `expectedVersion`." })
  version: number;

  communityId: string;
  organisationId: string | null;
  roundId: string | null;
  entryId: string | null;
  raisedByIssuer: string | null;
  raisedBySubject: string | null;
}

export const ServiceRequestConnection = connectionOf(ServiceRequest, "ServiceRequest");
