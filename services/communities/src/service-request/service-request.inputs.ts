import type { ServiceField, ServiceRequestMode, ServiceRequestSide, ServiceRequestState } from "@gongjian/entities-communities";
import { BulkInput, CommandInput, DateScalar, PageArgs, SafeIntScalar } from "@gongjian/subgraph";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";
import { ServiceFieldEnum } from "../suggestion/suggestion.type";
import { ServiceRequestModeEnum, ServiceRequestSideEnum, ServiceRequestStateEnum } from "./service-request.type";

@InputType({ description: "Which requests to list." })
export class ServiceRequestFilter {
  @Field(() => ID, { nullable: true, description: "Only this community." })
  communityId?: string | null;

  @Field(() => ServiceRequestSideEnum, { nullable: true, description: "Only this side." })
  side?: ServiceRequestSide | null;

  @Field(() => ServiceRequestStateEnum, { nullable: true, description: "Only this state." })
  state?: ServiceRequestState | null;

  @Field(() => ServiceFieldEnum, { nullable: true, description: "Only this field of service." })
  topic?: ServiceField | null;

  @Field(() => Boolean, { nullable: true, description: "Only your own." })
  mine?: boolean | null;
}

@ArgsType()
export class ServiceRequestsArgs extends PageArgs {
  @Field(() => ServiceRequestFilter, { nullable: true, description: "Which requests to list; all that you may see when left out." })
  filter?: ServiceRequestFilter | null;
}

/** What a request says of itself, in every input. */
@InputType()
abstract class ServiceRequestContent extends CommandInput {
  @Field(() => ServiceFieldEnum, { nullable: true, description: "The field of service." })
  topic?: ServiceField | null;

  @Field(() => String, { nullable: true, description: "What it is, 1 to 100 characters. Name nobody: it becomes public." })
  title?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What whoever arranges it has to know, e.g. whom to call: at most 500 characters, kept sealed, never passed on.",
  })
  contactNote?: string | null;

  @Field(() => ServiceRequestModeEnum, { nullable: true, description: "Whether it is paid; PUBLIC_BENEFIT when left out." })
  mode?: ServiceRequestMode | null;

  @Field(() => SafeIntScalar, { nullable: true, description: "Only with MARKET: minor units, 0 to 10^12." })
  price?: number | null;

  @Field(() => String, { nullable: true, description: "ISO 4217; CNY when left out." })
  currency?: string | null;

  @Field(() => Int, { nullable: true, description: "1 to 10,000; 1 when left out." })
  units?: number | null;

  @Field(() => DateScalar, { nullable: true, description: "The first day." })
  startsOn?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The last day, not before the first." })
  endsOn?: string | null;

  @Field(() => [String], { nullable: true, description: "What it takes to do it: at most 20 of at most 60 characters." })
  tags?: string[] | null;

  @Field(() => ID, { nullable: true, description: "With OFFER: the organisation or team of residents that carries it." })
  organisationId?: string | null;
}

@InputType({ description: "A wish or an offer inside a community. Topic and title are required." })
export class RaiseServiceRequestInput extends ServiceRequestContent {
  @Field(() => ServiceRequestSideEnum, { description: "Wish or offer." })
  side: ServiceRequestSide;

  @Field(() => ID, { description: "The community." })
  communityId: string;
}

@InputType({ description: "A change to a request that is open. What is left out stays; null empties what may be empty." })
export class UpdateServiceRequestInput extends ServiceRequestContent {
  @Field(() => ID, { description: "The request's id." })
  id: string;

  @Field(() => Int, { description: "The version that the change was made against." })
  expectedVersion: number;
}

@InputType({ description: "A request to take back." })
export class WithdrawServiceRequestInput extends CommandInput {
  @Field(() => ID, { description: "The request's id." })
  id: string;

  @Field(() => Int, { description: "The version that it was decided against." })
  expectedVersion: number;
}

@InputType({ description: "A request to decline." })
export class DeclineServiceRequestInput extends WithdrawServiceRequestInput {
  @Field({ description: "Why, 1 to 500 characters; whoever raised it reads it." })
  reason: string;
}

@InputType({ description: "A request to pass on into a round of matching." })
export class PassOnServiceRequestInput extends WithdrawServiceRequestInput {
  @Field(() => ID, { description: "A round that takes entries." })
  roundId: string;
}

@InputType({ description: "One request of a bulk import." })
export class ServiceRequestRow {
  @Field({ description: "The external key, 1 to 100 characters; an open request with it is updated." })
  key: string;

  @Field(() => ServiceRequestSideEnum, { description: "Wish or offer." })
  side: ServiceRequestSide;

  @Field(() => ID, { description: "The community." })
  communityId: string;

  @Field(() => ServiceFieldEnum, { description: "The field of service." })
  topic: ServiceField;

  @Field({ description: "What it is, 1 to 100 characters, naming nobody." })
  title: string;

  @Field(() => ServiceRequestModeEnum, { nullable: true, description: "Whether it is paid; PUBLIC_BENEFIT when left out." })
  mode?: ServiceRequestMode | null;

  @Field(() => SafeIntScalar, { nullable: true, description: "Only with MARKET: minor units, 0 to 10^12." })
  price?: number | null;

  @Field(() => String, { nullable: true, description: "ISO 4217; CNY when left out." })
  currency?: string | null;

  @Field(() => Int, { nullable: true, description: "1 to 10,000; 1 when left out." })
  units?: number | null;

  @Field(() => DateScalar, { nullable: true, description: "The first day." })
  startsOn?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The last day, not before the first." })
  endsOn?: string | null;

  @Field(() => [String], { nullable: true, description: "What it takes to do it: at most 20 of at most 60 characters." })
  tags?: string[] | null;

  @Field(() => ID, { nullable: true, description: "With OFFER: the organisation or team of residents that carries it." })
  organisationId?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Made up to show how the platform works." })
  illustrative?: boolean | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from." })
  source?: string | null;
}

@InputType({ description: "Requests to create or update, found again by key." })
export class ImportServiceRequestsInput extends BulkInput {
  @Field(() => [ServiceRequestRow], { description: "At most 2,000 rows." })
  rows: ServiceRequestRow[];
}
