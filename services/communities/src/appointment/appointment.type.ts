import type { AppointmentRole } from "@gongjian/entities-communities";
import { connectionOf, DateScalar, enumType, HanTextScalar } from "@gongjian/subgraph";
import { createUnionType, Directive, Field, ID, Int, ObjectType } from "type-graphql";
import { Community } from "../community/community.type";
import { Organisation } from "../organisation/organisation.type";
import { Region } from "../region/region.type";
import type { AppointmentStatus, Term } from "./appointment.rules";

export const AppointmentRoleEnum = enumType<AppointmentRole>(
  "AppointmentRole",
  "As what somebody is appointed. SECRETARY, DIRECTOR, LI_CHIEF and PRESIDENT have one holder at a place at a time; the others as many as are appointed.",
  {
    SECRETARY: "Party secretary of a place or body 书记.",
    DIRECTOR: "Director of a residents' or villagers' committee, or head of an office 主任.",
    LI_CHIEF: "Chief of a li 里长.",
    PRESIDENT: "President or chair of an association or body 会长、理事长.",
    VICE_PRESIDENT: "Vice president 副会长.",
    HONORARY_DIRECTOR: "Honorary director of a community 荣誉主任.",
    ADVISER: "Adviser 顾问.",
    LEGAL_COUNSEL: "Legal counsel 法律顾问.",
    MEDIATOR: "Mediator 调解员.",
    EXPERT: "Expert of a think tank 智库专家.",
    SUPERVISOR: "Supervisor of social work 督导.",
    HERITAGE_BEARER: "Bearer of intangible heritage 非遗传承人.",
    TEAM_LEADER: "Leader of a team of residents 队长. Never public.",
    TEAM_MEMBER: "Member of a team of residents 队员. Never public.",
  },
);

export const AppointmentStatusEnum = enumType<AppointmentStatus>("AppointmentStatus", "How an appointment stands today, in China's time.", {
  UPCOMING: "It has not begun.",
  CURRENT: "It holds.",
  ATTESTED: "It is known to have held on a day; whether it still does is not known.",
  EXPIRED: "Its term is over.",
  REVOKED: "It was taken back before its term was over.",
});

export const AppointmentPlace = createUnionType({
  name: "AppointmentPlace",
  description: "A place or body: where somebody is appointed, who conferred it, or for whom somebody stands.",
  types: () => [Region, Community, Organisation] as const,
});

@ObjectType({
  description:
    "A dated role that a person holds at a community, region or organisation (聘任、任职). After the Popolo standard: its membership and post in one.",
})
@Directive('@key(fields: "id")')
export class Appointment implements Term {
  @Field(() => ID, { description: "The platform's id of the appointment." })
  id: string;

  @Field(() => String, { nullable: true, description: "The external key that imports find it again by." })
  key: string | null;

  @Field(() => AppointmentRoleEnum, { description: "As what." })
  role: AppointmentRole;

  @Field(() => AppointmentStatusEnum, { description: "How it stands today." })
  status: AppointmentStatus;

  @Field(() => DateScalar, { nullable: true, description: "A day on which the source says that it was held." })
  attestedOn: string | null;

  @Field(() => HanTextScalar, { nullable: true, description: "In which capacity the person was appointed, e.g. professor." })
  capacity: string | null;

  @Field(() => [HanTextScalar], { description: "The fields of expertise that the person was appointed for." })
  expertise: string[];

  @Field({ description: "Whether everybody may see it." })
  published: boolean;

  @Field(() => DateScalar, { nullable: true, description: "With REVOKED: from which day it no longer holds." })
  revokedOn: string | null;

  @Field(() => HanTextScalar, { nullable: true, description: "With REVOKED: why." })
  revocationReason: string | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from, e.g. the id of a report." })
  source: string | null;

  @Field(() => Int, { description: "Rises with every change; pass it as `expectedVersion`." })
  version: number;

  personId: string;
  startsFirst: string | null;
  startsLast: string | null;
  endsFirst: string | null;
  endsLast: string | null;
  regionCode: string | null;
  communityId: string | null;
  organisationId: string | null;
  onBehalfCommunityId: string | null;
  onBehalfOrganisationId: string | null;
  conferrerRegionCode: string | null;
  conferrerCommunityId: string | null;
  conferrerOrganisationId: string | null;
  eventId: string | null;
}

export const AppointmentConnection = connectionOf(Appointment, "Appointment");

@ObjectType({ description: "A field of expertise, and how many appointed people have it." })
export class ExpertiseCount {
  @Field(() => HanTextScalar, { description: "The field." })
  field: string;

  @Field(() => Int, { description: "How many people were appointed for it." })
  people: number;
}
