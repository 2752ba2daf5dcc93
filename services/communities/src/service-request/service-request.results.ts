import type { ServiceRequestState } from "@gongjian/entities-communities";
import { BulkOutcome, IdempotencyConflict, VersionConflict } from "@gongjian/subgraph";
import { createUnionType, Field, ObjectType } from "type-graphql";
import { ServiceRequest, ServiceRequestStateEnum } from "./service-request.type";

@ObjectType({ description: "The request does not stand where this step can be taken. Nothing was done." })
export class ServiceRequestStepNotAllowed {
  readonly __typename = "ServiceRequestStepNotAllowed" as const;

  @Field({ description: "A constant sentence for people." })
  message: string;

  @Field(() => ServiceRequestStateEnum, { description: "Where it stands." })
  state: ServiceRequestState;
}

@ObjectType({ description: "The round takes no entries any more. The request is open again and can go into another round." })
export class RoundTakesNoEntries {
  readonly __typename = "RoundTakesNoEntries" as const;

  @Field({ description: "A constant sentence for people." })
  message: string;

  @Field({ description: "The state of the round, e.g. `NEGOTIATING`." })
  roundState: string;
}

export const stepNotAllowed = (state: ServiceRequestState): ServiceRequestStepNotAllowed => ({
  __typename: "ServiceRequestStepNotAllowed",
  message: "The request does not stand where this step can be taken.",
  state,
});
export const takesNoEntries = (roundState: string): RoundTakesNoEntries => ({
  __typename: "RoundTakesNoEntries",
  message: "The round takes no entries any more.",
  roundState,
});

export const RaiseServiceRequestResult = createUnionType({
  name: "RaiseServiceRequestResult",
  description: "The answer of `raiseServiceRequest`.",
  types: () => [ServiceRequest, IdempotencyConflict] as const,
});
const changed = (mutation: string, name: string) =>
  createUnionType({
    name,
    description: `The answer of \`${mutation}\`.`,
    types: () => [ServiceRequest, ServiceRequestStepNotAllowed, VersionConflict, IdempotencyConflict] as const,
  });
export const UpdateServiceRequestResult = changed("updateServiceRequest", "UpdateServiceRequestResult");
export const WithdrawServiceRequestResult = changed("withdrawServiceRequest", "WithdrawServiceRequestResult");
export const DeclineServiceRequestResult = changed("declineServiceRequest", "DeclineServiceRequestResult");
export const PassOnServiceRequestResult = createUnionType({
  name: "PassOnServiceRequestResult",
  description: "The answer of `passOnServiceRequest`.",
  types: () => [ServiceRequest, RoundTakesNoEntries, ServiceRequestStepNotAllowed, VersionConflict, IdempotencyConflict] as const,
});
export const ImportServiceRequestsResult = createUnionType({
  name: "ImportServiceRequestsResult",
  description: "The answer of `importServiceRequests`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
