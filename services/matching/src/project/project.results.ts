import type { MatchState, ProjectState } from "@gongjian/entities-matching";
import { AlreadyExists, IdempotencyConflict, VersionConflict } from "@gongjian/subgraph";
import { createUnionType, Field, ObjectType } from "type-graphql";
import { UnitsExhausted } from "../match/match.results";
import { MatchStateEnum } from "../match/match.type";
import { GuardReason, RoundClosed } from "../round/round.results";
import { Evaluation, Milestone, Project, ProjectStateEnum } from "./project.type";

@ObjectType({ description: "A project carries out a match that is signed: this one is not, or not any more." })
export class MatchNotSigned {
  readonly __typename = "MatchNotSigned" as const;

  @Field({ description: "A constant sentence for people." })
  message: string;

  @Field(() => MatchStateEnum, { description: "Where the match stands." })
  state: MatchState;
}

@ObjectType({ description: "A project does not go from its state to this one." })
export class ProjectStepOutOfOrder {
  readonly __typename = "ProjectStepOutOfOrder" as const;

  @Field({ description: "A constant sentence for people." })
  message: string;

  @Field(() => ProjectStateEnum, { description: "Where the project stands." })
  state: ProjectState;

  @Field(() => [ProjectStateEnum], { description: "The states that it can go to." })
  next: ProjectState[];
}

@ObjectType({ description: "The project cannot take this step yet." })
export class ProjectGuardFailed {
  readonly __typename = "ProjectGuardFailed" as const;

  @Field({ description: "A constant sentence for people." })
  message: string;

  @Field(() => [GuardReason], { description: "What has to be done first: `NO_BUILD_MILESTONE`, `BUILD_MILESTONES_UNACCEPTED`." })
  reasons: GuardReason[];
}

@ObjectType({ description: "The project's state does not allow this any more, or not yet." })
export class ProjectRefuses {
  readonly __typename = "ProjectRefuses" as const;

  @Field({ description: "A constant sentence for people." })
  message: string;

  @Field(() => ProjectStateEnum, { description: "Where the project stands." })
  state: ProjectState;
}

@ObjectType({ description: "The milestone stands otherwise: it is accepted already, or not done yet." })
export class MilestoneRefuses {
  readonly __typename = "MilestoneRefuses" as const;

  @Field({ description: "A constant sentence for people." })
  message: string;

  @Field({ description: "Whether it is done." })
  done: boolean;

  @Field({ description: "Whether it is accepted: it is not changed any more." })
  accepted: boolean;
}

export const projectRefuses = (state: ProjectState): ProjectRefuses => ({
  __typename: "ProjectRefuses",
  message: "The project's state does not allow this.",
  state,
});

export const milestoneRefuses = ({ doneOn, acceptedOn }: Milestone): MilestoneRefuses => ({
  __typename: "MilestoneRefuses",
  message: "The milestone does not stand so.",
  done: doneOn !== null,
  accepted: acceptedOn !== null,
});

export const CreateProjectResult = createUnionType({
  name: "CreateProjectResult",
  description: "The answer of `createProject`.",
  types: () => [Project, MatchNotSigned, UnitsExhausted, AlreadyExists, IdempotencyConflict] as const,
});
export const UpdateProjectResult = createUnionType({
  name: "UpdateProjectResult",
  description: "The answer of `updateProject`.",
  types: () => [Project, ProjectRefuses, VersionConflict, IdempotencyConflict] as const,
});
export const AdvanceProjectResult = createUnionType({
  name: "AdvanceProjectResult",
  description: "The answer of `advanceProject`.",
  types: () => [Project, ProjectStepOutOfOrder, ProjectGuardFailed, RoundClosed, VersionConflict, IdempotencyConflict] as const,
});
export const AddMilestoneResult = createUnionType({
  name: "AddMilestoneResult",
  description: "The answer of `addMilestone`.",
  types: () => [Milestone, ProjectRefuses, IdempotencyConflict] as const,
});
export const ChangeMilestoneResult = createUnionType({
  name: "ChangeMilestoneResult",
  description: "The answer of `updateMilestone`, `completeMilestone` and `acceptMilestone`.",
  types: () => [Milestone, MilestoneRefuses, ProjectRefuses, VersionConflict, IdempotencyConflict] as const,
});
export const EvaluateProjectResult = createUnionType({
  name: "EvaluateProjectResult",
  description: "The answer of `evaluateProject`.",
  types: () => [Evaluation, ProjectRefuses, AlreadyExists, IdempotencyConflict] as const,
});
