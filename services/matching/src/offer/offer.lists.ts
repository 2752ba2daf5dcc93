import { defineLoader, inOrder, isOneOf, nestedList, readPage, type ListQuery, type Page } from "@gongjian/subgraph";
import type { Context } from "../context";
import { idCondition } from "../text";
import { visibleOffers } from "../visibility";
import type { OffersArgs } from "./offer.inputs";
import type { Offer } from "./offer.type";

export const OFFER_COLUMNS = `o.id, o.key, o.round_id AS "roundId", o.organisation_id AS "organisationId", o.kinds, o.title, o.description, o.capabilities, o.price, o.currency, o.capacity, o.coverage, o.available_from AS "availableFrom", o.available_to AS "availableTo", o.qualifications, o.cases, o.state, o.illustrative, o.source, o.version`;
const FROM = "offer o JOIN round r ON r.id = o.round_id";

const query = (context: Context, { filter, orderBy }: OffersArgs): ListQuery => ({
  select: OFFER_COLUMNS,
  from: FROM,
  where: [
    ...visibleOffers(context.viewer),
    ...idCondition("o.round_id", filter?.roundId),
    ...idCondition("o.organisation_id", filter?.organisationId, (id) => context.sameOrganisations.of(id)),
    ...(filter?.kind ? [{ sql: "o.kinds @> ARRAY[?::text]", params: [filter.kind] }] : []),
    ...(filter?.state ? [{ sql: "o.state = ?", params: [filter.state] }] : []),
  ],
  ordering: {
    tag: `offers:${orderBy ?? "TITLE_ASC"}`,
    keys: [
      { sql: "o.title", field: "title", type: "text" },
      { sql: "o.id", field: "id", type: "uuid" },
    ],
    direction: orderBy === "TITLE_DESC" ? "DESC" : "ASC",
  },
});

export const offerList = (context: Context, args: OffersArgs): Promise<Page<Offer>> => readPage<Offer>(context, query(context, args), args);

export const offerById = defineLoader<Context, string, Offer | null>(async (context, ids) => {
  const base = query(context, {});
  return inOrder(
    ids,
    await context.select<Offer>({ ...base, where: [{ sql: "o.id = ANY(?::uuid[])", params: [ids] }, ...base.where] }),
    (row) => row.id,
  );
});

export const offersOfRound = nestedList<Context, OffersArgs, Offer>({ query, link: "o.round_id = parent.id", parentType: "uuid" });
export const offersOfOrganisation = nestedList<Context, OffersArgs, Offer>({
  query,
  link: isOneOf("o.organisation_id", "parent.id"),
  parentType: "text",
});
