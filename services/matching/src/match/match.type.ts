import type { Criterion, ViolationReason } from "@gongjian/assignment";
import type { MatchState } from "@gongjian/entities-matching";
import { AssumedSize, connectionOf, enumType } from "@gongjian/subgraph";
import { Directive, Field, ID, Int, ObjectType } from "type-graphql";
import { CriterionEnum } from "../round/weights.type";
import type { MatchSide } from "./match.policy";

export const MatchStateEnum = enumType<MatchState>("MatchState", "Where a match stands.", {
  SUGGESTED: "The matching suggests it; the next run may take it back. It lapses when the round is signed.",
  PROPOSED: "An officer has proposed it to both sides.",
  ACCEPTED: "Both sides have accepted it; see `acceptedBy` for one that is still proposed.",
  DECLINED: "It was declined.",
  SIGNED: "It has been signed.",
  FULFILLED: "It has been carried out.",
  LAPSED: "It was only suggested when the round was signed: nobody took it up, and it is no longer open.",
});

export const MatchSideEnum = enumType<MatchSide>("MatchSide", "One of the two sides of a match.", {
  COMMUNITY: "The community that has the need.",
  ORGANISATION: "The organisation that makes the offer.",
});

export type BlockerReason = ViolationReason | "CAPACITY_TAKEN" | "DECLINED";
export const BlockerReasonEnum = enumType<BlockerReason>("BlockerReason", "What keeps an offer from a need.", {
  KIND_MISMATCH: "The offer does not serve this kind of need.",
  NO_SHARED_CAPABILITY: "The offer can do nothing of what the need wants.",
  OUT_OF_COVERAGE: "The community lies outside the regions that the offer serves.",
  CURRENCY_MISMATCH: "Price and budget are in different currencies.",
  OVER_BUDGET: "The whole need would cost more than its budget.",
  NO_PERIOD_OVERLAP: "The offer is not available in the need's period.",
  MISSING_QUALIFICATION: "The offer lacks a qualification that the need requires.",
  CAPACITY_ZERO: "The offer has no units left.",
  CAPACITY_TAKEN: "The offer could serve the need, but its units are worth more elsewhere.",
  DECLINED: "The two were proposed to each other, and one side declined; they are not suggested again.",
});

/** A factor as it is stored; its words are made when it is read. */
@ObjectType({ description: "One criterion's part in a score." })
export class MatchFactor {
  @Field(() => CriterionEnum, { description: "The criterion." })
  criterion: Criterion;

  @Field(() => Int, { description: "How much the criterion counts in the round, of 1,000 for all together." })
  weight: number;

  @Field(() => Int, { description: "How well the offer does by it, 0 to 1,000." })
  value: number;

  @Field(() => Int, { description: "What it adds to the score: weight × value." })
  contribution: number;

  facts: unknown;
}

@ObjectType({ description: "A need and an offer that fit, with the reasons (匹配)." })
@Directive('@key(fields: "id")')
export class Match {
  @Field(() => ID, { description: "The platform's id of the match." })
  id: string;

  @Field(() => Int, { description: "How many of the wanted units the offer serves." })
  units: number;

  @Field(() => Int, { description: "How well the two fit, 0 to 1,000,000: exactly the sum of the factors' contributions." })
  score: number;

  @Field(() => MatchStateEnum, { description: "Where it stands." })
  state: MatchState;

  @Field(() => Int, { description: "Rises with every change; pass it as `expectedVersion`." })
  version: number;

  roundId: string;
  needId: string;
  offerId: string;
  communityAccepted: boolean;
  organisationAccepted: boolean;
  communityId: string;
  organisationId: string;
}

export const MatchConnection = connectionOf(Match, "Match");

/** An offer that could have served a need and was not chosen, as it is stored. */
@ObjectType({ description: "An offer that fits a need and was not chosen for it." })
export class Alternative {
  @Field(() => Int, { description: "How well it fits, 0 to 1,000,000." })
  score: number;

  @AssumedSize(6)
  @Field(() => [MatchFactor], { description: "What the score is made of." })
  factors: MatchFactor[];

  offerId: string;
  /** Units of the offer that the last matching left over. */
  unitsLeft: number;
  /** What one more unit of the offer would have added to the round's value. */
  price: number;
}

/** What keeps an offer from a need, as it is stored. */
@ObjectType({ description: "What keeps an offer from a need, and what would let it in." })
export class Blocker {
  @Field(() => BlockerReasonEnum, { description: "Which constraint, or that the capacity is taken." })
  reason: BlockerReason;

  offerId: string;
  facts: unknown;
  steps: unknown[];
}
