import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { ImportTeamActivitiesInput, ImportTeamsInput } from "./team.inputs";
import { ImportTeamActivitiesResult, ImportTeamsResult } from "./team.results";

@Resolver()
export class TeamMutations {
  @Mutation(() => ImportTeamsResult, { description: "Describes teams of residents, one or many, row by row." })
  @Access("representatives of each row's team, officers of its region, and administrators")
  importTeams(
    @Arg("input", () => ImportTeamsInput, { description: "The teams." }) input: ImportTeamsInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportTeamsResult> {
    return context.teams.importTeams(input) as Promise<typeof ImportTeamsResult>;
  }

  @Mutation(() => ImportTeamActivitiesResult, {
    description: "Enters activities on the record of teams and organisations, or corrects them, one or many, row by row.",
  })
  @Access("representatives of each row's organisation, officers of its region, and administrators")
  importTeamActivities(
    @Arg("input", () => ImportTeamActivitiesInput, { description: "The activities." }) input: ImportTeamActivitiesInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportTeamActivitiesResult> {
    return context.teams.importActivities(input) as Promise<typeof ImportTeamActivitiesResult>;
  }
}
