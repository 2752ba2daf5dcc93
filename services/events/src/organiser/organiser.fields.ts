import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context";
import { Event } from "../event/event.type";
import { Party, partyOf } from "../external/party";
import { Organiser } from "./organiser.type";

@Resolver(() => Organiser)
export class OrganiserFields {
  @FieldResolver(() => Event, { nullable: true, description: "The event that it stands behind." })
  event(@Root() organiser: Organiser, @Ctx() context: Context): Promise<Event | null> {
    return context.events.byId(organiser.eventId);
  }

  @FieldResolver(() => Party, { nullable: true, description: "The community or organisation." })
  party(@Root() organiser: Organiser): typeof Party | null {
    return partyOf(organiser);
  }
}
