import { type Page, PublicBecause, wellFormed } from "@gongjian/subgraph";
import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import type { Context } from "../context";
import { TeamsArgs } from "./team.inputs";
import { Team, TeamConnection } from "./team.type";

const WHY = "teams of residents are public like all organisations; who their members are is not stored";

@Resolver()
export class TeamQueries {
  @Query(() => Team, { nullable: true, description: "The team of residents with an id; null when there is none." })
  @PublicBecause(WHY)
  team(
    @Arg("id", () => ID, { description: "The team's id, which is that of its organisation." }) id: string,
    @Ctx() context: Context,
  ): Promise<Team | null> {
    return context.teams.byId(wellFormed(id));
  }

  @Query(() => TeamConnection, { description: "Teams of residents by name: talent studios, troupes, volunteer teams." })
  @PublicBecause(WHY)
  teams(@Args(() => TeamsArgs) args: TeamsArgs, @Ctx() context: Context): Promise<Page<Team>> {
    return context.teams.list(args);
  }
}
