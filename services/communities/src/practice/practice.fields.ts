import { AssumedSize, PageArgs, type Page } from "@gongjian/subgraph";
import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Community } from "../community/community.type";
import type { Context } from "../context";
import { visibleEvent } from "../external/event.lists";
import { Event } from "../external/event.type";
import { Organisation } from "../organisation/organisation.type";
import { partyAt } from "../place/party";
import { Region } from "../region/region.type";
import { patternOf } from "./practice.rules";
import { Practice, PracticeConnection, PracticeHolder } from "./practice.type";

@Resolver(() => Practice)
export class PracticeFields {
  @FieldResolver(() => PracticeHolder, { nullable: true, description: "Who holds it." })
  holder(@Root() practice: Practice, @Ctx() context: Context): Promise<typeof PracticeHolder | null> {
    return partyAt(context, practice);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "The numbers of its parts in order, as such a model is called for short, e.g. `1-5-3-1`; null unless each part has one.",
  })
  pattern(@Root() practice: Practice): string | null {
    return patternOf(practice.parts);
  }

  @AssumedSize(5)
  @FieldResolver(() => [Event], { description: "The events at which it was presented, those that you may see; at most 50." })
  async presentedAt(@Root() practice: Practice, @Ctx() context: Context): Promise<Event[]> {
    const events = await Promise.all(practice.eventIds.map((id) => context.load(visibleEvent, id)));
    return events.filter((event) => event !== null);
  }
}

@Resolver(() => Region)
export class RegionPractices {
  @FieldResolver(() => PracticeConnection, {
    description: "The practices that the region's own office holds, by name; not those of places in it.",
  })
  practices(@Root() { code }: Region, @Args(() => PageArgs) args: PageArgs, @Ctx() context: Context): Promise<Page<Practice>> {
    return context.practices.ofRegion(code, args);
  }
}

@Resolver(() => Community)
export class CommunityPractices {
  @FieldResolver(() => PracticeConnection, { description: "The practices that the community holds, by name." })
  practices(@Root() { id }: Community, @Args(() => PageArgs) args: PageArgs, @Ctx() context: Context): Promise<Page<Practice>> {
    return context.practices.ofCommunity(id, args);
  }
}

@Resolver(() => Organisation)
export class OrganisationPractices {
  @FieldResolver(() => PracticeConnection, { description: "The practices that the organisation holds, by name." })
  practices(@Root() { id }: Organisation, @Args(() => PageArgs) args: PageArgs, @Ctx() context: Context): Promise<Page<Practice>> {
    return context.practices.ofOrganisation(id, args);
  }
}

@Resolver(() => Event)
export class EventPractices {
  @FieldResolver(() => PracticeConnection, { nullable: true, description: "The practices that were presented at the event, by name." })
  practices(@Root() { id }: Event, @Args(() => PageArgs) args: PageArgs, @Ctx() context: Context): Promise<Page<Practice> | null> {
    return context.practices.ofEvent(id, args);
  }
}
