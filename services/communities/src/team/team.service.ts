import { stableId, statement } from "@gongjian/database";
import { TeamActivityEntity, TeamEntity } from "@gongjian/entities-communities";
import {
  asGiven,
  bulkUpsert,
  defineLoader,
  ensureAmong,
  groupsInOrder,
  inOrder,
  isUuid,
  nestedList,
  readPage,
  roleAmong,
  type BulkOutcome,
  type IdempotencyConflict,
  type InputProblem,
  type ListArgs,
  type Page,
  type Scopes,
} from "@gongjian/subgraph";
import { partialDateOf, spanOf } from "../appointment/partial-date";
import type { Context } from "../context";
import { ORGANISATION_COLUMNS } from "../organisation/organisation.service";
import type { Organisation } from "../organisation/organisation.type";
import { checkEventOf, unseenEvents } from "../pairing/pairing.import";
import { findPlace } from "../place/place";
import type { ActivitiesArgs, ImportTeamActivitiesInput, ImportTeamsInput, TeamActivityRow, TeamRow, TeamsArgs } from "./team.inputs";
import { TEAM_COLUMNS, teamList } from "./team.lists";
import { canHouseTeam, canKeepTeam, TEAM_KEEPERS } from "./team.policy";
import { checkActivity, checkTeam } from "./team.rules";
import type { ActivityTotals, Team, TeamActivity } from "./team.type";

const ACTIVITY_COLUMNS = `v.id, v.key, v.organisation_id AS "organisationId", v.kind, v.title, v.held_first AS "heldFirst", v.held_last AS "heldLast",
  v.as_of AS "asOf", v.times, v.times_precision AS "timesPrecision", v.participants, v.participants_precision AS "participantsPrecision",
  v.certified, v.certified_precision AS "certifiedPrecision", v.source, v.event_id AS "eventId"`;
const OF_ORGANISATIONS = statement(
  "teams_of_organisations",
  `SELECT ${TEAM_COLUMNS} FROM team t WHERE t.organisation_id = ANY($1::uuid[])`,
);
const TEAMS_LOCKED = statement("teams_locked", `${OF_ORGANISATIONS.text} ORDER BY t.organisation_id FOR UPDATE`);
const ACTIVITIES_LOCKED = statement(
  "team_activities_locked",
  `SELECT ${ACTIVITY_COLUMNS} FROM team_activity v WHERE v.key = ANY($1::text[]) ORDER BY v.id FOR UPDATE`,
);
const TOTALS = statement(
  "team_activity_totals",
  `SELECT v.organisation_id AS "organisationId", v.kind, sum(v.times)::integer AS times, bool_or(v.times_precision = 'OVER') AS "orMore",
    sum(v.participants)::integer AS participants, sum(v.certified)::integer AS certified
   FROM team_activity v WHERE v.organisation_id = ANY($1::uuid[]) GROUP BY 1, 2 ORDER BY 1, 2`,
);

const ofOrganisation = defineLoader<Context, string, Team | null>(async (context, ids) =>
  inOrder(ids, await context.rows<Team>(OF_ORGANISATIONS, [ids]), (row) => row.organisationId),
);
const totalsOf = defineLoader<Context, string, ActivityTotals[]>(async (context, ids) =>
  groupsInOrder(ids, await context.rows<ActivityTotals & { organisationId: string }>(TOTALS, [ids]), (row) => row.organisationId),
);
const activities = (link: string) =>
  nestedList<Context, ActivitiesArgs, TeamActivity>({
    query: (_context, { kind }) => ({
      select: ACTIVITY_COLUMNS,
      from: "team_activity v",
      where: kind ? [{ sql: "v.kind = ?", params: [kind] }] : [],
      ordering: {
        tag: "team-activities",
        keys: [
          { sql: "v.as_of", field: "asOf", type: "date" },
          { sql: "v.id", field: "id", type: "uuid" },
        ],
        direction: "DESC",
      },
    }),
    link,
    parentType: "uuid",
  });
const activitiesOf = activities("v.organisation_id = parent.id");
const activitiesAt = activities("v.event_id = parent.id");
const atHomeIn = nestedList<Context, ListArgs, Organisation>({
  query: () => ({
    select: ORGANISATION_COLUMNS,
    from: "team t JOIN organisation o ON o.id = t.organisation_id",
    where: [],
    ordering: {
      tag: "community-teams",
      keys: [
        { sql: "o.name", field: "name", type: "text" },
        { sql: "o.id", field: "id", type: "uuid" },
      ],
      direction: "ASC",
    },
  }),
  link: "t.community_id = parent.id",
  parentType: "uuid",
});

type TeamValues = Omit<Team, "id" | "version">;
const teamValues = ({ organisationId, communityId, members, membersPrecision, ...rest }: TeamValues): TeamValues => {
  const { composition, services, venue, foundedFirst, foundedLast, source } = rest;
  return { organisationId, communityId, members, membersPrecision, composition, services, venue, foundedFirst, foundedLast, source };
};
type ActivityValues = Omit<TeamActivity, "id">;
function activityValues({ id: _id, ...stored }: TeamActivity): ActivityValues {
  return stored;
}

const unknown = (field: string): InputProblem => ({ field, code: "UNKNOWN_REFERENCE", message: "There is no such record." });

/** Reads and writes what teams of residents are, and the record of what they and other organisations do. */
export class TeamService {
  constructor(private readonly context: Context) {}

  async ofOrganisation(id: string): Promise<Team | null> {
    return isUuid(id) ? this.context.load(ofOrganisation, id.toLowerCase()) : null;
  }

  /** A team by its organisation's id, which may be that of a record merged into it. */
  async byId(id: string): Promise<Team | null> {
    const organisation = await this.context.organisations.byId(id);
    return organisation && this.ofOrganisation(organisation.id);
  }

  list(args: TeamsArgs): Promise<Page<Team>> {
    return readPage<Team>(this.context, teamList(args), args);
  }

  activitiesOf(parent: string, args: ActivitiesArgs): Promise<Page<TeamActivity>> {
    return this.context.load(activitiesOf, { parent, args });
  }

  async activitiesAt(event: string, args: ActivitiesArgs): Promise<Page<TeamActivity> | null> {
    return isUuid(event) ? this.context.load(activitiesAt, { parent: event.toLowerCase(), args }) : null;
  }

  totalsOf(id: string): Promise<ActivityTotals[]> {
    return this.context.load(totalsOf, id);
  }

  atHomeIn(parent: string, args: ListArgs): Promise<Page<Organisation>> {
    return this.context.load(atHomeIn, { parent, args });
  }

  async importTeams(input: ImportTeamsInput): Promise<BulkOutcome | IdempotencyConflict> {
    const { context } = this;
    ensureAmong(context.viewer, TEAM_KEEPERS);
    const { organisations, scopes } = await this.organisationsOf(input.rows);
    const today = await context.calendars.today();
    const communities = new Map(
      await Promise.all(
        input.rows.map(async ({ communityId }) => [communityId, communityId ? await findPlace(context, { communityId }) : null] as const),
      ),
    );
    return bulkUpsert<TeamRow, TeamValues, Team>(context, input, {
      operation: "importTeams",
      concept: "team",
      role: roleAmong(context.viewer, TEAM_KEEPERS),
      rows: input.rows.map((row) => ({ ...row, organisationId: organisations.get(row.organisationId)?.id ?? row.organisationId })),
      keyOf: ({ organisationId }) => organisationId.toLowerCase(),
      check: (row) => {
        const organisation = organisations.get(row.organisationId);
        const problems = organisation ? checkTeam(row, today) : [unknown("organisationId"), ...checkTeam(row, today)];
        if (organisation && organisation.kind !== "RESIDENT_TEAM")
          problems.push({ field: "organisationId", code: "NOT_ALLOWED", message: "The organisation is no team of residents." });
        const { communityId } = asGiven(row);
        if (communityId && !communities.get(communityId)) problems.push(unknown("communityId"));
        return problems;
      },
      existing: async (tx, keys) =>
        new Map((await tx.rows<Team>(TEAMS_LOCKED, [keys.filter(isUuid)])).map((team) => [team.organisationId, team])),
      idOf: ({ organisationId }) => organisationId,
      newId: ({ organisationId }) => organisationId.toLowerCase(),
      toValues: (row) => {
        const founded = row.foundedOn ? spanOf(row.foundedOn) : null;
        return {
          organisationId: row.organisationId.toLowerCase(),
          communityId: row.communityId?.toLowerCase() ?? null,
          members: row.members ?? null,
          membersPrecision: row.membersPrecision ?? "EXACT",
          composition: row.composition ?? [],
          services: row.services ?? [],
          venue: row.venue ?? null,
          foundedFirst: founded?.first ?? null,
          foundedLast: founded?.last ?? null,
          source: row.source ?? null,
        };
      },
      storedValues: teamValues,
      kept: (existing) => ({ ...teamValues(existing), foundedOn: partialDateOf(existing.foundedFirst, existing.foundedLast) }),
      permit: (row, existing) =>
        canKeepTeam(context.viewer, scopes.get(row.organisationId) ?? []) &&
        (!row.communityId ||
          row.communityId.toLowerCase() === existing?.communityId ||
          canHouseTeam(
            context.viewer,
            organisations.get(row.organisationId)?.regionCode ?? null,
            communities.get(row.communityId)?.scopes ?? [],
          )),
      write: async (tx, records) => {
        const created = records.filter(({ existing }) => existing === null).map(({ values }) => values);
        if (created.length > 0) await tx.manager.insert(TeamEntity, created);
        for (const { id, values, existing } of records)
          if (existing !== null) await tx.manager.update(TeamEntity, { organisationId: id }, values);
      },
    });
  }

  async importActivities(input: ImportTeamActivitiesInput): Promise<BulkOutcome | IdempotencyConflict> {
    const { context } = this;
    ensureAmong(context.viewer, TEAM_KEEPERS);
    const { organisations, scopes } = await this.organisationsOf(input.rows);
    const today = await context.calendars.today();
    const unseen = await unseenEvents(
      context,
      input.rows.map(({ eventId }) => eventId),
    );
    let elsewhere = new Map<string, Scopes>();
    return bulkUpsert<TeamActivityRow, ActivityValues, TeamActivity>(context, input, {
      operation: "importTeamActivities",
      concept: "teamActivity",
      role: roleAmong(context.viewer, TEAM_KEEPERS),
      rows: input.rows,
      keyOf: ({ key }) => key,
      check: (row) => [
        ...(organisations.has(row.organisationId) ? [] : [unknown("organisationId")]),
        ...checkActivity(row, today),
        ...checkEventOf(row.eventId, unseen),
      ],
      existing: async (tx, keys) => {
        const rows = await tx.rows<TeamActivity>(ACTIVITIES_LOCKED, [keys]);
        elsewhere = (await this.organisationsOf(rows)).scopes;
        return new Map(rows.map((row) => [row.key!, row]));
      },
      idOf: ({ id }) => id,
      newId: ({ key }) => stableId("team-activity", key),
      toValues: (row) => {
        const held = row.heldOn ? spanOf(row.heldOn) : null;
        return {
          key: row.key,
          organisationId: organisations.get(row.organisationId)!.id,
          kind: row.kind,
          title: row.title.trim(),
          heldFirst: held?.first ?? null,
          heldLast: held?.last ?? null,
          asOf: row.asOf,
          times: row.times ?? 1,
          timesPrecision: row.timesPrecision ?? "EXACT",
          participants: row.participants ?? null,
          participantsPrecision: row.participantsPrecision ?? "EXACT",
          certified: row.certified ?? null,
          certifiedPrecision: row.certifiedPrecision ?? "EXACT",
          eventId: row.eventId?.toLowerCase() ?? null,
          source: row.source ?? null,
        };
      },
      storedValues: activityValues,
      kept: (existing) => ({ ...activityValues(existing), heldOn: partialDateOf(existing.heldFirst, existing.heldLast) }),
      permit: (row, existing) =>
        canKeepTeam(context.viewer, scopes.get(row.organisationId) ?? []) &&
        (existing === null || canKeepTeam(context.viewer, elsewhere.get(existing.organisationId) ?? [])),
      write: async (tx, records) => {
        const created = records.filter(({ existing }) => existing === null).map(({ id, values }) => ({ ...values, id }));
        if (created.length > 0) await tx.manager.insert(TeamActivityEntity, created);
        for (const { id, values, existing } of records) if (existing !== null) await tx.manager.update(TeamActivityEntity, { id }, values);
      },
    });
  }

  /** The organisations that rows name, and the scopes that reach them. */
  private async organisationsOf(rows: readonly { organisationId: string }[]) {
    const { context } = this;
    const organisations = new Map<string, Organisation>();
    const scopes = new Map<string, Scopes>();
    await Promise.all(
      [...new Set(rows.map(({ organisationId }) => organisationId))].map(async (organisationId) => {
        const [organisation, place] = await Promise.all([
          context.organisations.byId(organisationId),
          findPlace(context, { organisationId }),
        ]);
        // under the id of now too: the one that a row names may have been merged since
        for (const id of [organisationId, organisation?.id ?? organisationId]) {
          if (organisation) organisations.set(id, organisation);
          if (place) scopes.set(id, place.scopes);
        }
      }),
    );
    return { organisations, scopes };
  }
}
