import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import {
  RaiseServiceRequestInput,
  UpdateServiceRequestInput,
  WithdrawServiceRequestInput,
  DeclineServiceRequestInput,
  PassOnServiceRequestInput,
  ImportServiceRequestsInput,
} from "./service-request.inputs";
import {
  RaiseServiceRequestResult,
  UpdateServiceRequestResult,
  WithdrawServiceRequestResult,
  DeclineServiceRequestResult,
  PassOnServiceRequestResult,
  ImportServiceRequestsResult,
} from "./service-request.results";

@Resolver()
export class ServiceRequestMutations {
  @Mutation(() => RaiseServiceRequestResult, { description: "Raises a wish or an offer inside a community." })
  @Access(
    "residents and workers of the community, representatives of the carrying organisation, officers of its region, and administrators",
  )
  raiseServiceRequest(
    @Arg("input", () => RaiseServiceRequestInput, { description: "The wish or offer." }) input: RaiseServiceRequestInput,
    @Ctx() context: Context,
  ): Promise<typeof RaiseServiceRequestResult> {
    return context.serviceRequests.raise(input) as Promise<typeof RaiseServiceRequestResult>;
  }

  @Mutation(() => UpdateServiceRequestResult, { description: "Changes a request that is open." })
  @Access("whoever raised it, workers of the community, officers of its region, and administrators")
  updateServiceRequest(
    @Arg("input", () => UpdateServiceRequestInput, { description: "The change." }) input: UpdateServiceRequestInput,
    @Ctx() context: Context,
  ): Promise<typeof UpdateServiceRequestResult> {
    return context.serviceRequests.update(input) as Promise<typeof UpdateServiceRequestResult>;
  }

  @Mutation(() => WithdrawServiceRequestResult, { description: "Takes a request back that is open." })
  @Access("whoever raised it, workers of the community, officers of its region, and administrators")
  withdrawServiceRequest(
    @Arg("input", () => WithdrawServiceRequestInput, { description: "Which request." }) input: WithdrawServiceRequestInput,
    @Ctx() context: Context,
  ): Promise<typeof WithdrawServiceRequestResult> {
    return context.serviceRequests.withdraw(input) as Promise<typeof WithdrawServiceRequestResult>;
  }

  @Mutation(() => DeclineServiceRequestResult, { description: "Declines a request that is open." })
  @Access("workers of the community, officers of its region, and administrators")
  declineServiceRequest(
    @Arg("input", () => DeclineServiceRequestInput, { description: "Which request, and why." }) input: DeclineServiceRequestInput,
    @Ctx() context: Context,
  ): Promise<typeof DeclineServiceRequestResult> {
    return context.serviceRequests.decline(input) as Promise<typeof DeclineServiceRequestResult>;
  }

  @Mutation(() => PassOnServiceRequestResult, {
    description:
      "Passes a request on into a round of matching: a wish becomes a need of the community, an offer one of the organisation that carries it. What broke off is finished by passing it on again; a round holds it once.",
  })
  @Access(
    "workers of the community, officers of its region, administrators, and for an offer representatives of the carrying organisation, as far as the round lets them",
  )
  passOnServiceRequest(
    @Arg("input", () => PassOnServiceRequestInput, { description: "Which request, and the round." }) input: PassOnServiceRequestInput,
    @Ctx() context: Context,
  ): Promise<typeof PassOnServiceRequestResult> {
    return context.passingOn.passOn(input) as Promise<typeof PassOnServiceRequestResult>;
  }

  @Mutation(() => ImportServiceRequestsResult, {
    description: "Enters requests that reached an office on paper, by external key, row by row.",
  })
  @Access("workers of the community of each row, officers of its region, and administrators")
  importServiceRequests(
    @Arg("input", () => ImportServiceRequestsInput, { description: "The requests." }) input: ImportServiceRequestsInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportServiceRequestsResult> {
    return context.serviceRequests.import(input) as Promise<typeof ImportServiceRequestsResult>;
  }
}
