import { PageArgs, type Page } from "@gongjian/subgraph";
import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Appointment } from "../appointment/appointment.type";
import { Community } from "../community/community.type";
import type { Context } from "../context";
import { Organisation } from "../organisation/organisation.type";
import { Contact, ContactConnection } from "./contact.type";

const SEEN = "those published, and beyond them those that the viewer may know of";

@Resolver(() => Contact)
export class ContactFields {
  @FieldResolver(() => String, {
    nullable: true,
    description: "The value with most of it hidden, e.g. `138****1234`. Null when it has been removed meanwhile.",
  })
  maskedValue(@Root() { id }: Contact, @Ctx() context: Context): Promise<string | null> {
    return context.contacts.masked(id);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "The value in full: of a published line for everybody, otherwise for those who keep it, and every such reading is logged. Null for all others.",
  })
  value(@Root() contact: Contact, @Ctx() context: Context): Promise<string | null> {
    return context.contacts.full(contact);
  }
}

@Resolver(() => Community)
export class CommunityContacts {
  @FieldResolver(() => ContactConnection, { description: `Ways to reach the community, in the order entered: ${SEEN}.` })
  contacts(@Root() { id }: Community, @Args(() => PageArgs) args: PageArgs, @Ctx() context: Context): Promise<Page<Contact>> {
    return context.contacts.ofCommunity(id, args);
  }
}

@Resolver(() => Organisation)
export class OrganisationContacts {
  @FieldResolver(() => ContactConnection, { description: `Ways to reach the organisation, in the order entered: ${SEEN}.` })
  contacts(@Root() { id }: Organisation, @Args(() => PageArgs) args: PageArgs, @Ctx() context: Context): Promise<Page<Contact>> {
    return context.contacts.ofOrganisation(id, args);
  }
}

@Resolver(() => Appointment)
export class AppointmentContacts {
  @FieldResolver(() => ContactConnection, { description: `Ways to reach its holder in this office, in the order entered: ${SEEN}.` })
  contacts(@Root() { id }: Appointment, @Args(() => PageArgs) args: PageArgs, @Ctx() context: Context): Promise<Page<Contact>> {
    return context.contacts.ofAppointment(id, args);
  }
}
