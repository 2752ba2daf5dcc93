import type { RoundResult, UnmatchedNeed } from "@gongjian/assignment";
import { statement, uuidv7, type CommandTransaction } from "@gongjian/database";
import { actingRole, command, fetchEntities, type IdempotencyConflict } from "@gongjian/subgraph";
import type { Context } from "../context";
import { LIVE_STATES } from "../match/match.rules";
import { NEED_COLUMNS } from "../need/need.lists";
import type { Need } from "../need/need.type";
import { OFFER_COLUMNS } from "../offer/offer.lists";
import type { Offer } from "../offer/offer.type";
import { ROUND_KEEPERS, scopesOfRound } from "../round/round.policy";
import { roundClosed, type RoundClosed } from "../round/round.results";
import { MATCHABLE_STATES, weightsOf } from "../round/round.rules";
import type { MatchingRun, RunMatchingInput } from "./matching.type";
import type { Place, Settled } from "./solve";
import { solveBeside } from "./solver";

/** Needs that wait for an offer: not those that their communities carry out themselves. */
const OPEN_NEEDS = statement(
  "matching_open_needs",
  `SELECT ${NEED_COLUMNS} FROM need n WHERE n.round_id = $1 AND n.state = 'OPEN'
     AND NOT EXISTS (SELECT FROM project p WHERE p.need_id = n.id AND p.match_id IS NULL AND p.state <> 'CANCELLED') ORDER BY n.id`,
);
const OPEN_OFFERS = statement(
  "matching_open_offers",
  `SELECT ${OFFER_COLUMNS} FROM offer o WHERE o.round_id = $1 AND o.state = 'OPEN' ORDER BY o.id`,
);
const SETTLED = statement(
  "matching_settled",
  `SELECT need_id AS "needId", offer_id AS "offerId", units, score, state FROM match WHERE round_id = $1 AND state <> 'SUGGESTED' ORDER BY id`,
);
const COMMUNITIES = statement(
  "matching_communities",
  `SELECT DISTINCT community_id AS id FROM need WHERE round_id = $1 AND state = 'OPEN'`,
);
const DROP_SUGGESTED = statement("matching_drop_suggested", `DELETE FROM match WHERE round_id = $1 AND state = 'SUGGESTED'`);
const INSERT_MATCHES = statement(
  "matching_insert",
  `INSERT INTO match (id, round_id, need_id, offer_id, units, score, factors)
   SELECT t.id, $1, t.need_id, t.offer_id, t.units, t.score, t.factors
   FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::integer[], $6::integer[], $7::jsonb[]) AS t(id, need_id, offer_id, units, score, factors)`,
);
const DROP_OUTLOOKS = statement(
  "matching_drop_outlooks",
  `DELETE FROM need_outlook WHERE need_id IN (SELECT id FROM need WHERE round_id = $1)`,
);
const INSERT_OUTLOOKS = statement(
  "matching_insert_outlooks",
  `INSERT INTO need_outlook (need_id, missing_units, alternatives, blockers)
   SELECT * FROM unnest($1::uuid[], $2::integer[], $3::jsonb[], $4::jsonb[])`,
);

interface Input {
  needs: Need[];
  offers: Offer[];
  settled: Settled[];
}

/** Runs the matching of a round. */
export class MatchingService {
  constructor(private readonly context: Context) {}

  /**
   * Solves the round as a whole and stores suggestions and explanations. What people have proposed, accepted, signed or fulfilled
   * stays and takes its units away; a pair that was declined is not suggested again. Runs of the same round wait for one another; the round
   * is held while a thread beside the event loop solves it, and everything else is answered meanwhile.
   */
  async run(input: RunMatchingInput): Promise<MatchingRun | RoundClosed | IdempotencyConflict> {
    const { context } = this;
    const round = await context.rounds.keptBy(input.roundId);
    // asked before the transaction, so that no lock waits for another service
    const communities = (await context.rows<{ id: string }>(COMMUNITIES, [round.id])).map((row) => row.id);
    const places = await fetchEntities<Place>(context, "communities", "Community", "id", communities, "region { code scopeCodes }");
    return command<MatchingRun | RoundClosed>(
      context,
      "runMatching",
      actingRole(context.viewer, ROUND_KEEPERS, scopesOfRound(round)),
      input,
      async (tx) => {
        const locked = await context.rounds.locked(tx, round.id);
        if (!MATCHABLE_STATES.includes(locked.state)) return tx.rollback(roundClosed(locked.state, MATCHABLE_STATES));
        const entries: Input = {
          needs: await tx.rows<Need>(OPEN_NEEDS, [round.id]),
          offers: await tx.rows<Offer>(OPEN_OFFERS, [round.id]),
          settled: await tx.rows<Settled>(SETTLED, [round.id]),
        };
        const settled = { settled: entries.settled, live: entries.settled.filter(live) };
        const solved = await solveBeside({ ...entries, ...settled, places, weights: weightsOf(locked.weights) });
        const outcome = summary(round.id, entries, solved, input.dryRun !== true);
        if (input.dryRun === true) return tx.rollback(outcome);
        await store(tx, round.id, entries, solved);
        await context.rounds.markMatched(tx, round.id, outcome.value);
        const { __typename: _typename, ...figures } = outcome;
        tx.audit({ action: "match", concept: "round", entityId: round.id, before: null, after: figures });
        return outcome;
      },
    );
  }
}

const live = ({ state }: Settled): boolean => (LIVE_STATES as readonly string[]).includes(state);

function summary(roundId: string, { needs, offers, settled }: Input, solved: RoundResult, stored: boolean): MatchingRun {
  const kept = settled.filter(live);
  return {
    __typename: "MatchingRun",
    roundId,
    value: solved.value + kept.reduce((sum, match) => sum + match.score * match.units, 0),
    needs: needs.length,
    offers: offers.length,
    suggested: solved.matches.length,
    kept: kept.length,
    servedNeeds: needs.length - solved.unmatched.length,
    unservedNeeds: solved.unmatched.length,
    stored,
  };
}

async function store(
  tx: CommandTransaction,
  roundId: string,
  { needs, offers, settled }: Input,
  { matches, alternatives, unmatched, offerPrices }: RoundResult,
): Promise<void> {
  await tx.rows(DROP_SUGGESTED, [roundId]);
  await tx.rows(INSERT_MATCHES, [
    roundId,
    matches.map(() => uuidv7()),
    matches.map((match) => match.needId),
    matches.map((match) => match.offerId),
    matches.map((match) => match.units),
    matches.map((match) => match.score),
    matches.map((match) => JSON.stringify(match.factors)),
  ]);
  const missing = new Map(unmatched.map((need) => [need.needId, need]));
  const others = new Map<string, unknown[]>();
  const prices = new Map(offerPrices.map(({ offerId, price }) => [offerId, price]));
  const left = new Map(offers.map((offer) => [offer.id, offer.capacity]));
  for (const { offerId, units } of [...settled.filter(live), ...matches]) left.set(offerId, (left.get(offerId) ?? 0) - units);
  const declined = new Map<string, unknown[]>();
  for (const { needId, offerId } of settled.filter(({ state }) => state === "DECLINED"))
    declined.set(needId, [...(declined.get(needId) ?? []), { offerId, reason: "DECLINED", facts: {}, steps: [] }]);
  for (const { needId, offerId, score, factors } of alternatives) {
    const list = others.get(needId);
    const told = { offerId, score, factors, unitsLeft: left.get(offerId) ?? 0, price: prices.get(offerId) ?? 0 };
    if (list) list.push(told);
    else others.set(needId, [told]);
  }
  await tx.rows(DROP_OUTLOOKS, [roundId]);
  await tx.rows(INSERT_OUTLOOKS, [
    needs.map((need) => need.id),
    needs.map((need) => missing.get(need.id)?.missingUnits ?? 0),
    needs.map((need) => JSON.stringify(others.get(need.id) ?? [])),
    needs.map((need) => JSON.stringify(blockersOf(missing.get(need.id), declined.get(need.id) ?? []))),
  ]);
}

/** How many declined offers are told of a need at most: as many as the solver tells of others. */
const MOST_DECLINED = 3;

/** What kept offers from a need that misses units: what the solver says, and the offers that were declined before. */
const blockersOf = (unmatched: UnmatchedNeed | undefined, declined: readonly unknown[]): unknown[] =>
  unmatched === undefined
    ? []
    : [
        ...unmatched.blockedBy.map(({ offerId, reason, facts, unblock }) => ({ offerId, reason, facts, steps: unblock })),
        ...declined.slice(0, MOST_DECLINED),
      ];
