import { AlreadyExists, BulkOutcome, IdempotencyConflict, VersionConflict } from "@gongjian/subgraph";
import { createUnionType, Field, ID, ObjectType } from "type-graphql";
import { Contact } from "./contact.type";

@ObjectType({ description: "The contact was removed." })
export class ContactRemoved {
  readonly __typename = "ContactRemoved" as const;

  @Field(() => ID, { description: "The id that it had." })
  id: string;
}

export const AddContactResult = createUnionType({
  name: "AddContactResult",
  description: "The answer of `addContact`. `AlreadyExists`: the community or organisation has this value already.",
  types: () => [Contact, AlreadyExists, IdempotencyConflict] as const,
});

export const UpdateContactResult = createUnionType({
  name: "UpdateContactResult",
  description: "The answer of `updateContact`.",
  types: () => [Contact, VersionConflict, AlreadyExists, IdempotencyConflict] as const,
});

export const RemoveContactResult = createUnionType({
  name: "RemoveContactResult",
  description: "The answer of `removeContact`.",
  types: () => [ContactRemoved, VersionConflict, IdempotencyConflict] as const,
});

export const ImportContactsResult = createUnionType({
  name: "ImportContactsResult",
  description: "The answer of `importContacts`. Its rows carry no key: what a contact is found by is private.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
