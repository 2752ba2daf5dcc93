import type { ParticipantRole, SessionKind } from "@gongjian/entities-events";
import { DateTimeScalar, enumType, HanTextScalar } from "@gongjian/subgraph";
import { Directive, Field, ID, Int, ObjectType } from "type-graphql";

export const SessionKindEnum = enumType<SessionKind>("SessionKind", "What happens in a session.", {
  OPENING: "Opening and words of welcome 开幕、致辞.",
  PRESENTATION: "Presentation of work and cases 分享.",
  PUBLICATION: "Publication, e.g. of a list of needs 发布.",
  NEGOTIATION: "Negotiation between two sides 洽谈.",
  ROUND_TABLE: "Round table 座谈.",
  VISIT: "Visit to a place 参访.",
  LECTURE: "Lecture 讲座.",
  SIGNING: "Signing of agreements 签约.",
  TRAINING: "Training 培训.",
  MARKET: "Market 市集.",
  PERFORMANCE: "Performance 展演.",
  OTHER: "Anything else.",
});

export const ParticipantRoleEnum = enumType<ParticipantRole>("ParticipantRole", "In which role a party takes part in a session.", {
  SPEAKER: "Speaks words of welcome or gives a talk 致辞、主讲.",
  PRESENTER: "Presents its work 分享.",
  PARTICIPANT: "Takes part 参加.",
  MODERATOR: "Moderates 主持.",
});

@ObjectType({ description: "One item of an event's agenda (环节)." })
@Directive('@key(fields: "id")')
export class Session {
  readonly __typename?: "Session";

  @Field(() => ID, { description: "The platform's id of the session." })
  id: string;

  @Field({ description: "The external key that imports find it again by." })
  key: string;

  @Field(() => HanTextScalar, { description: "The title, in the script asked for." })
  title: string;

  @Field(() => SessionKindEnum, { description: "What happens in it." })
  kind: SessionKind;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it begins, within the event; null where it is not known." })
  startsAt: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it ends, within the event; null where it is not known." })
  endsAt: string | null;

  @Field(() => HanTextScalar, { nullable: true, description: "What it is about." })
  topic: string | null;

  @Field(() => Int, { description: "The place in the agenda, from 1. Sessions at the same time may share one." })
  position: number;

  @Field(() => String, { nullable: true, description: "Where the record comes from, e.g. the id of a report." })
  source: string | null;

  @Field(() => Int, { description: "Rises with every change, also of its participants; pass it as `expectedVersion`." })
  version: number;

  eventId: string;
}

@ObjectType({ description: "A community or an organisation that takes part in a session." })
export class SessionParticipant {
  @Field(() => ID, { description: "The platform's id: that of the place in the session's list." })
  id: string;

  @Field(() => ParticipantRoleEnum, { description: "In which role." })
  role: ParticipantRole;

  @Field(() => Int, { description: "The place among those of the same role, from 1." })
  order: number;

  @Field(() => HanTextScalar, { nullable: true, description: "What it presents or speaks about." })
  topic: string | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from, e.g. the id of a report." })
  source: string | null;

  sessionId: string;
  communityId: string | null;
  organisationId: string | null;
}
