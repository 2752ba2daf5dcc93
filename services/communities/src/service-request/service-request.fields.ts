import type { Page } from "@gongjian/subgraph";
import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Community } from "../community/community.type";
import type { Context } from "../context";
import { visibleNeed, visibleOffer, visibleRound } from "../external/matching.lists";
import { Need, Offer, Round } from "../external/matching.type";
import { Organisation } from "../organisation/organisation.type";
import { ServiceRequestsArgs } from "./service-request.inputs";
import { ServiceRequest, ServiceRequestConnection } from "./service-request.type";

@Resolver(() => ServiceRequest)
export class ServiceRequestFields {
  @FieldResolver(() => Community, { nullable: true, description: "The community." })
  community(@Root() request: ServiceRequest, @Ctx() context: Context): Promise<Community | null> {
    return context.communities.byId(request.communityId);
  }

  @FieldResolver(() => Organisation, { nullable: true, description: "With OFFER: the organisation or team that carries it." })
  organisation(@Root() request: ServiceRequest, @Ctx() context: Context): Promise<Organisation | null> | null {
    return request.organisationId === null ? null : context.organisations.byId(request.organisationId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "What whoever arranges it has to know; kept sealed, never passed on. Null for auditors; each reading by another than whoever raised it is logged (`contactReadings`).",
  })
  contactNote(@Root() request: ServiceRequest, @Ctx() context: Context): Promise<string | null> {
    return context.serviceRequests.note(request.id);
  }

  @FieldResolver(() => Round, { nullable: true, description: "The round that it is being passed on to, when you may see it." })
  round(@Root() request: ServiceRequest, @Ctx() context: Context): Promise<Round | null> | null {
    return request.roundId === null ? null : context.load(visibleRound, request.roundId);
  }

  @FieldResolver(() => Need, { nullable: true, description: "The need that a wish has become, when you may see it." })
  need(@Root() request: ServiceRequest, @Ctx() context: Context): Promise<Need | null> | null {
    return request.side === "WISH" && request.entryId !== null ? context.load(visibleNeed, request.entryId) : null;
  }

  @FieldResolver(() => Offer, { nullable: true, description: "The offer of matching that an offer has become, when you may see it." })
  offer(@Root() request: ServiceRequest, @Ctx() context: Context): Promise<Offer | null> | null {
    return request.side === "OFFER" && request.entryId !== null ? context.load(visibleOffer, request.entryId) : null;
  }
}

@Resolver(() => Community)
export class CommunityServiceRequests {
  @FieldResolver(() => ServiceRequestConnection, { description: "The community's requests that you may see, latest first." })
  serviceRequests(
    @Root() community: Community,
    @Args(() => ServiceRequestsArgs) args: ServiceRequestsArgs,
    @Ctx() context: Context,
  ): Promise<Page<ServiceRequest>> {
    return context.serviceRequests.ofCommunity(community.id, args);
  }
}
