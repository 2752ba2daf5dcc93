import type { OrganiserRole } from "@gongjian/entities-events";
import { BulkInput, CommandInput } from "@gongjian/subgraph";
import { Field, ID, InputType, Int } from "type-graphql";
import { PartyKindEnum, type PartyKind } from "../external/party";
import { OrganiserRoleEnum } from "./organiser.type";

@InputType({ description: "One organiser of an event." })
export class OrganiserInput {
  @Field(() => OrganiserRoleEnum, { description: "In which role." })
  role: OrganiserRole;

  @Field(() => PartyKindEnum, { description: "Whether it is a community or an organisation." })
  partyKind: PartyKind;

  @Field(() => ID, { description: "The id of the community or organisation." })
  partyId: string;
}

@InputType({ description: "All organisers of an event from now on. Within each role they stand in the order of the list." })
export class SetOrganisersInput extends CommandInput {
  @Field(() => ID, { description: "The event's id." })
  eventId: string;

  @Field(() => Int, { description: "The version of the event that the change was made against." })
  expectedVersion: number;

  @Field(() => [OrganiserInput], { description: "At most 100; a party stands once in each role." })
  organisers: OrganiserInput[];
}

@InputType({ description: "One organiser of a bulk import." })
export class OrganiserRow {
  @Field({ description: "The key of the event." })
  eventKey: string;

  @Field(() => OrganiserRoleEnum, { description: "In which role." })
  role: OrganiserRole;

  @Field(() => Int, {
    nullable: true,
    description: "The place among those of the same role, 1 to 100; after those of the rows above when left out.",
  })
  order?: number | null;

  @Field(() => PartyKindEnum, { description: "Whether it is a community or an organisation." })
  partyKind: PartyKind;

  @Field(() => ID, { description: "The id of the community or organisation." })
  partyId: string;

  @Field(() => String, { nullable: true, description: "Where the record comes from." })
  source?: string | null;
}

@InputType({ description: "The organisers of events. The list of each event that a row names is replaced, found again by role and order." })
export class ImportOrganisersInput extends BulkInput {
  @Field(() => [OrganiserRow], { description: "At most 2,000 rows." })
  rows: OrganiserRow[];

  @Field(() => Boolean, {
    nullable: true,
    description: "Keep the organisers that no row names, e.g. in the later parts of a long list. Otherwise they are taken away.",
  })
  keepOthers?: boolean | null;
}
