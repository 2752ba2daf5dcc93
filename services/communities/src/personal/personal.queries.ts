import { Access, PageArgs, type Page } from "@gongjian/subgraph";
import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import type { Context } from "../context";
import { PersonalDataExport, PersonalRecord, PersonalRecordConnection } from "./personal.type";

@Resolver()
export class PersonalQueries {
  @Query(() => PersonalRecord, { nullable: true, description: "One's own record; null where none was given." })
  @Access("whoever is signed in, their own")
  myPersonalRecord(@Ctx() context: Context): Promise<PersonalRecord | null> {
    return context.personal.mine();
  }

  @Query(() => PersonalRecordConnection, { description: "The records of a community's residents, masked, in the order given." })
  @Access("COMMUNITY_WORKER of the community")
  personalRecords(
    @Arg("communityId", () => ID, { description: "The community." }) communityId: string,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Page<PersonalRecord>> {
    return context.personal.ofCommunity(communityId, args);
  }

  @Query(() => PersonalDataExport, {
    description:
      "All that communities stores about the one who asks: the record, memberships, suggestions, services on request, readings of contacts, and what they did, at most the newest 5,000 of each. Events and matching answer for themselves in `exportMyEventsData` and `exportMyMatchingData`.",
  })
  @Access("whoever is signed in, their own")
  exportMyData(@Ctx() context: Context): Promise<PersonalDataExport> {
    return context.erasures.export();
  }
}
