import { Access, type Page } from "@gongjian/subgraph";
import { Args, Ctx, Query, Resolver } from "type-graphql";
import type { Context } from "../context";
import { ContactReadingsArgs } from "./contact.inputs";
import { ContactReadingConnection, type ContactReading } from "./contact.type";

@Resolver()
export class ContactQueries {
  @Query(() => ContactReadingConnection, {
    description: "Who has read which contact in full, the newest first. For auditors and administrators of the whole platform.",
  })
  @Access("AUDITOR and ADMIN of the whole platform")
  contactReadings(@Args(() => ContactReadingsArgs) args: ContactReadingsArgs, @Ctx() context: Context): Promise<Page<ContactReading>> {
    return context.contacts.readings(args);
  }
}
