import { AssumedSize, type Page } from "@gongjian/subgraph";
import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context";
import { Community } from "../external/community.type";
import { Facility } from "../external/facility.type";
import { Organisation } from "../external/organisation.type";
import { Match } from "../match/match.type";
import { Need } from "../need/need.type";
import { MilestonesArgs, ProjectsArgs } from "./project.inputs";
import { Evaluation, MilestoneConnection, Project, ProjectConnection, type Milestone } from "./project.type";

@Resolver(() => Project)
export class ProjectFields {
  @FieldResolver(() => Need, { nullable: true, description: "The need that it meets." })
  need(@Root() project: Project, @Ctx() context: Context): Promise<Need | null> {
    return context.needs.byId(project.needId);
  }

  @FieldResolver(() => Match, { nullable: true, description: "The match that it carries out; null where the community does it itself." })
  match(@Root() project: Project, @Ctx() context: Context): Promise<Match | null> | null {
    return project.matchId === null ? null : context.matches.byId(project.matchId);
  }

  @FieldResolver(() => Community, { nullable: true, description: "The community whose need it meets." })
  community(@Root() project: Project): Community {
    return { __typename: "Community", id: project.communityId } as Community;
  }

  @FieldResolver(() => Organisation, { nullable: true, description: "The organisation of the match; null where there is none." })
  organisation(@Root() project: Project): Organisation | null {
    return project.organisationId === null ? null : ({ __typename: "Organisation", id: project.organisationId } as Organisation);
  }

  // the register of facilities is public: its ids are no secret
  @FieldResolver(() => Facility, { nullable: true, description: "The facility that is built or renewed." })
  facility(@Root() project: Project): Facility | null {
    return project.facilityId === null ? null : ({ __typename: "Facility", id: project.facilityId } as Facility);
  }

  @FieldResolver(() => MilestoneConnection, { description: "Its milestones, in the order in which they are due." })
  milestones(
    @Root() project: Project,
    @Args(() => MilestonesArgs) args: MilestonesArgs,
    @Ctx() context: Context,
  ): Promise<Page<Milestone>> {
    return context.milestones.ofProject(project.id, args);
  }

  @AssumedSize(4)
  @FieldResolver(() => [Evaluation], { description: "How each side judges it; none before it is completed." })
  evaluations(@Root() project: Project, @Ctx() context: Context): Promise<Evaluation[]> {
    return context.projects.evaluations(project.id);
  }
}

@Resolver(() => Need)
export class NeedProjectFields {
  @FieldResolver(() => ProjectConnection, { description: "The projects that meet it: of its matches, or its community's own." })
  projects(@Root() need: Need, @Args(() => ProjectsArgs) args: ProjectsArgs, @Ctx() context: Context): Promise<Page<Project>> {
    return context.projects.ofNeed(need.id, args);
  }
}

@Resolver(() => Match)
export class MatchProjectFields {
  @FieldResolver(() => Project, { nullable: true, description: "The project that carries it out; null before there is one." })
  project(@Root() match: Match, @Ctx() context: Context): Promise<Project | null> {
    return context.projects.ofMatch(match.id);
  }
}
