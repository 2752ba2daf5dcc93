import type { ParticipantRole, SessionKind } from "@gongjian/entities-events";
import { BulkInput, DateTimeScalar } from "@gongjian/subgraph";
import { Field, ID, InputType, Int } from "type-graphql";
import { PartyKindEnum, type PartyKind } from "../external/party";
import { ParticipantRoleEnum, SessionKindEnum } from "./session.type";

@InputType({ description: "One session of a bulk import." })
export class SessionRow {
  @Field({ description: "The external key; a record with it is updated." })
  key: string;

  @Field({ description: "The key of the event. A session stays with its event." })
  eventKey: string;

  @Field({ description: "The title, 1 to 200 characters." })
  title: string;

  @Field(() => SessionKindEnum, { description: "What happens in it." })
  kind: SessionKind;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it begins; within the event." })
  startsAt?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it ends; within the event." })
  endsAt?: string | null;

  @Field(() => String, { nullable: true, description: "What it is about; at most 500 characters." })
  topic?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "The place in the agenda, 1 to 10,000; when left out, where it was, or after all others of the event.",
  })
  position?: number | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from." })
  source?: string | null;
}

@InputType({ description: "Sessions to create or update, found again by key." })
export class ImportSessionsInput extends BulkInput {
  @Field(() => [SessionRow], { description: "At most 2,000 rows." })
  rows: SessionRow[];
}

@InputType({ description: "One participant of a bulk import." })
export class ParticipantRow {
  @Field({ description: "The key of the session." })
  sessionKey: string;

  @Field(() => ParticipantRoleEnum, { description: "In which role." })
  role: ParticipantRole;

  @Field(() => Int, {
    nullable: true,
    description: "The place among those of the same role, 1 to 100; after those of the rows above when left out.",
  })
  order?: number | null;

  @Field(() => PartyKindEnum, { description: "Whether it is a community or an organisation." })
  partyKind: PartyKind;

  @Field(() => ID, { description: "The id of the community or organisation." })
  partyId: string;

  @Field(() => String, { nullable: true, description: "What it presents or speaks about; at most 500 characters." })
  topic?: string | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from." })
  source?: string | null;
}

@InputType({
  description: "The participants of sessions. The list of each session that a row names is replaced, found again by role and order.",
})
export class ImportParticipantsInput extends BulkInput {
  @Field(() => [ParticipantRow], { description: "At most 2,000 rows." })
  rows: ParticipantRow[];

  @Field(() => Boolean, {
    nullable: true,
    description: "Keep the participants that no row names, e.g. in the later parts of a long list. Otherwise they are taken away.",
  })
  keepOthers?: boolean | null;
}
