import { statement } from "@gongjian/database";
import { defineLoader, inOrder, isOneOf, nestedList, type ListQuery } from "@gongjian/subgraph";
import type { Context } from "../context";
import { idCondition } from "../text";
import { visibleMatches, visibleNeeds, visibleOutlooks } from "../visibility";
import type { MatchesArgs } from "./match.inputs";
import type { Alternative, Blocker, Match, MatchFactor } from "./match.type";

export const MATCH_COLUMNS = `m.id, m.round_id AS "roundId", m.need_id AS "needId", m.offer_id AS "offerId", n.community_id AS "communityId", o.organisation_id AS "organisationId", m.units, m.score, m.state, m.community_accepted AS "communityAccepted", m.organisation_accepted AS "organisationAccepted", m.version`;
const FACTORS = statement("match_factors", "SELECT id, factors FROM match WHERE id = ANY($1::uuid[])");
export const MATCH_FROM = "match m JOIN need n ON n.id = m.need_id JOIN offer o ON o.id = m.offer_id JOIN round r ON r.id = m.round_id";

const query = (context: Context, { filter, orderBy }: MatchesArgs): ListQuery => ({
  select: MATCH_COLUMNS,
  from: MATCH_FROM,
  where: [
    ...visibleMatches(context.viewer),
    ...idCondition("m.need_id", filter?.needId),
    ...idCondition("m.offer_id", filter?.offerId),
    ...(filter?.states ? [{ sql: "m.state = ANY(?::text[])", params: [filter.states] }] : []),
    ...(typeof filter?.leastScore === "number" ? [{ sql: "m.score >= ?", params: [filter.leastScore] }] : []),
  ],
  ordering: {
    tag: `matches:${orderBy ?? "SCORE_DESC"}`,
    keys: [
      { sql: "m.score", field: "score", type: "integer" },
      { sql: "m.id", field: "id", type: "uuid" },
    ],
    direction: orderBy === "SCORE_ASC" ? "ASC" : "DESC",
  },
});

export const matchById = defineLoader<Context, string, Match | null>(async (context, ids) => {
  const base = query(context, {});
  return inOrder(
    ids,
    await context.select<Match>({ ...base, where: [{ sql: "m.id = ANY(?::uuid[])", params: [ids] }, ...base.where] }),
    (row) => row.id,
  );
});

/** What the scores are made of: large, and not always asked for, so that it is read apart from its match. */
export const factorsOfMatch = defineLoader<Context, string, MatchFactor[]>(async (context, ids) => {
  const rows = await context.rows<{ id: string; factors: MatchFactor[] }>(FACTORS, [ids]);
  const byMatch = new Map(rows.map((row) => [row.id, row.factors]));
  return ids.map((id) => byMatch.get(id) ?? []);
});

export const matchesOfNeed = nestedList<Context, MatchesArgs, Match>({ query, link: "m.need_id = parent.id", parentType: "uuid" });
export const matchesOfOffer = nestedList<Context, MatchesArgs, Match>({ query, link: "m.offer_id = parent.id", parentType: "uuid" });
export const matchesOfRound = nestedList<Context, MatchesArgs, Match>({ query, link: "m.round_id = parent.id", parentType: "uuid" });
export const matchesOfCommunity = nestedList<Context, MatchesArgs, Match>({
  query,
  link: "n.community_id = parent.id",
  parentType: "uuid",
});
export const matchesOfOrganisation = nestedList<Context, MatchesArgs, Match>({
  query,
  link: isOneOf("o.organisation_id", "parent.id"),
  parentType: "text",
});

/** What the last run said of a need, as it is stored. */
export interface Outlook {
  needId: string;
  missingUnits: number;
  alternatives: Alternative[];
  blockers: Blocker[];
}

/** The outlooks of needs whose matches the viewer may see: in public from the state MATCHING on, before that for its officers. */
export const outlookOfNeed = defineLoader<Context, string, Outlook | null>(async (context, ids) => {
  const rows = await context.select<Outlook>({
    select: `k.need_id AS "needId", k.missing_units AS "missingUnits", k.alternatives, k.blockers`,
    from: "need_outlook k JOIN need n ON n.id = k.need_id JOIN round r ON r.id = n.round_id",
    where: [{ sql: "k.need_id = ANY(?::uuid[])", params: [ids] }, ...visibleNeeds(context.viewer), ...visibleOutlooks(context.viewer)],
    ordering: { tag: "outlooks", keys: [{ sql: "k.need_id", field: "needId", type: "uuid" }], direction: "ASC" },
  });
  return inOrder(ids, rows, (row) => row.needId);
});
