import { FirstArg, type Page } from "@gongjian/subgraph";
import { Args, Ctx, Directive, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context";
import { OrderedEventsArgs } from "../event/event.inputs";
import { Event, EventConnection } from "../event/event.type";
import { Community } from "./community.type";
import { Match } from "./match.type";
import { Organisation } from "./organisation.type";
import { Region } from "./region.type";

// What this subgraph adds to the types of others is nullable: when events cannot answer, the rest of the answer stands.

@Resolver(() => Community)
export class CommunityFields {
  @FieldResolver(() => EventConnection, {
    nullable: true,
    description: "The events that you may see in which the community organises or takes part.",
  })
  events(
    @Root() community: Community,
    @Args(() => OrderedEventsArgs) args: OrderedEventsArgs,
    @Ctx() context: Context,
  ): Promise<Page<Event> | null> {
    return context.events.ofCommunity(community.id, args);
  }
}

@Resolver(() => Organisation)
export class OrganisationFields {
  @FieldResolver(() => EventConnection, {
    nullable: true,
    description: "The events that you may see in which the organisation organises or takes part.",
  })
  @Directive('@requires(fields: "ids")')
  events(
    @Root() organisation: Organisation,
    @Args(() => OrderedEventsArgs) args: OrderedEventsArgs,
    @Ctx() context: Context,
  ): Promise<Page<Event> | null> {
    return context.events.ofOrganisation(organisation, args);
  }
}

@Resolver(() => Region)
export class RegionFields {
  @FieldResolver(() => EventConnection, { nullable: true, description: "The events that you may see that lie in exactly this region." })
  events(
    @Root() region: Region,
    @Args(() => OrderedEventsArgs) args: OrderedEventsArgs,
    @Ctx() context: Context,
  ): Promise<Page<Event> | null> {
    return context.events.inRegion(region.code, args);
  }
}

@Resolver(() => Match)
export class MatchFields {
  @FieldResolver(() => [Event], {
    nullable: true,
    description:
      "Where the two sides met, oldest first: the events that you may see in which both took part in the same session, or which both organise. Cancelled events do not count.",
  })
  @Directive('@requires(fields: "community { id } organisation { id ids }")')
  async metAt(@Root() match: Match, @FirstArg(3) first: number | null, @Ctx() context: Context): Promise<Event[]> {
    return match.community && match.organisation ? context.events.meetings(match.community.id, match.organisation, first ?? 3) : [];
  }
}
