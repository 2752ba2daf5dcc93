import { PublicBecause, type Page, wellFormed } from "@gongjian/subgraph";
import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import type { Context } from "../context";
import { NeedsArgs } from "./need.inputs";
import { Need, NeedConnection } from "./need.type";

@Resolver()
export class NeedQueries {
  @Query(() => Need, { nullable: true, description: "The need with an id; null when there is none that you may see." })
  @PublicBecause("published needs are public; drafts are left out for others than their people")
  need(@Arg("id", () => ID, { description: "The need's id." }) id: string, @Ctx() context: Context): Promise<Need | null> {
    return context.needs.byId(wellFormed(id));
  }

  @Query(() => NeedConnection, { description: "Needs that you may see, filtered and in order." })
  @PublicBecause("published needs are public; drafts are left out for others than their people")
  needs(@Args(() => NeedsArgs) args: NeedsArgs, @Ctx() context: Context): Promise<Page<Need>> {
    return context.needs.list(args);
  }
}
