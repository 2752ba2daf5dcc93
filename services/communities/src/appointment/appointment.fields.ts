import { AssumedSize, type Page } from "@gongjian/subgraph";
import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Community } from "../community/community.type";
import type { Context } from "../context";
import { visibleEvent } from "../external/event.lists";
import { Event } from "../external/event.type";
import { Organisation } from "../organisation/organisation.type";
import { Person } from "../person/person.type";
import { Region } from "../region/region.type";
import type { Place } from "../place/place";
import { AppointmentsArgs } from "./appointment.inputs";
import { conferrerOf, placeOf } from "./appointment.store";
import { Appointment, AppointmentConnection, AppointmentPlace, ExpertiseCount } from "./appointment.type";
import { PartialDateScalar, partialDateOf } from "./partial-date";

type Party = typeof AppointmentPlace | null;

const named = <T extends object>(__typename: string, record: T | null): Party =>
  record ? ({ ...record, __typename } as unknown as Party) : null;

/** The one of the three that is set, through the loaders. */
async function partyOf(context: Context, { regionCode, communityId, organisationId }: Place): Promise<Party> {
  if (regionCode) return named("Region", await context.regions.byCode(regionCode));
  if (communityId) return named("Community", await context.communities.byId(communityId));
  return organisationId ? named("Organisation", await context.organisations.byId(organisationId)) : null;
}

@Resolver(() => Appointment)
export class AppointmentFields {
  @FieldResolver(() => Person, { nullable: true, description: "Who." })
  person(@Root() appointment: Appointment, @Ctx() context: Context): Promise<Person | null> {
    return context.people.byId(appointment.personId);
  }

  @FieldResolver(() => AppointmentPlace, { nullable: true, description: "Where." })
  at(@Root() appointment: Appointment, @Ctx() context: Context): Promise<Party> {
    return partyOf(context, placeOf(appointment));
  }

  @FieldResolver(() => PartialDateScalar, { nullable: true, description: "The first day; null when it is not known." })
  startsOn(@Root() appointment: Appointment): string | null {
    return partialDateOf(appointment.startsFirst, appointment.startsLast);
  }

  @FieldResolver(() => PartialDateScalar, { nullable: true, description: "The last day; null when none is set or known." })
  endsOn(@Root() appointment: Appointment): string | null {
    return partialDateOf(appointment.endsFirst, appointment.endsLast);
  }

  @FieldResolver(() => AppointmentPlace, {
    nullable: true,
    description: "For whom the person stands (Popolo `on_behalf_of`), e.g. the li that its chief comes from.",
  })
  onBehalfOf(@Root() a: Appointment, @Ctx() context: Context): Promise<Party> {
    return partyOf(context, { communityId: a.onBehalfCommunityId, organisationId: a.onBehalfOrganisationId });
  }

  @FieldResolver(() => AppointmentPlace, { nullable: true, description: "Who conferred it; null when that is not known." })
  async conferredBy(@Root() appointment: Appointment, @Ctx() context: Context): Promise<Party> {
    const conferrer = conferrerOf(appointment);
    return conferrer && partyOf(context, conferrer);
  }

  @FieldResolver(() => Event, { nullable: true, description: "The event at which it was conferred; null also while you may not see it." })
  event(@Root() appointment: Appointment, @Ctx() context: Context): Promise<Event | null> | null {
    return appointment.eventId === null ? null : context.load(visibleEvent, appointment.eventId);
  }
}

@Resolver(() => Community)
export class CommunityAppointments {
  @FieldResolver(() => AppointmentConnection, {
    description: "Who is and was appointed at the community: its committee's head, honorary directors, advisers, legal counsel, mediators.",
  })
  appointments(
    @Root() { id }: Community,
    @Args(() => AppointmentsArgs) args: AppointmentsArgs,
    @Ctx() context: Context,
  ): Promise<Page<Appointment>> {
    return context.appointments.atCommunity(id, args);
  }

  @FieldResolver(() => AppointmentConnection, {
    description: "People of the community in roles elsewhere, e.g. its li chief as honorary director.",
  })
  appointmentsElsewhere(
    @Root() { id }: Community,
    @Args(() => AppointmentsArgs) args: AppointmentsArgs,
    @Ctx() context: Context,
  ): Promise<Page<Appointment>> {
    return context.appointments.onBehalfOfCommunity(id, args);
  }
}

@Resolver(() => Organisation)
export class OrganisationAppointments {
  @FieldResolver(() => AppointmentConnection, {
    description: "Who is and was appointed at the organisation, e.g. the experts of its think tank.",
  })
  appointments(
    @Root() { id }: Organisation,
    @Args(() => AppointmentsArgs) args: AppointmentsArgs,
    @Ctx() context: Context,
  ): Promise<Page<Appointment>> {
    return context.appointments.atOrganisation(id, args);
  }

  @FieldResolver(() => AppointmentConnection, { description: "People of the organisation in roles elsewhere." })
  appointmentsElsewhere(
    @Root() { id }: Organisation,
    @Args(() => AppointmentsArgs) args: AppointmentsArgs,
    @Ctx() context: Context,
  ): Promise<Page<Appointment>> {
    return context.appointments.onBehalfOfOrganisation(id, args);
  }

  @AssumedSize(20)
  @FieldResolver(() => [ExpertiseCount], {
    description:
      "The fields that the experts of its think tank were appointed for, published appointments counted, the most frequent first.",
  })
  expertise(@Root() { id }: Organisation, @Ctx() context: Context): Promise<ExpertiseCount[]> {
    return context.appointments.expertiseOf(id);
  }
}

@Resolver(() => Region)
export class RegionAppointments {
  @FieldResolver(() => AppointmentConnection, { description: "Who is and was appointed at the region itself, not at places in it." })
  appointments(
    @Root() { code }: Region,
    @Args(() => AppointmentsArgs) args: AppointmentsArgs,
    @Ctx() context: Context,
  ): Promise<Page<Appointment>> {
    return context.appointments.atRegion(code, args);
  }
}

@Resolver(() => Event)
export class EventAppointments {
  @FieldResolver(() => AppointmentConnection, {
    nullable: true,
    description: "The appointments conferred at the event, as far as you may see.",
  })
  appointments(
    @Root() { id }: Event,
    @Args(() => AppointmentsArgs) args: AppointmentsArgs,
    @Ctx() context: Context,
  ): Promise<Page<Appointment> | null> {
    return context.appointments.ofEvent(id, args);
  }
}
