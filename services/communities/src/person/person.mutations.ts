import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { ImportPeopleInput, UpdatePersonInput } from "./person.inputs";
import { ImportPeopleResult, UpdatePersonResult } from "./person.results";

@Resolver()
export class PersonMutations {
  @Mutation(() => UpdatePersonResult, {
    description: "Corrects a person's name. Letters already issued keep the name that they were issued to.",
  })
  @Access("officers who reach every place at which the person is appointed, and administrators")
  updatePerson(
    @Arg("input", () => UpdatePersonInput, { description: "The correction." }) input: UpdatePersonInput,
    @Ctx() context: Context,
  ): Promise<typeof UpdatePersonResult> {
    return context.people.update(input) as Promise<typeof UpdatePersonResult>;
  }

  @Mutation(() => ImportPeopleResult, { description: "Creates or updates people by external key, row by row." })
  @Access("officers; a person with appointments only by those who reach all their places, and administrators")
  importPeople(
    @Arg("input", () => ImportPeopleInput, { description: "The people." }) input: ImportPeopleInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportPeopleResult> {
    return context.people.import(input) as Promise<typeof ImportPeopleResult>;
  }
}
