import type { Page } from "@gongjian/subgraph";
import { Args, Ctx, Directive, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context";
import { Community } from "../external/community.type";
import { Facility } from "../external/facility.type";
import { Organisation } from "../external/organisation.type";
import { Suggestion } from "../external/suggestion.type";
import { ProjectsArgs } from "./project.inputs";
import { ProjectConnection, type Project } from "./project.type";

// What projects add to the types of others is nullable, as all that this subgraph adds to them.

@Resolver(() => Community)
export class CommunityProjectFields {
  @FieldResolver(() => ProjectConnection, { nullable: true, description: "The projects for the community's needs that you may see." })
  projects(
    @Root() community: Community,
    @Args(() => ProjectsArgs) args: ProjectsArgs,
    @Ctx() context: Context,
  ): Promise<Page<Project> | null> {
    return context.projects.of("Community", community.id, args);
  }
}

@Resolver(() => Organisation)
export class OrganisationProjectFields {
  @FieldResolver(() => ProjectConnection, { nullable: true, description: "The projects from the organisation's matches that you may see." })
  @Directive('@requires(fields: "ids")')
  projects(
    @Root() organisation: Organisation,
    @Args(() => ProjectsArgs) args: ProjectsArgs,
    @Ctx() context: Context,
  ): Promise<Page<Project> | null> {
    return context.projects.ofOrganisation(organisation, args);
  }
}

@Resolver(() => Suggestion)
export class SuggestionProjectFields {
  @FieldResolver(() => ProjectConnection, {
    nullable: true,
    description: "The projects for the needs that grew from it, as far as you may see them.",
  })
  projects(
    @Root() suggestion: Suggestion,
    @Args(() => ProjectsArgs) args: ProjectsArgs,
    @Ctx() context: Context,
  ): Promise<Page<Project> | null> {
    return context.projects.of("Suggestion", suggestion.id, args);
  }
}

@Resolver(() => Facility)
export class FacilityProjectFields {
  @FieldResolver(() => ProjectConnection, { nullable: true, description: "The projects that build or renew it and that you may see." })
  projects(
    @Root() facility: Facility,
    @Args(() => ProjectsArgs) args: ProjectsArgs,
    @Ctx() context: Context,
  ): Promise<Page<Project> | null> {
    return context.projects.of("Facility", facility.id, args);
  }
}
