import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { ImportOrganisersInput, SetOrganisersInput } from "./organiser.inputs";
import { ImportOrganisersResult, SetOrganisersResult } from "./organiser.results";

@Resolver()
export class OrganiserMutations {
  @Mutation(() => SetOrganisersResult, { description: "Replaces the list of those who stand behind an event." })
  @Access("officers of the event's region, and administrators")
  setOrganisers(
    @Arg("input", () => SetOrganisersInput, { description: "The event and its organisers in order." }) input: SetOrganisersInput,
    @Ctx() context: Context,
  ): Promise<typeof SetOrganisersResult> {
    return context.organisers.set(input) as Promise<typeof SetOrganisersResult>;
  }

  @Mutation(() => ImportOrganisersResult, { description: "Replaces the organisers of the events that rows name, row by row." })
  @Access("officers of each event's region, and administrators")
  importOrganisers(
    @Arg("input", () => ImportOrganisersInput, { description: "The organisers." }) input: ImportOrganisersInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportOrganisersResult> {
    return context.organisers.import(input) as Promise<typeof ImportOrganisersResult>;
  }
}
