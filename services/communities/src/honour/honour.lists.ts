import { isUuid, nestedList, type Condition, type ListArgs, type ListQuery } from "@gongjian/subgraph";
import type { Context } from "../context";
import { PRACTICE_REGION } from "../practice/practice.lists";
import type { HonourFilter, HonourHolderInput } from "./honour.inputs";
import type { Honour } from "./honour.type";

export const HONOUR_COLUMNS = `h.id, h.key, h.title, h.year, h.level, h.awarder_id AS "awarderId", h.awarder_name AS "awarderName", h.illustrative,
  h.source, h.version, h.community_id AS "communityId", h.organisation_id AS "organisationId", h.practice_id AS "practiceId"`;

/** The region that an honour's holder lies in; of a practice, that of whoever holds it. */
const REGION = `coalesce((SELECT c.region_code FROM community c WHERE c.id = h.community_id),
  (SELECT o.region_code FROM organisation o WHERE o.id = h.organisation_id), (SELECT ${PRACTICE_REGION} FROM practice p WHERE p.id = h.practice_id))`;

const COLUMNS = { communityId: "h.community_id", organisationId: "h.organisation_id", practiceId: "h.practice_id" } as const;
const heldBy = (holder: HonourHolderInput): Condition[] => [
  ...(["communityId", "organisationId", "practiceId"] as const).flatMap((field) => {
    const id = holder[field];
    if (id == null) return [];
    return [isUuid(id) ? { sql: `${COLUMNS[field]} = ?::uuid`, params: [id] } : { sql: "false", params: [] }];
  }),
  ...(holder.practiceKey == null
    ? []
    : [
        {
          sql: "h.practice_id = (SELECT p.id FROM practice p WHERE p.key = ?::text)",
          params: [holder.practiceKey.replaceAll("\0", "")],
        },
      ]),
];

export const honourList = ({ filter }: { filter?: HonourFilter | null }): ListQuery => ({
  select: HONOUR_COLUMNS,
  from: "honour h",
  where: [
    ...(filter?.year == null ? [] : [{ sql: "h.year = ?::integer", params: [filter.year] }]),
    ...(filter?.levels ? [{ sql: "h.level = ANY(?::text[])", params: [filter.levels] }] : []),
    ...(filter?.holder ? heldBy(filter.holder) : []),
    ...(filter?.within
      ? [
          {
            sql: `${REGION} IN (SELECT code FROM region WHERE scope_codes @> ARRAY[?::text])`,
            params: [filter.within.replaceAll("\0", "")],
          },
        ]
      : []),
  ],
  ordering: {
    tag: "honours",
    keys: [
      { sql: "h.year", field: "year", type: "integer" },
      { sql: "h.id", field: "id", type: "uuid" },
    ],
    direction: "DESC",
  },
});

const below = (link: string) => nestedList<Context, ListArgs, Honour>({ query: () => honourList({}), link, parentType: "uuid" });

export const ofCommunity = below("h.community_id = parent.id");
export const ofOrganisation = below("h.organisation_id = parent.id");
export const ofPractice = below("h.practice_id = parent.id");
