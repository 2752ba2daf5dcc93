import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Community } from "../community/community.type";
import type { Context } from "../context";
import { Organisation } from "../organisation/organisation.type";
import { ServiceContact, ServiceContactCard } from "./service-contact.type";

@Resolver(() => ServiceContact)
export class ServiceContactFields {
  @FieldResolver(() => Organisation, { nullable: true, description: "Who offers it; null for the community itself." })
  organisation(@Root() contact: ServiceContact, @Ctx() context: Context): Promise<Organisation | null> | null {
    return contact.organisationId === null ? null : context.organisations.byId(contact.organisationId);
  }
}

@Resolver(() => Community)
export class CommunityServiceContacts {
  @FieldResolver(() => ServiceContactCard, { description: "The community's service contact card." })
  serviceContactCard(@Root() community: Community, @Ctx() context: Context): Promise<ServiceContactCard> {
    return context.serviceContacts.card(community.id);
  }
}
