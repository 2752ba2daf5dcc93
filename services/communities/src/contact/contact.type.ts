import type { ContactKind } from "@gongjian/entities-communities";
import { connectionOf, DateTimeScalar, enumType } from "@gongjian/subgraph";
import { Field, ID, Int, ObjectType } from "type-graphql";

export const ContactKindEnum = enumType<ContactKind>("ContactKind", "By what means somebody is reached.", {
  PHONE: "A landline, or a service number such as 12345.",
  MOBILE: "A mobile number. It is a person's, and never published.",
  EMAIL: "An e-mail address.",
  WECHAT: "A WeChat id (微信号). It is a person's, and never published.",
  ADDRESS: "A postal address.",
});

@ObjectType({
  description:
    "A way to reach a community, an organisation, or whoever holds an appointment (联系方式). Published service lines are public; of all others the value is masked, and in full for those alone who keep it.",
})
export class Contact {
  readonly __typename?: "Contact";

  @Field(() => ID, { description: "The id." })
  id: string;

  communityId: string | null;
  organisationId: string | null;
  appointmentId: string | null;

  @Field(() => ContactKindEnum, { description: "The kind." })
  kind: ContactKind;

  @Field({ description: "What it is for, e.g. 服务热线." })
  purpose: string;

  @Field(() => String, { nullable: true, description: "A name for it, e.g. that of the desk." })
  label: string | null;

  @Field({ description: "Whether it is a service line that everybody may read." })
  published: boolean;

  @Field(() => DateTimeScalar, { description: "When it was entered." })
  createdAt: string;

  @Field(() => Int, { description: "The version, for `expectedVersion`." })
  version: number;
}

export const ContactConnection = connectionOf(Contact, "Contact");

@ObjectType({ description: "One reading of a contact in full (查阅记录)." })
export class ContactReading {
  @Field(() => ID, { description: "The id, in the order of readings." })
  id: string;

  @Field(() => ID, {
    description: "The contact that was read, or the request for a service whose note was. It may have been removed since.",
  })
  contactId: string;

  @Field(() => DateTimeScalar, { description: "When." })
  at: string;

  @Field(() => String, {
    nullable: true,
    description:
      "Who answers for the subject: the `iss` of their token. Null for the platform's own readings, and where it was not yet kept.",
  })
  issuer: string | null;

  @Field({ description: "Who: the subject of their token." })
  subject: string;

  @Field({ description: "The role under which they read it." })
  role: string;

  @Field({ description: "The request in which they did." })
  requestId: string;
}

export const ContactReadingConnection = connectionOf(ContactReading, "ContactReading");
