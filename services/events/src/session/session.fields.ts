import { FirstArg } from "@gongjian/subgraph";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context";
import { Event } from "../event/event.type";
import { Party, partyOf } from "../external/party";
import { Session, SessionParticipant } from "./session.type";

@Resolver(() => Session)
export class SessionFields {
  @FieldResolver(() => Event, { nullable: true, description: "The event whose agenda it stands in." })
  event(@Root() session: Session, @Ctx() context: Context): Promise<Event | null> {
    return context.events.byId(session.eventId);
  }

  @FieldResolver(() => [SessionParticipant], {
    description: "Who takes part: speakers, presenters, participants and moderators, each in their order.",
  })
  participants(@Root() session: Session, @FirstArg(50) first: number | null, @Ctx() context: Context): Promise<SessionParticipant[]> {
    return context.sessions.participants(session.id, first ?? 50);
  }
}

@Resolver(() => SessionParticipant)
export class ParticipantFields {
  @FieldResolver(() => Session, { nullable: true, description: "The session it takes part in." })
  session(@Root() participant: SessionParticipant, @Ctx() context: Context): Promise<Session | null> {
    return context.sessions.byId(participant.sessionId);
  }

  @FieldResolver(() => Party, { nullable: true, description: "The community or organisation." })
  party(@Root() participant: SessionParticipant): typeof Party | null {
    return partyOf(participant);
  }
}
