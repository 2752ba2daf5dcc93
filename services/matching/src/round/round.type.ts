import type { RoundState } from "@gongjian/entities-matching";
import { connectionOf, DateTimeScalar, enumType, HanTextScalar, SafeIntScalar } from "@gongjian/subgraph";
import { Directive, Field, ID, Int, ObjectType } from "type-graphql";

export const RoundStateEnum = enumType<RoundState>("RoundState", "Where a round stands. It goes one step at a time, in this order.", {
  DRAFT: "Being set up; only its officers see it.",
  COLLECTING: "Needs and offers are being collected; only officers and those who enter them see them.",
  PUBLISHED: "The list is public; entries can still be corrected.",
  MATCHING: "The list is closed and matched.",
  NEGOTIATING: "Both sides talk: matches are proposed, accepted or declined.",
  SIGNED: "What was agreed has been signed; matches that were only suggested have lapsed.",
  EXECUTING: "The agreed work is under way.",
  EVALUATED: "The work has been evaluated.",
  CLOSED: "Over.",
});

@ObjectType({ description: "A region's yearly list of needs and resources, and the matching of the two (对接批次)." })
@Directive('@key(fields: "id")')
export class Round {
  @Field(() => ID, { description: "The platform's id of the round." })
  id: string;

  @Field(() => String, { nullable: true, description: "The external key that imports find it again by." })
  key: string | null;

  @Field(() => Int, { description: "The year that the list is for." })
  year: number;

  @Field(() => HanTextScalar, { description: "The title." })
  title: string;

  @Field(() => RoundStateEnum, { description: "Where it stands." })
  state: RoundState;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was last matched." })
  matchedAt: string | null;

  @Field(() => SafeIntScalar, {
    nullable: true,
    description: "What the last matching reached: the sum of score × units over its matches. No plan reaches more.",
  })
  matchValue: number | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from, e.g. the id of a report." })
  source: string | null;

  @Field(() => Int, { description: "Rises with every change; pass it as `expectedVersion`." })
  version: number;

  regionCode: string;
  regionScopeCodes: string[];
  guestCommunityIds: string[];
  eventId: string | null;
  weights: Record<string, number> | null;
}

export const RoundConnection = connectionOf(Round, "Round");
