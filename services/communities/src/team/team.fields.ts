import { AssumedSize, PageArgs, type Page } from "@gongjian/subgraph";
import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { PartialDateScalar, partialDateOf } from "../appointment/partial-date";
import { Community } from "../community/community.type";
import type { Context } from "../context";
import { visibleEvent } from "../external/event.lists";
import { Event } from "../external/event.type";
import { Organisation, OrganisationConnection } from "../organisation/organisation.type";
import { ActivitiesArgs } from "./team.inputs";
import { ActivityTotals, Team, TeamActivity, TeamActivityConnection } from "./team.type";

@Resolver(() => Team)
export class TeamFields {
  @FieldResolver(() => Organisation, { nullable: true, description: "The organisation that it is, with its name and its record." })
  organisation(@Root() { organisationId }: Team, @Ctx() context: Context): Promise<Organisation | null> {
    return context.organisations.byId(organisationId);
  }

  @FieldResolver(() => Community, { nullable: true, description: "The community that it is at home in." })
  home(@Root() { communityId }: Team, @Ctx() context: Context): Promise<Community | null> | null {
    return communityId === null ? null : context.communities.byId(communityId);
  }

  @FieldResolver(() => PartialDateScalar, { nullable: true, description: "When it was founded." })
  foundedOn(@Root() team: Team): string | null {
    return partialDateOf(team.foundedFirst, team.foundedLast);
  }
}

@Resolver(() => TeamActivity)
export class TeamActivityFields {
  @FieldResolver(() => Organisation, { nullable: true, description: "The team or organisation on whose record it stands." })
  organisation(@Root() { organisationId }: TeamActivity, @Ctx() context: Context): Promise<Organisation | null> {
    return context.organisations.byId(organisationId);
  }

  @FieldResolver(() => Event, { nullable: true, description: "The event that it was; null also while you may not see it." })
  event(@Root() { eventId }: TeamActivity, @Ctx() context: Context): Promise<Event | null> | null {
    return eventId === null ? null : context.load(visibleEvent, eventId);
  }

  @FieldResolver(() => PartialDateScalar, { nullable: true, description: "When it was; null of many counted together." })
  heldOn(@Root() activity: TeamActivity): string | null {
    return partialDateOf(activity.heldFirst, activity.heldLast);
  }
}

@Resolver(() => Organisation)
export class OrganisationTeam {
  @FieldResolver(() => Team, { nullable: true, description: "What it is as a team of residents; null for other organisations." })
  team(@Root() { id }: Organisation, @Ctx() context: Context): Promise<Team | null> {
    return context.teams.ofOrganisation(id);
  }

  @FieldResolver(() => TeamActivityConnection, { description: "The record of its shows, courses and other activities, the latest first." })
  activities(
    @Root() { id }: Organisation,
    @Args(() => ActivitiesArgs) args: ActivitiesArgs,
    @Ctx() context: Context,
  ): Promise<Page<TeamActivity>> {
    return context.teams.activitiesOf(id, args);
  }

  @AssumedSize(7)
  @FieldResolver(() => [ActivityTotals], { description: "What that record comes to, kind by kind." })
  activityTotals(@Root() { id }: Organisation, @Ctx() context: Context): Promise<ActivityTotals[]> {
    return context.teams.totalsOf(id);
  }
}

@Resolver(() => Community)
export class CommunityTeams {
  @FieldResolver(() => OrganisationConnection, { description: "The teams of residents that are at home in the community, by name." })
  teams(@Root() { id }: Community, @Args(() => PageArgs) args: PageArgs, @Ctx() context: Context): Promise<Page<Organisation>> {
    return context.teams.atHomeIn(id, args);
  }
}

@Resolver(() => Event)
export class EventTeamActivities {
  @FieldResolver(() => TeamActivityConnection, {
    nullable: true,
    description: "What teams of residents and organisations did at the event by their records, the latest first.",
  })
  teamActivities(
    @Root() { id }: Event,
    @Args(() => ActivitiesArgs) args: ActivitiesArgs,
    @Ctx() context: Context,
  ): Promise<Page<TeamActivity> | null> {
    return context.teams.activitiesAt(id, args);
  }
}
