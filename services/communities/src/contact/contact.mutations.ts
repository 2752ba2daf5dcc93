import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { AddContactInput, ImportContactsInput, RemoveContactInput, UpdateContactInput } from "./contact.inputs";
import { AddContactResult, ImportContactsResult, RemoveContactResult, UpdateContactResult } from "./contact.results";

const KEEPERS = "COMMUNITY_WORKER of the community, ORGANISATION_REP of the organisation, OFFICER of its region, ADMIN";

@Resolver()
export class ContactMutations {
  @Mutation(() => AddContactResult, { description: "Enters a contact. Its value is stored encrypted." })
  @Access(KEEPERS)
  addContact(
    @Arg("input", () => AddContactInput, { description: "The contact." }) input: AddContactInput,
    @Ctx() context: Context,
  ): Promise<typeof AddContactResult> {
    return context.contacts.add(input) as Promise<typeof AddContactResult>;
  }

  @Mutation(() => UpdateContactResult, { description: "Changes a contact." })
  @Access(KEEPERS)
  updateContact(
    @Arg("input", () => UpdateContactInput, { description: "The change." }) input: UpdateContactInput,
    @Ctx() context: Context,
  ): Promise<typeof UpdateContactResult> {
    return context.contacts.update(input) as Promise<typeof UpdateContactResult>;
  }

  @Mutation(() => RemoveContactResult, { description: "Removes a contact for good." })
  @Access(KEEPERS)
  removeContact(
    @Arg("input", () => RemoveContactInput, { description: "Which one." }) input: RemoveContactInput,
    @Ctx() context: Context,
  ): Promise<typeof RemoveContactResult> {
    return context.contacts.remove(input) as Promise<typeof RemoveContactResult>;
  }

  @Mutation(() => ImportContactsResult, {
    description: "Enters or corrects contacts row by row. Values are stored encrypted, and no answer repeats one.",
  })
  @Access(KEEPERS)
  importContacts(
    @Arg("input", () => ImportContactsInput, { description: "The contacts." }) input: ImportContactsInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportContactsResult> {
    return context.contacts.import(input) as Promise<typeof ImportContactsResult>;
  }
}
