import type { ServiceField } from "@gongjian/entities-communities";
import { BulkInput } from "@gongjian/subgraph";
import { Field, ID, InputType, Int } from "type-graphql";
import { ServiceFieldEnum } from "../suggestion/suggestion.type";

@InputType({ description: "One line of a service contact card." })
export class ServiceContactRow {
  @Field({ description: "The external key, 1 to 100 characters, unlike any other of the community." })
  key: string;

  @Field(() => ID, { description: "The community." })
  communityId: string;

  @Field(() => Int, { description: "Its place on the card, 1 to 100." })
  position: number;

  @Field(() => ServiceFieldEnum, { description: "The field of public service." })
  field: ServiceField;

  @Field({ description: "The service, 1 to 100 characters." })
  title: string;

  @Field(() => ID, { nullable: true, description: "The organisation that offers it; the community itself when left out." })
  organisationId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The office's telephone line: digits, spaces, `+` and `-`. Never a person's mobile number.",
  })
  line?: string | null;

  @Field(() => String, { nullable: true, description: "Where it is offered, at most 200 characters." })
  place?: string | null;

  @Field(() => String, { nullable: true, description: "When it is offered, at most 200 characters." })
  hours?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether it is made up to show how the platform works." })
  illustrative?: boolean | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from." })
  source?: string | null;
}

@InputType({ description: "Lines of service contact cards to create or update, found again by community and key." })
export class ImportServiceContactsInput extends BulkInput {
  @Field(() => [ServiceContactRow], { description: "At most 2,000 rows." })
  rows: ServiceContactRow[];
}
