import { PublicBecause, wellFormed, type Page } from "@gongjian/subgraph";
import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import type { Context } from "../context";
import { ProjectsArgs } from "./project.inputs";
import { Project, ProjectConnection } from "./project.type";

@Resolver()
export class ProjectQueries {
  @Query(() => Project, { nullable: true, description: "The project with an id; null when there is none that you may see." })
  @PublicBecause("projects of published needs are public; those of drafts are left out for others than their people")
  project(@Arg("id", () => ID, { description: "The project's id." }) id: string, @Ctx() context: Context): Promise<Project | null> {
    return context.projects.byId(wellFormed(id));
  }

  @Query(() => ProjectConnection, { description: "Projects that you may see, filtered and in order." })
  @PublicBecause("projects of published needs are public; those of drafts are left out for others than their people")
  projects(@Args(() => ProjectsArgs) args: ProjectsArgs, @Ctx() context: Context): Promise<Page<Project>> {
    return context.projects.list(args);
  }
}
