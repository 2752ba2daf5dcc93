import { hasWord } from "../search/words";
import { badInput, checkNumber, type Condition, type ListQuery } from "@gongjian/subgraph";
import { searchCondition } from "../search/search.rules";
import type { TeamsArgs } from "./team.inputs";

export const TEAM_COLUMNS = `t.organisation_id AS id, t.organisation_id AS "organisationId", t.community_id AS "communityId", t.members, t.members_precision AS "membersPrecision",
  t.composition, t.services, t.venue, t.founded_first AS "foundedFirst", t.founded_last AS "foundedLast", t.source, t.version`;

/** How often the team did something of a kind, by its record. */
const TIMES = `(SELECT coalesce(sum(v.times), 0) FROM team_activity v WHERE v.organisation_id = t.organisation_id
  AND (?::text IS NULL OR v.kind = ?))`;

function conditionsOf({ filter }: TeamsArgs): Condition[] {
  const problems = checkNumber("filter.timesAtLeast", filter?.timesAtLeast, { least: 1, most: 1_000_000 });
  if (problems.length > 0) throw badInput(problems);
  const { within, service, activity, timesAtLeast, search } = filter ?? {};
  const conditions: Condition[] = [];
  if (within)
    conditions.push({
      sql: "coalesce(c.region_code, o.region_code) IN (SELECT code FROM region WHERE scope_codes @> ARRAY[?::text])",
      params: [within.replaceAll("\0", "")],
    });
  if (service) conditions.push(hasWord("t.services", service));
  if (activity || timesAtLeast != null)
    conditions.push({ sql: `${TIMES} >= ?::integer`, params: [activity ?? null, activity ?? null, timesAtLeast ?? 1] });
  return [...conditions, ...searchCondition("o.search_vector", search)];
}

/** Teams of residents by name. */
export const teamList = (args: TeamsArgs): ListQuery => ({
  select: `${TEAM_COLUMNS}, o.name`,
  from: "team t JOIN organisation o ON o.id = t.organisation_id LEFT JOIN community c ON c.id = t.community_id",
  where: conditionsOf(args),
  ordering: {
    tag: "teams",
    keys: [
      { sql: "o.name", field: "name", type: "text" },
      { sql: "o.id", field: "organisationId", type: "uuid" },
    ],
    direction: "ASC",
  },
});
