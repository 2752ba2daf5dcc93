import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import {
  AcceptMilestoneInput,
  AddMilestoneInput,
  AdvanceProjectInput,
  CompleteMilestoneInput,
  CreateProjectInput,
  EvaluateProjectInput,
  UpdateMilestoneInput,
  UpdateProjectInput,
} from "./project.inputs";
import {
  AddMilestoneResult,
  AdvanceProjectResult,
  ChangeMilestoneResult,
  CreateProjectResult,
  EvaluateProjectResult,
  UpdateProjectResult,
} from "./project.results";

const KEEPERS = "workers of the community, officers of the round's region, and administrators";

@Resolver()
export class ProjectMutations {
  @Mutation(() => CreateProjectResult, {
    description:
      "Begins a project from a signed match, or from a need that its community carries out itself. A match has one project, ever; a need of the second kind one that is not cancelled, and no match besides.",
  })
  @Access(KEEPERS)
  createProject(
    @Arg("input", () => CreateProjectInput, { description: "The new project." }) input: CreateProjectInput,
    @Ctx() context: Context,
  ): Promise<typeof CreateProjectResult> {
    return context.projects.create(input) as Promise<typeof CreateProjectResult>;
  }

  @Mutation(() => UpdateProjectResult, { description: "Changes what a project says of itself, until it is over." })
  @Access(KEEPERS)
  updateProject(
    @Arg("input", () => UpdateProjectInput, { description: "The change." }) input: UpdateProjectInput,
    @Ctx() context: Context,
  ): Promise<typeof UpdateProjectResult> {
    return context.projects.update(input) as Promise<typeof UpdateProjectResult>;
  }

  @Mutation(() => AdvanceProjectResult, {
    description:
      "Takes a project to its next state. It is completed once all its milestones of building, at least one, are accepted. Its match, when it is still only signed, is fulfilled with it; that needs a round in the state EXECUTING.",
  })
  @Access(KEEPERS)
  advanceProject(
    @Arg("input", () => AdvanceProjectInput, { description: "The step." }) input: AdvanceProjectInput,
    @Ctx() context: Context,
  ): Promise<typeof AdvanceProjectResult> {
    return context.projects.advance(input) as Promise<typeof AdvanceProjectResult>;
  }

  @Mutation(() => AddMilestoneResult, {
    description: "Adds a milestone: of planning and building until the project is completed, of upkeep until it is over.",
  })
  @Access(KEEPERS)
  addMilestone(
    @Arg("input", () => AddMilestoneInput, { description: "The new milestone." }) input: AddMilestoneInput,
    @Ctx() context: Context,
  ): Promise<typeof AddMilestoneResult> {
    return context.milestones.add(input) as Promise<typeof AddMilestoneResult>;
  }

  @Mutation(() => ChangeMilestoneResult, { description: "Changes a milestone that is not accepted." })
  @Access(KEEPERS)
  updateMilestone(
    @Arg("input", () => UpdateMilestoneInput, { description: "The change." }) input: UpdateMilestoneInput,
    @Ctx() context: Context,
  ): Promise<typeof ChangeMilestoneResult> {
    return context.milestones.update(input) as Promise<typeof ChangeMilestoneResult>;
  }

  @Mutation(() => ChangeMilestoneResult, { description: "Says that a milestone is done." })
  @Access(`${KEEPERS}; representatives of the organisation for their own side's`)
  completeMilestone(
    @Arg("input", () => CompleteMilestoneInput, { description: "The milestone." }) input: CompleteMilestoneInput,
    @Ctx() context: Context,
  ): Promise<typeof ChangeMilestoneResult> {
    return context.milestones.complete(input) as Promise<typeof ChangeMilestoneResult>;
  }

  @Mutation(() => ChangeMilestoneResult, { description: "Accepts a milestone that is done; from then on it stays as it is." })
  @Access(KEEPERS)
  acceptMilestone(
    @Arg("input", () => AcceptMilestoneInput, { description: "The milestone." }) input: AcceptMilestoneInput,
    @Ctx() context: Context,
  ): Promise<typeof ChangeMilestoneResult> {
    return context.milestones.accept(input) as Promise<typeof ChangeMilestoneResult>;
  }

  @Mutation(() => EvaluateProjectResult, { description: "Judges a project that was completed, once a side." })
  @Access("workers of the community for it and for its residents, representatives of the organisation, officers, and administrators")
  evaluateProject(
    @Arg("input", () => EvaluateProjectInput, { description: "The evaluation." }) input: EvaluateProjectInput,
    @Ctx() context: Context,
  ): Promise<typeof EvaluateProjectResult> {
    return context.projects.evaluate(input) as Promise<typeof EvaluateProjectResult>;
  }
}
