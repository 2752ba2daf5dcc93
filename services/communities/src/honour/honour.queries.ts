import { PublicBecause, wellFormed, type Page } from "@gongjian/subgraph";
import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import type { Context } from "../context";
import { HonoursArgs } from "./honour.inputs";
import { Honour, HonourConnection } from "./honour.type";

const WHY = "honours are awarded in public";

@Resolver()
export class HonourQueries {
  @Query(() => Honour, { nullable: true, description: "The honour with an id; null when there is none." })
  @PublicBecause(WHY)
  honour(@Arg("id", () => ID, { description: "The honour's id." }) id: string, @Ctx() context: Context): Promise<Honour | null> {
    return context.honours.byId(wellFormed(id));
  }

  @Query(() => HonourConnection, { description: "The honours, filtered, the latest first." })
  @PublicBecause(WHY)
  honours(@Args(() => HonoursArgs) args: HonoursArgs, @Ctx() context: Context): Promise<Page<Honour>> {
    return context.honours.list(args);
  }
}
