import type { Evaluator, ProjectPhase, ProjectSide, ProjectState } from "@gongjian/entities-matching";
import { CommandInput, DateScalar, enumType, PageArgs } from "@gongjian/subgraph";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";
import {
  EvaluatorEnum,
  MilestoneStatusEnum,
  ProjectPhaseEnum,
  ProjectSideEnum,
  ProjectStateEnum,
  type MilestoneStatus,
} from "./project.type";

@InputType({ description: "Which projects to list." })
export class ProjectFilter {
  @Field(() => [ProjectStateEnum], { nullable: true, description: "Only these states." })
  states?: ProjectState[] | null;

  @Field(() => ID, { nullable: true, description: "Only projects of this round." })
  roundId?: string | null;

  @Field(() => ID, { nullable: true, description: "Only projects of this community." })
  communityId?: string | null;

  @Field(() => ID, { nullable: true, description: "Only projects of this organisation, under whichever of its ids." })
  organisationId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "Only projects of rounds of this region, of what lies below it, and of what it runs: its code.",
  })
  within?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "True: only projects that are not over and have a milestone whose day has passed undone; false: only others.",
  })
  overdueMilestones?: boolean | null;
}

export type ProjectOrder = "TITLE_ASC" | "TITLE_DESC";
export const ProjectOrderEnum = enumType<ProjectOrder>("ProjectOrder", "How to order projects.", {
  TITLE_ASC: "By title.",
  TITLE_DESC: "By title, backwards.",
});

@ArgsType()
export class ProjectsArgs extends PageArgs {
  @Field(() => ProjectFilter, { nullable: true, description: "Which projects to list; all that you may see when left out." })
  filter?: ProjectFilter | null;

  @Field(() => ProjectOrderEnum, { nullable: true, description: "The order; by title when left out." })
  orderBy?: ProjectOrder | null;
}

@ArgsType()
export class MilestonesArgs extends PageArgs {
  @Field(() => [MilestoneStatusEnum], { nullable: true, description: "Only those that stand so today; all when left out." })
  statuses?: MilestoneStatus[] | null;
}

@InputType({ description: "A new project: of a signed match, or of a need that its community carries out itself; one of the two." })
export class CreateProjectInput extends CommandInput {
  @Field(() => ID, { nullable: true, description: "The signed match that it carries out." })
  matchId?: string | null;

  @Field(() => ID, { nullable: true, description: "The need that its community carries out itself." })
  needId?: string | null;

  @Field(() => String, { nullable: true, description: "An external key, 1 to 100 characters, unique." })
  key?: string | null;

  @Field(() => String, { nullable: true, description: "The title, 1 to 200 characters; the need's when left out." })
  title?: string | null;

  @Field(() => String, { nullable: true, description: "At most 4,000 characters." })
  description?: string | null;

  @Field(() => ID, { nullable: true, description: "The facility that is built or renewed." })
  facilityId?: string | null;
}

@InputType({ description: "A change to a project. What is left out stays; null empties what may be empty." })
export class UpdateProjectInput extends CommandInput {
  @Field(() => ID, { description: "The project's id." })
  id: string;

  @Field(() => Int, { description: "The version that the change was made against." })
  expectedVersion: number;

  @Field(() => String, { nullable: true, description: "The title, 1 to 200 characters." })
  title?: string | null;

  @Field(() => String, { nullable: true, description: "At most 4,000 characters." })
  description?: string | null;

  @Field(() => ID, { nullable: true, description: "The facility that is built or renewed." })
  facilityId?: string | null;
}

@InputType({ description: "A step of a project." })
export class AdvanceProjectInput extends CommandInput {
  @Field(() => ID, { description: "The project's id." })
  id: string;

  @Field(() => ProjectStateEnum, { description: "The state to go to." })
  to: ProjectState;

  @Field(() => DateScalar, {
    nullable: true,
    description: "The day on which it was so, not after today and not before the last step; today when left out.",
  })
  on?: string | null;

  @Field(() => String, { nullable: true, description: "Why, at most 1,000 characters; required to cancel, and taken to cancel or close." })
  reason?: string | null;

  @Field(() => Int, { description: "The version that the step was decided against." })
  expectedVersion: number;
}

@InputType()
export abstract class MilestoneContent extends CommandInput {
  @Field(() => ProjectSideEnum, { nullable: true, description: "Which side carries it out; the community for a new one." })
  side?: ProjectSide | null;

  @Field(() => String, { nullable: true, description: "Which office or unit of that side, at most 200 characters; no person's name." })
  responsible?: string | null;
}

@InputType({ description: "A new milestone of a project." })
export class AddMilestoneInput extends MilestoneContent {
  @Field(() => ID, { description: "The project's id." })
  projectId: string;

  @Field(() => ProjectPhaseEnum, { description: "The part of the project that it belongs to." })
  phase: ProjectPhase;

  @Field(() => String, { description: "What is to be done, 1 to 200 characters." })
  title: string;

  @Field(() => DateScalar, { description: "The day on which it is due." })
  dueOn: string;
}

@InputType({ description: "A change to a milestone that is not accepted. What is left out stays; null empties what may be empty." })
export class UpdateMilestoneInput extends MilestoneContent {
  @Field(() => ID, { description: "The milestone's id." })
  id: string;

  @Field(() => ProjectPhaseEnum, { nullable: true, description: "The part of the project that it belongs to." })
  phase?: ProjectPhase | null;

  @Field(() => String, { nullable: true, description: "What is to be done, 1 to 200 characters." })
  title?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The day on which it is due." })
  dueOn?: string | null;

  @Field(() => Int, { description: "The version that the change was made against." })
  expectedVersion: number;
}

@InputType({ description: "A milestone that is done." })
export class CompleteMilestoneInput extends CommandInput {
  @Field(() => ID, { description: "The milestone's id." })
  id: string;

  @Field(() => DateScalar, { nullable: true, description: "The day, not after today; today when left out." })
  doneOn?: string | null;

  @Field(() => Int, { description: "The version that it was decided against." })
  expectedVersion: number;
}

@InputType({ description: "A done milestone that is accepted." })
export class AcceptMilestoneInput extends CommandInput {
  @Field(() => ID, { description: "The milestone's id." })
  id: string;

  @Field(() => DateScalar, { nullable: true, description: "The day, not after today and not before it was done; today when left out." })
  acceptedOn?: string | null;

  @Field(() => String, { nullable: true, description: "What is noted, at most 1,000 characters." })
  note?: string | null;

  @Field(() => Int, { description: "The version that it was decided against." })
  expectedVersion: number;
}

@InputType({ description: "How a side judges a project." })
export class EvaluateProjectInput extends CommandInput {
  @Field(() => ID, { description: "The project's id." })
  projectId: string;

  @Field(() => EvaluatorEnum, { description: "Who judges; each once." })
  evaluator: Evaluator;

  @Field(() => Int, { description: "1 (bad) to 5 (excellent)." })
  rating: number;

  @Field(() => String, { nullable: true, description: "In words, at most 2,000 characters; nothing private." })
  comment?: string | null;

  @Field(() => String, { nullable: true, description: "How it was before, at most 2,000 characters." })
  before?: string | null;

  @Field(() => String, { nullable: true, description: "How it is now, at most 2,000 characters." })
  after?: string | null;
}
