import { PublicBecause, type Page } from "@gongjian/subgraph";
import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import type { Context } from "../context";
import { ServiceRequestsArgs } from "./service-request.inputs";
import { ServiceRequest, ServiceRequestConnection } from "./service-request.type";

@Resolver()
export class ServiceRequestQueries {
  @Query(() => ServiceRequest, { nullable: true, description: "The request with an id; null when there is none that you may see." })
  @PublicBecause("requests show to whoever raised them, to the community's workers and officers and to the carrying organisation")
  serviceRequest(
    @Arg("id", () => ID, { description: "The request's id." }) id: string,
    @Ctx() context: Context,
  ): Promise<ServiceRequest | null> {
    return context.serviceRequests.byId(id);
  }

  @Query(() => ServiceRequestConnection, { description: "The requests that you may see, latest first." })
  @PublicBecause("requests show to whoever raised them, to the community's workers and officers and to the carrying organisation")
  serviceRequests(@Args(() => ServiceRequestsArgs) args: ServiceRequestsArgs, @Ctx() context: Context): Promise<Page<ServiceRequest>> {
    return context.serviceRequests.list(args);
  }
}
