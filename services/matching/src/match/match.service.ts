import { constraintOf, statement } from "@gongjian/database";
import { MatchEntity, type MatchState, type RoundState } from "@gongjian/entities-matching";
import {
  actingRole,
  command,
  ensure,
  isUuid,
  nodesOf,
  notFound,
  versionConflict,
  type IdempotencyConflict,
  type Page,
  type VersionConflict,
  parentOf,
  type NamedOrganisation,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { holdRound } from "../round/round.locks";
import { roundClosed, type RoundClosed } from "../round/round.results";
import type { MatchesArgs, MoveMatchInput } from "./match.inputs";
import {
  factorsOfMatch,
  MATCH_COLUMNS,
  MATCH_FROM,
  matchById,
  matchesOfCommunity,
  matchesOfNeed,
  matchesOfOffer,
  matchesOfOrganisation,
  matchesOfRound,
  outlookOfNeed,
  type Outlook,
} from "./match.lists";
import { canMoveMatch, moversTo, scopesOfMatch, sidesOf } from "./match.policy";
import type { MatchStepOutOfOrder, ProjectUnfinished, UnitsExhausted } from "./match.results";
import { accepted, hasAccepted, NEXT_STATES, roundStatesFor, standOf } from "./match.rules";
import type { Match, MatchFactor } from "./match.type";

type StoredMatch = Match & { roundState: RoundState; regionScopeCodes: string[] };

const STORED = `SELECT ${MATCH_COLUMNS}, r.state AS "roundState", r.region_scope_codes AS "regionScopeCodes" FROM ${MATCH_FROM} WHERE m.id = $1`;
const STORED_BY_ID = statement("match_stored", STORED);
const LOCKED = statement("match_locked", `${STORED} FOR UPDATE OF m`);

const SIDES: Record<string, "OFFER" | "NEED"> = { match_offer_capacity: "OFFER", match_need_quantity: "NEED", match_need_own: "NEED" };

/** Reads matches and moves them from state to state. */
export class MatchService {
  constructor(private readonly context: Context) {}

  async byId(id: string): Promise<Match | null> {
    return isUuid(id) ? this.context.load(matchById, id.toLowerCase()) : null;
  }

  async ofNeed(needId: string, first: number): Promise<Match[]> {
    return nodesOf(await this.context.load(matchesOfNeed, { parent: needId, args: { first } }));
  }

  async ofOffer(offerId: string, first: number): Promise<Match[]> {
    return nodesOf(await this.context.load(matchesOfOffer, { parent: offerId, args: { first } }));
  }

  ofRound(roundId: string, args: MatchesArgs): Promise<Page<Match>> {
    return this.context.load(matchesOfRound, { parent: roundId, args });
  }

  async ofCommunity(communityId: string, args: MatchesArgs): Promise<Page<Match> | null> {
    return isUuid(communityId) ? this.context.load(matchesOfCommunity, { parent: communityId.toLowerCase(), args }) : null;
  }

  async ofOrganisation(organisation: NamedOrganisation, args: MatchesArgs): Promise<Page<Match> | null> {
    const parent = parentOf(organisation);
    return parent === null ? null : this.context.load(matchesOfOrganisation, { parent, args });
  }

  factors(id: string): Promise<MatchFactor[]> {
    return this.context.load(factorsOfMatch, id);
  }

  outlook(needId: string): Promise<Outlook | null> {
    return this.context.load(outlookOfNeed, needId);
  }

  /** Takes a match one step on. That no unit is promised twice is kept by the database. */
  async move(
    input: MoveMatchInput,
  ): Promise<Match | MatchStepOutOfOrder | UnitsExhausted | ProjectUnfinished | RoundClosed | VersionConflict | IdempotencyConflict> {
    const { context } = this;
    const [match] = isUuid(input.id) ? await context.rows<StoredMatch>(STORED_BY_ID, [input.id]) : [];
    const allowed = match !== undefined && canMoveMatch(context.viewer, input.to, match);
    if (!match || (!allowed && (await this.byId(input.id)) === null)) throw notFound("Match");
    ensure(context.viewer, allowed);
    try {
      return await command<Match | MatchStepOutOfOrder | RoundClosed | VersionConflict>(
        context,
        "moveMatch",
        actingRole(context.viewer, moversTo(input.to), scopesOfMatch(match)),
        input,
        async (tx) => {
          const roundState = await holdRound(tx, match.roundId);
          const [stored] = await tx.rows<StoredMatch>(LOCKED, [match.id]);
          // a run of the matching can have taken a suggestion back meanwhile
          if (!stored) throw notFound("Match");
          if (stored.version !== input.expectedVersion) return tx.rollback(versionConflict(stored.version));
          const before = standOf(stored);
          const sides = sidesOf(context.viewer, stored);
          if (input.to === "ACCEPTED" && hasAccepted(before, sides)) return withoutReach(stored);
          const next = NEXT_STATES[stored.state];
          if (!next.includes(input.to)) return tx.rollback(outOfOrder(stored.state, next));
          const states = roundStatesFor(input.to);
          if (!states.includes(roundState)) return tx.rollback(roundClosed(roundState, states));
          const after = input.to === "ACCEPTED" ? accepted(before, sides) : { ...before, state: input.to };
          await tx.manager.update(MatchEntity, { id: match.id }, after);
          tx.audit({ action: input.to.toLowerCase(), concept: "match", entityId: match.id, before, after });
          const [row] = await tx.rows<StoredMatch>(STORED_BY_ID, [match.id]);
          return withoutReach(row!);
        },
      );
    } catch (error) {
      const broken = constraintOf(error)?.constraint ?? "";
      if (broken === "match_project_unfinished")
        return { __typename: "ProjectUnfinished", message: "The match's project is not completed." };
      const side = SIDES[broken];
      if (side) return { __typename: "UnitsExhausted", message: "The units are promised elsewhere already.", side, units: match.units };
      throw error;
    }
  }
}

const withoutReach = ({ roundState: _roundState, regionScopeCodes: _codes, ...match }: StoredMatch): Match =>
  ({ __typename: "Match", ...match }) as unknown as Match;

const outOfOrder = (state: MatchState, next: readonly MatchState[]): MatchStepOutOfOrder => ({
  __typename: "MatchStepOutOfOrder",
  message: "A match does not go from its state to this one.",
  state,
  next: [...next],
});
