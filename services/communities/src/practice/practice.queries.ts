import { PublicBecause, wellFormed, type Page } from "@gongjian/subgraph";
import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import type { Context } from "../context";
import { PracticesArgs } from "./practice.inputs";
import { Practice, PracticeConnection } from "./practice.type";

const WHY = "practices are presented for others to adopt";

@Resolver()
export class PracticeQueries {
  @Query(() => Practice, { nullable: true, description: "The practice with an id; null when there is none." })
  @PublicBecause(WHY)
  practice(@Arg("id", () => ID, { description: "The practice's id." }) id: string, @Ctx() context: Context): Promise<Practice | null> {
    return context.practices.byId(wellFormed(id));
  }

  @Query(() => PracticeConnection, { description: "The practices, filtered, by name." })
  @PublicBecause(WHY)
  practices(@Args(() => PracticesArgs) args: PracticesArgs, @Ctx() context: Context): Promise<Page<Practice>> {
    return context.practices.list(args);
  }
}
