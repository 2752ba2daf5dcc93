import { isUuid, nestedList, type ListArgs, type ListQuery } from "@gongjian/subgraph";
import type { Context } from "../context";
import { searchCondition } from "../search/search.rules";
import type { PracticeFilter } from "./practice.inputs";
import type { Practice } from "./practice.type";

export const PRACTICE_COLUMNS = `p.id, p.key, p.name, p.kind, p.summary, p.parts, p.event_ids AS "eventIds", p.illustrative, p.source, p.version,
  p.region_code AS "regionCode", p.community_id AS "communityId", p.organisation_id AS "organisationId"`;

/** The region that a practice's holder is or lies in, with `p`. */
export const PRACTICE_REGION = `coalesce(p.region_code, (SELECT c.region_code FROM community c WHERE c.id = p.community_id),
  (SELECT o.region_code FROM organisation o WHERE o.id = p.organisation_id))`;

export const practiceList = (_context: Context, { filter }: { filter?: PracticeFilter | null }): ListQuery => ({
  select: PRACTICE_COLUMNS,
  from: "practice p",
  where: [
    ...(filter?.kinds ? [{ sql: "p.kind = ANY(?::text[])", params: [filter.kinds] }] : []),
    ...(filter?.within
      ? [
          {
            sql: `${PRACTICE_REGION} IN (SELECT code FROM region WHERE scope_codes @> ARRAY[?::text])`,
            params: [filter.within.replaceAll("\0", "")],
          },
        ]
      : []),
    ...(filter?.eventId
      ? [isUuid(filter.eventId) ? { sql: "p.event_ids @> ARRAY[?::uuid]", params: [filter.eventId] } : { sql: "false", params: [] }]
      : []),
    ...searchCondition("p.search_vector", filter?.search),
  ],
  ordering: {
    tag: "practices",
    keys: [
      { sql: "p.name", field: "name", type: "text" },
      { sql: "p.id", field: "id", type: "uuid" },
    ],
    direction: "ASC",
  },
});

const below = (link: string, parentType: "uuid" | "text") =>
  nestedList<Context, ListArgs, Practice>({ query: (context) => practiceList(context, {}), link, parentType });

export const ofRegion = below("p.region_code = parent.id", "text");
export const ofCommunity = below("p.community_id = parent.id", "uuid");
export const ofOrganisation = below("p.organisation_id = parent.id", "uuid");
export const ofEvent = below("p.event_ids @> ARRAY[parent.id]", "uuid");
