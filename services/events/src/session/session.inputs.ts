import type { ParticipantRole, SessionKind } from "@gongjian/entities-events";
import { CommandInput, DateTimeScalar } from "@gongjian/subgraph";
import { Field, ID, InputType, Int } from "type-graphql";
import { PartyKindEnum, type PartyKind } from "../external/party";
import { ParticipantRoleEnum, SessionKindEnum } from "./session.type";

@InputType({ description: "A party that takes part in a session." })
export class ParticipantInput {
  @Field(() => ParticipantRoleEnum, { description: "In which role." })
  role: ParticipantRole;

  @Field(() => PartyKindEnum, { description: "Whether it is a community or an organisation." })
  partyKind: PartyKind;

  @Field(() => ID, { description: "The id of the community or organisation." })
  partyId: string;

  @Field(() => String, { nullable: true, description: "What it presents or speaks about; at most 500 characters." })
  topic?: string | null;
}

@InputType({ description: "A new session of an event." })
export class CreateSessionInput extends CommandInput {
  @Field(() => ID, { description: "The event's id." })
  eventId: string;

  @Field(() => String, { nullable: true, description: "The external key, 1 to 100 characters, unique; one is made when left out." })
  key?: string | null;

  @Field({ description: "The title, 1 to 200 characters." })
  title: string;

  @Field(() => SessionKindEnum, { description: "What happens in it." })
  kind: SessionKind;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it begins; within the event." })
  startsAt?: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When it ends; within the event, not before it begins, and only with a beginning.",
  })
  endsAt?: string | null;

  @Field(() => String, { nullable: true, description: "What it is about; at most 500 characters." })
  topic?: string | null;

  @Field(() => Int, { nullable: true, description: "The place in the agenda, 1 to 10,000; the last when left out." })
  position?: number | null;

  @Field(() => [ParticipantInput], { nullable: true, description: "Who takes part, in order within each role; at most 100." })
  participants?: ParticipantInput[] | null;
}

@InputType({ description: "A change to one session. What is left out stays; null empties what may be empty." })
export class UpdateSessionInput extends CommandInput {
  @Field(() => ID, { description: "The session's id." })
  id: string;

  @Field(() => Int, { description: "The version that the change was made against." })
  expectedVersion: number;

  @Field(() => String, { nullable: true, description: "The new title, 1 to 200 characters." })
  title?: string | null;

  @Field(() => SessionKindEnum, { nullable: true, description: "What happens in it." })
  kind?: SessionKind | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it begins; within the event." })
  startsAt?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it ends; within the event." })
  endsAt?: string | null;

  @Field(() => String, { nullable: true, description: "What it is about; at most 500 characters." })
  topic?: string | null;

  @Field(() => Int, { nullable: true, description: "The place in the agenda, 1 to 10,000." })
  position?: number | null;

  @Field(() => [ParticipantInput], { nullable: true, description: "All that take part from now on; stay as they are when left out." })
  participants?: ParticipantInput[] | null;
}
