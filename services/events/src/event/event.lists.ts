import { statement, type Statement } from "@gongjian/database";
import {
  badInput,
  checkPeriod,
  firstOfEach,
  isOneOf,
  isUuid,
  nestedList,
  type Condition,
  type ListArgs,
  type ListQuery,
  type SameOrganisations,
  type Viewer,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { canBeKey, searchCondition } from "../text";
import type { EventOrder, EventsArgs, OrderedEventsArgs } from "./event.inputs";
import { visible } from "./event.policy";
import type { Event } from "./event.type";

/** Editions without a number come after those with one. */
const UNNUMBERED = 2_147_483_647;

export const EVENT_COLUMNS = `e.id, e.key, e.series_id AS "seriesId", e.edition, e.name, e.theme, e.kind, e.starts_at AS "startsAt", e.ends_at AS "endsAt", e.time_zone AS "timeZone", e.place, e.region_code AS "regionCode", e.region_scope_codes AS "regionScopeCodes", e.state, e.visitors, e.visitors_precision AS "visitorsPrecision", e.source, e.version`;

/**
 * A statement over `event e` that shows only what the viewer may see. The text gets the condition, whose parameters come after
 * the statement's own. There is one prepared statement for each form the condition takes: for everybody, for some scopes, for all.
 */
export function visibleOnly(name: string, parameters: number, text: (condition: string) => string) {
  const statements = new Map<string, Statement>();
  return <T>(context: Context, params: readonly unknown[]): Promise<T[]> => {
    const [condition = { sql: "true", params: [] }] = visible(context.viewer);
    let found = statements.get(condition.sql);
    if (!found) {
      let index = parameters;
      const sql = condition.sql.replace(/\?/gu, () => `$${++index}`);
      found = statement(`${name}_${statements.size}`, text(`(${sql})`));
      statements.set(condition.sql, found);
    }
    return context.rows<T>(found, [...params, ...condition.params]);
  };
}

/** The events in which a party organises or takes part, as a condition. */
const withParty = (is: (alias: "o" | "p") => string): string =>
  `e.id IN (SELECT o.event_id FROM organiser o WHERE ${is("o")} UNION SELECT s.event_id FROM session_participant p JOIN session s ON s.id = p.session_id WHERE ${is("p")})`;

const never: Condition = { sql: "false", params: [] };

const partyCondition = (
  column: "community_id" | "organisation_id",
  id: string | null | undefined,
  idsOf: (id: string) => readonly string[],
): Condition[] => {
  if (id === null || id === undefined) return [];
  if (!isUuid(id)) return [never];
  const ids = idsOf(id);
  return [{ sql: withParty((alias) => `${alias}.${column} = ANY(?::uuid[])`), params: [ids, ids] }];
};

const byStart = (tag: string, order: EventOrder | null | undefined): ListQuery["ordering"] => ({
  tag: `${tag}:${order ?? "STARTS_AT_DESC"}`,
  keys: [
    { sql: "e.starts_at", field: "startsAt", type: "timestamptz" },
    { sql: "e.id", field: "id", type: "uuid" },
  ],
  direction: order === "STARTS_AT_ASC" ? "ASC" : "DESC",
});

/** @throws PublicError BAD_USER_INPUT where the period ends before it begins */
export function eventsQuery(viewer: Viewer, { filter, orderBy }: EventsArgs, organisations: Pick<SameOrganisations, "of">): ListQuery {
  const problems = checkPeriod("filter.to", filter?.from, filter?.to);
  if (problems.length > 0) throw badInput(problems);
  return {
    select: EVENT_COLUMNS,
    from: "event e",
    where: [
      ...visible(viewer),
      ...(filter?.kind ? [{ sql: "e.kind = ?", params: [filter.kind] }] : []),
      ...(filter?.seriesId ? [isUuid(filter.seriesId) ? { sql: "e.series_id = ?::uuid", params: [filter.seriesId] } : never] : []),
      ...(filter?.regionCode ? [canBeKey(filter.regionCode) ? { sql: "e.region_code = ?", params: [filter.regionCode] } : never] : []),
      ...(filter?.from ? [{ sql: "e.ends_at >= ?::timestamptz", params: [filter.from] }] : []),
      ...(filter?.to ? [{ sql: "e.starts_at <= ?::timestamptz", params: [filter.to] }] : []),
      ...partyCondition("community_id", filter?.partyCommunityId, (id) => [id]),
      ...partyCondition("organisation_id", filter?.partyOrganisationId, (id) => organisations.of(id)),
      ...searchCondition("e.search_vector", filter?.search),
    ],
    ordering: byStart("events", orderBy),
  };
}

const eventsBelow = (tag: string, link: string, parentType: "uuid" | "text") =>
  nestedList<Context, OrderedEventsArgs, Event>({
    query: (context, { orderBy }) => ({
      select: EVENT_COLUMNS,
      from: "event e",
      where: visible(context.viewer),
      ordering: byStart(tag, orderBy),
    }),
    link,
    parentType,
  });

export const ofCommunity = eventsBelow(
  "community-events",
  withParty((alias) => `${alias}.community_id = parent.id`),
  "uuid",
);
export const ofOrganisation = eventsBelow(
  "organisation-events",
  withParty((alias) => isOneOf(`${alias}.organisation_id`, "parent.id")),
  "text",
);
export const inRegion = eventsBelow("region-events", "e.region_code = parent.id", "text");

export const ofSeries = nestedList<Context, ListArgs, Event>({
  query: (context) => ({
    select: `${EVENT_COLUMNS}, COALESCE(e.edition, ${UNNUMBERED}) AS "editionOrder"`,
    from: "event e",
    where: visible(context.viewer),
    ordering: {
      tag: "series-events",
      keys: [
        { sql: `COALESCE(e.edition, ${UNNUMBERED})`, field: "editionOrder", type: "integer" },
        { sql: "e.starts_at", field: "startsAt", type: "timestamptz" },
        { sql: "e.id", field: "id", type: "uuid" },
      ],
      direction: "ASC",
    },
  }),
  link: "e.series_id = parent.id",
  parentType: "uuid",
});

const MEETINGS = visibleOnly(
  "event_meetings",
  3,
  (condition) =>
    `SELECT side.ordinal::integer AS ordinal, ${EVENT_COLUMNS} FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS side(community_id, organisation_ids, ordinal)
     CROSS JOIN LATERAL (SELECT e.* FROM (
       SELECT s.event_id FROM session_participant c JOIN session_participant o ON o.session_id = c.session_id AND ${isOneOf("o.organisation_id", "side.organisation_ids")}
         JOIN session s ON s.id = c.session_id WHERE c.community_id = side.community_id
       UNION
       SELECT c.event_id FROM organiser c JOIN organiser o ON o.event_id = c.event_id AND ${isOneOf("o.organisation_id", "side.organisation_ids")} WHERE c.community_id = side.community_id
     ) AS met JOIN event e ON e.id = met.event_id
     WHERE e.state <> 'CANCELLED' AND ${condition} ORDER BY e.starts_at, e.id LIMIT $3) AS e ORDER BY e.starts_at, e.id`,
);

/** Where a community and an organisation met, the first times; a parent is `communityId:organisationId,organisationId …`. One statement for all matches of a request. */
export const meetings = firstOfEach<Context, Event>(async (context, sides, first) => {
  const pairs = sides.map((side) => side.split(":"));
  const rows = await MEETINGS<Event & { ordinal: number }>(context, [pairs.map(([id]) => id), pairs.map(([, id]) => id), first]);
  const events: Event[][] = sides.map(() => []);
  for (const { ordinal, ...event } of rows) events[ordinal - 1]!.push(event);
  return events;
});
