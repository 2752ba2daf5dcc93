import type { OrganiserRole } from "@gongjian/entities-events";
import { enumType } from "@gongjian/subgraph";
import { Directive, Field, ID, Int, ObjectType } from "type-graphql";

export const OrganiserRoleEnum = enumType<OrganiserRole>("OrganiserRole", "In which role a party stands behind an event.", {
  HOST: "Host 主办.",
  ORGANISER: "Organiser, who carries it out 承办.",
  CO_ORGANISER: "Co-organiser 协办.",
  SUPPORTER: "Supporter 支持.",
  MODERATOR: "Moderator 主持.",
});

@ObjectType({
  description: "A community or an organisation that stands behind an event, in a role and at a place in its order (主办/承办/协办/支持).",
})
@Directive('@key(fields: "id")')
export class Organiser {
  readonly __typename?: "Organiser";

  @Field(() => ID, { description: "The platform's id: that of the place in the event's list." })
  id: string;

  @Field(() => OrganiserRoleEnum, { description: "In which role." })
  role: OrganiserRole;

  @Field(() => Int, { description: "The place among those of the same role, from 1." })
  order: number;

  @Field(() => String, { nullable: true, description: "Where the record comes from, e.g. the id of a report." })
  source: string | null;

  eventId: string;
  communityId: string | null;
  organisationId: string | null;
}
