import { isGranted, roleAmong, scopesOf, type Condition, type Role, type Viewer } from "@gongjian/subgraph";

/** States in which a round's list is not public yet. */
export const DRAFT_STATES = ["DRAFT", "COLLECTING"] as const;
/** States from which on matches and what blocked the rest are public. */
export const MATCHED_STATES = ["MATCHING", "NEGOTIATING", "SIGNED", "EXECUTING", "EVALUATED", "CLOSED"] as const;

const SEEING_ALL: readonly Role[] = ["ADMIN", "AUDITOR"];
const SEEING_REGION: readonly Role[] = ["OFFICER", "AUDITOR", "ADMIN"];

export interface Sight {
  all: boolean;
  regions: string[];
  communities: string[];
  organisations: string[];
}

/** What a viewer sees beyond what is published: everything, or what lies in these regions, or belongs to these communities and organisations. */
export const sightOf = (viewer: Viewer): Sight => ({
  // the platform asks whether what a write refers to exists
  all:
    isGranted(viewer, "matching:read-drafts") ||
    scopesOf(viewer, SEEING_ALL, "region").all ||
    scopesOf(viewer, SEEING_REGION, "region").all,
  regions: scopesOf(viewer, SEEING_REGION, "region").ids,
  communities: scopesOf(viewer, ["COMMUNITY_WORKER"], "community").ids,
  organisations: scopesOf(viewer, ["ORGANISATION_REP"], "organisation").ids,
});

const DRAFTS = DRAFT_STATES.map((state) => `'${state}'`).join(", ");
const MATCHED = MATCHED_STATES.map((state) => `'${state}'`).join(", ");

/** Who is called to contribute while a list is being collected: they see such rounds, and in them what is their own. */
const CONTRIBUTING: readonly Role[] = ["COMMUNITY_WORKER", "ORGANISATION_REP"];

/** Rounds that the viewer may see, with `r` for the round: published ones, those that call for their contribution, and drafts of their regions. */
export function visibleRounds(viewer: Viewer): Condition[] {
  const sight = sightOf(viewer);
  if (sight.all) return [];
  const open = roleAmong(viewer, CONTRIBUTING) === "PUBLIC" ? DRAFTS : "'DRAFT'";
  if (sight.regions.length === 0) return [{ sql: `r.state NOT IN (${open})`, params: [] }];
  return [{ sql: `r.state NOT IN (${open}) OR r.region_scope_codes && ?::text[]`, params: [sight.regions] }];
}

/** Needs that the viewer may see, with `n` for the need and `r` for its round: published ones, drafts of their regions, and their own communities'. */
export function visibleNeeds(viewer: Viewer): Condition[] {
  const sight = sightOf(viewer);
  if (sight.all) return [];
  return [
    {
      sql: `(r.state NOT IN (${DRAFTS}) AND n.state = 'OPEN') OR r.region_scope_codes && ?::text[] OR n.community_id = ANY(?::uuid[])`,
      params: [sight.regions, sight.communities],
    },
  ];
}

/** Offers that the viewer may see, with `o` for the offer and `r` for its round. */
export function visibleOffers(viewer: Viewer): Condition[] {
  const sight = sightOf(viewer);
  if (sight.all) return [];
  return [
    {
      sql: `(r.state NOT IN (${DRAFTS}) AND o.state = 'OPEN') OR r.region_scope_codes && ?::text[] OR o.organisation_id = ANY(?::uuid[])`,
      params: [sight.regions, sight.organisations],
    },
  ];
}

/** Matches that the viewer may see, with `m`, `n`, `o` and `r`: public ones, without what was declined, those of their regions, and their own sides' once proposed. */
export function visibleMatches(viewer: Viewer): Condition[] {
  const sight = sightOf(viewer);
  if (sight.all) return [];
  return [
    {
      sql: `(r.state IN (${MATCHED}) AND m.state <> 'DECLINED' AND n.state = 'OPEN' AND o.state = 'OPEN') OR r.region_scope_codes && ?::text[] OR (m.state <> 'SUGGESTED' AND (n.community_id = ANY(?::uuid[]) OR o.organisation_id = ANY(?::uuid[])))`,
      params: [sight.regions, sight.communities, sight.organisations],
    },
  ];
}

/** What a run of the matching says of needs, with `r` for the round: public together with the matches, before that for those of their regions. */
export function visibleOutlooks(viewer: Viewer): Condition[] {
  const sight = sightOf(viewer);
  return sight.all ? [] : [{ sql: `r.state IN (${MATCHED}) OR r.region_scope_codes && ?::text[]`, params: [sight.regions] }];
}

/** A record as the conditions above know it. */
export interface Seen {
  regionScopeCodes: readonly string[];
  communityId: string;
  organisationId: string;
}

const inSight = (sight: Sight, record: Pick<Seen, "regionScopeCodes">): boolean =>
  sight.all || record.regionScopeCodes.some((code) => sight.regions.includes(code));

/** The conditions as decisions about one record that is not published: the same answer, without the database. */
export const seesHiddenRound = (viewer: Viewer, round: Pick<Seen, "regionScopeCodes">): boolean => inSight(sightOf(viewer), round);

/** A round that collects calls for entries: whoever could make one sees it. */
export const seesCollectingRound = (viewer: Viewer, round: Pick<Seen, "regionScopeCodes">): boolean =>
  seesHiddenRound(viewer, round) || roleAmong(viewer, CONTRIBUTING) !== "PUBLIC";

export const seesHiddenNeed = (viewer: Viewer, need: Seen): boolean => {
  const sight = sightOf(viewer);
  return inSight(sight, need) || sight.communities.includes(need.communityId);
};

export const seesHiddenOffer = (viewer: Viewer, offer: Seen): boolean => {
  const sight = sightOf(viewer);
  return inSight(sight, offer) || sight.organisations.includes(offer.organisationId);
};

/** A declined match: for the region, and for the two sides to whom it was proposed. */
export const seesDeclinedMatch = (viewer: Viewer, match: Seen): boolean => seesHiddenNeed(viewer, match) || seesHiddenOffer(viewer, match);
