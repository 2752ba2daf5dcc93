import { statement } from "@gongjian/database";
import type { EntryState } from "@gongjian/entities-matching";
import { badInput, isUuid, notFound } from "@gongjian/subgraph";
import type { Context } from "../context";
import { MATCH_FROM } from "../match/match.lists";
import { canKeepProject, type ProjectReach } from "./project.policy";

/** What a project comes from, and what follows from it. */
export interface Origin extends ProjectReach {
  matchId: string | null;
  needId: string;
  needState: EntryState;
  roundId: string;
  title: string;
}

const OF_NEED = `n.id AS "needId", n.state AS "needState", n.title, n.round_id AS "roundId", n.community_id AS "communityId", r.region_scope_codes AS "regionScopeCodes"`;
const BY_MATCH = statement(
  "project_origin_match",
  `SELECT ${OF_NEED}, m.id AS "matchId", o.organisation_id AS "organisationId" FROM ${MATCH_FROM} WHERE m.id = $1`,
);
const BY_NEED = statement(
  "project_origin_need",
  `SELECT ${OF_NEED}, NULL::uuid AS "matchId", NULL::uuid AS "organisationId" FROM need n JOIN round r ON r.id = n.round_id WHERE n.id = $1`,
);

/** The match or need that a project is to come from. @throws PublicError NOT_FOUND as for one that is hidden, BAD_USER_INPUT for none or both */
export async function findOrigin(context: Context, given: { matchId?: string | null; needId?: string | null }): Promise<Origin> {
  const { matchId, needId } = given;
  if ((matchId ?? null) === null ? (needId ?? null) === null : (needId ?? null) !== null)
    throw badInput([{ field: "matchId", code: "ONE_OF", message: "Either a match or a need is given." }]);
  const id = (matchId ?? needId)!;
  const [origin] = isUuid(id) ? await context.rows<Origin>(matchId ? BY_MATCH : BY_NEED, [id]) : [];
  const seen = async (): Promise<unknown> => (matchId ? context.matches.byId(id) : context.needs.byId(id));
  if (!origin || (!canKeepProject(context.viewer, origin) && (await seen()) === null)) throw notFound(matchId ? "Match" : "Need");
  return origin;
}
