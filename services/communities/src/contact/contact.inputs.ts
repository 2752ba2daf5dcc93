import type { ContactKind } from "@gongjian/entities-communities";
import { BulkInput, CommandInput, PageArgs } from "@gongjian/subgraph";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";
import { ContactKindEnum } from "./contact.type";

@InputType({
  description: "A contact of a community, of an organisation, or of whoever holds an appointment: exactly one of the three is named.",
})
export class AddContactInput extends CommandInput {
  @Field(() => ID, { nullable: true, description: "The community whose it is." })
  communityId?: string | null;

  @Field(() => ID, { nullable: true, description: "The organisation whose it is." })
  organisationId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "The appointment in which somebody is reached by it; those keep it who keep its place's.",
  })
  appointmentId?: string | null;

  @Field(() => ContactKindEnum, { description: "The kind." })
  kind: ContactKind;

  @Field({ description: "What it is for, 1 to 100 characters. Nothing private." })
  purpose: string;

  @Field(() => String, { nullable: true, description: "A name for it, at most 100 characters. Nothing private." })
  label?: string | null;

  @Field({
    description:
      "The number, address or id, at most 300 characters. Numbers of the mainland and of Taiwan are understood without a country code.",
  })
  value: string;

  @Field({ defaultValue: false, description: "Whether it is a service line that everybody may read; not for MOBILE and WECHAT." })
  published: boolean;
}

@InputType({ description: "One contact of a bulk import: found again by whose it is and by its value." })
export class ContactRow {
  @Field(() => ID, { nullable: true, description: "The community whose it is." })
  communityId?: string | null;

  @Field(() => ID, { nullable: true, description: "The organisation whose it is." })
  organisationId?: string | null;

  @Field(() => ID, { nullable: true, description: "The appointment in which somebody is reached by it." })
  appointmentId?: string | null;

  @Field(() => ContactKindEnum, { description: "The kind." })
  kind: ContactKind;

  @Field({ description: "What it is for, 1 to 100 characters. Nothing private." })
  purpose: string;

  @Field(() => String, { nullable: true, description: "A name for it, at most 100 characters. Nothing private." })
  label?: string | null;

  @Field({ description: "The number, address or id, at most 300 characters." })
  value: string;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether everybody may read it; not when left out, and never for MOBILE and WECHAT.",
  })
  published?: boolean | null;
}

@InputType({ description: "Contacts to enter or to correct, each found again by whose it is and by its value." })
export class ImportContactsInput extends BulkInput {
  @Field(() => [ContactRow], { description: "At most 2,000 rows." })
  rows: ContactRow[];
}

@InputType({ description: "A change of a contact. What is left out stays as it is." })
export class UpdateContactInput extends CommandInput {
  @Field(() => ID, { description: "The contact." })
  id: string;

  @Field(() => Int, { description: "The version that the change was made against." })
  expectedVersion: number;

  @Field(() => String, { nullable: true, description: "What it is for, 1 to 100 characters." })
  purpose?: string | null;

  @Field(() => String, { nullable: true, description: "A name for it, at most 100 characters; null takes it away." })
  label?: string | null;

  @Field(() => String, { nullable: true, description: "The new value, of the same kind." })
  value?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether everybody may read it." })
  published?: boolean | null;
}

@InputType({ description: "A contact to remove. Its value is gone for good." })
export class RemoveContactInput extends CommandInput {
  @Field(() => ID, { description: "The contact." })
  id: string;

  @Field(() => Int, { description: "The version that the decision was made against." })
  expectedVersion: number;
}

@ArgsType()
export class ContactReadingsArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: "Only readings of this contact." })
  contactId?: string | null;

  @Field(() => String, { nullable: true, description: "Only readings by subjects of this issuer." })
  issuer?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Only readings by this subject; subjects of one name of several issuers are told apart by `issuer`.",
  })
  subject?: string | null;
}
