import { PublicBecause, type Page, wellFormed } from "@gongjian/subgraph";
import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import type { Context } from "../context";
import { PeopleArgs } from "./person.inputs";
import { Person, PersonConnection } from "./person.type";

const WHY = "people in public roles are public by name; others show to whoever oversees their place";

@Resolver()
export class PersonQueries {
  @Query(() => Person, { nullable: true, description: "The person with an id; null when there is none that you may see." })
  @PublicBecause(WHY)
  person(@Arg("id", () => ID, { description: "The person's id." }) id: string, @Ctx() context: Context): Promise<Person | null> {
    return context.people.byId(wellFormed(id));
  }

  @Query(() => PersonConnection, { description: "The people that you may see, by name." })
  @PublicBecause(WHY)
  people(@Args(() => PeopleArgs) args: PeopleArgs, @Ctx() context: Context): Promise<Page<Person>> {
    return context.people.list(args);
  }
}
