import { defineLoader, inOrder, nestedList, readPage, type ListQuery, type Page, type PageArgs } from "@gongjian/subgraph";
import type { Context } from "../context";
import type { RoundCommunity } from "../round/round-community.type";
import { idCondition } from "../text";
import { visibleNeeds } from "../visibility";
import type { NeedsArgs } from "./need.inputs";
import type { Need } from "./need.type";

export const NEED_COLUMNS = `n.id, n.key, n.round_id AS "roundId", n.community_id AS "communityId", n.origin_suggestion_id AS "originSuggestionId", n.kind, n.title, n.description, n.fund_kind AS "fundKind", n.budget_min AS "budgetMin", n.budget_max AS "budgetMax", n.currency, n.starts_on AS "startsOn", n.ends_on AS "endsOn", n.tags, n.required_qualifications AS "requiredQualifications", n.beneficiaries, n.quantity, n.state, n.illustrative, n.source, n.version`;
const FROM = "need n JOIN round r ON r.id = n.round_id";

const query = (context: Context, { filter, orderBy }: NeedsArgs): ListQuery => ({
  select: NEED_COLUMNS,
  from: FROM,
  where: [
    ...visibleNeeds(context.viewer),
    ...idCondition("n.round_id", filter?.roundId),
    ...idCondition("n.community_id", filter?.communityId),
    ...(filter?.kind ? [{ sql: "n.kind = ?", params: [filter.kind] }] : []),
    ...(filter?.fundKind ? [{ sql: "n.fund_kind = ?", params: [filter.fundKind] }] : []),
    ...(filter?.state ? [{ sql: "n.state = ?", params: [filter.state] }] : []),
  ],
  ordering: {
    tag: `needs:${orderBy ?? "TITLE_ASC"}`,
    keys: [
      { sql: "n.title", field: "title", type: "text" },
      { sql: "n.id", field: "id", type: "uuid" },
    ],
    direction: orderBy === "TITLE_DESC" ? "DESC" : "ASC",
  },
});

export const needList = (context: Context, args: NeedsArgs): Promise<Page<Need>> => readPage<Need>(context, query(context, args), args);

export const needById = defineLoader<Context, string, Need | null>(async (context, ids) => {
  const base = query(context, {});
  return inOrder(
    ids,
    await context.select<Need>({ ...base, where: [{ sql: "n.id = ANY(?::uuid[])", params: [ids] }, ...base.where] }),
    (row) => row.id,
  );
});

export const needsOfRound = nestedList<Context, NeedsArgs, Need>({ query, link: "n.round_id = parent.id", parentType: "uuid" });
export const needsOfCommunity = nestedList<Context, NeedsArgs, Need>({ query, link: "n.community_id = parent.id", parentType: "uuid" });

export const needsOfSuggestion = nestedList<Context, NeedsArgs, Need>({
  query,
  link: "n.origin_suggestion_id = parent.id",
  parentType: "uuid",
});

/** The needs of communities in a round; a parent is `roundId:communityId`. */
export const needsOfRoundCommunity = nestedList<Context, NeedsArgs, Need>({
  query,
  link: "n.round_id = split_part(parent.id, ':', 1)::uuid AND n.community_id = split_part(parent.id, ':', 2)::uuid",
  parentType: "text",
});

/** The communities that have visible needs in a round, by id. */
export const communitiesOfRound = nestedList<Context, PageArgs, RoundCommunity>({
  query: (context) => ({
    select: `n.community_id AS "communityId", n.round_id AS "roundId", json_build_object('__typename', 'Community', 'id', n.community_id) AS community`,
    from: FROM,
    where: [...visibleNeeds(context.viewer)],
    distinct: "n.round_id, n.community_id",
    ordering: { tag: "round-communities", keys: [{ sql: "n.community_id", field: "communityId", type: "uuid" }], direction: "ASC" },
  }),
  link: "n.round_id = parent.id",
  parentType: "uuid",
});
