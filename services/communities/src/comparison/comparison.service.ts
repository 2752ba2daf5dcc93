import { statement } from "@gongjian/database";
import { badInput, defineLoader, inOrder, type InputProblem } from "@gongjian/subgraph";
import type { Community } from "../community/community.type";
import type { Context } from "../context";
import { HELD } from "../pairing/pairing.lists";
import { checkCompared, compare, type Compared, type ComparisonCounts } from "./comparison.rules";
import type { CommunityComparison } from "./comparison.type";

const COUNTS = statement(
  "comparison_counts",
  `SELECT c.id, (SELECT count(*)::integer FROM compound d WHERE d.community_id = c.id) AS compounds,
     (SELECT count(DISTINCT s.organisation_id)::integer FROM service_area s
       WHERE s.community_id = c.id OR s.region_code = ANY((SELECT r.scope_codes FROM region r WHERE r.code = c.region_code)::text[])) AS organisations,
     (SELECT count(*)::integer FROM team t WHERE t.community_id = c.id) AS teams,
     (SELECT count(*)::integer FROM facility f WHERE f.community_id = c.id AND f.state = 'OPEN') AS facilities,
     (SELECT count(*)::integer FROM pairing_party q JOIN pairing p ON p.id = q.pairing_id WHERE q.community_id = c.id AND ${HELD}) AS pairings,
     (SELECT coalesce(array_agg(w.name ORDER BY w.name, w.id), '{}') FROM practice w WHERE w.community_id = c.id) AS practices,
     (SELECT coalesce(array_agg(w.name ORDER BY w.name, w.id), '{}') FROM practice_adoption a JOIN practice w ON w.id = a.practice_id
       WHERE a.community_id = c.id AND a.ended_on IS NULL) AS adopted,
     (SELECT coalesce(jsonb_agg(jsonb_build_object('title', h.title, 'year', h.year) ORDER BY h.year DESC, h.id DESC), '[]')
       FROM honour h WHERE h.community_id = c.id) AS honours
   FROM community c WHERE c.id = ANY($1::uuid[])`,
);

const countsOf = defineLoader<Context, string, ComparisonCounts | null>(async (context, ids) =>
  inOrder(ids, await context.rows<ComparisonCounts>(COUNTS, [ids]), ({ id }) => id),
);

/** Puts communities side by side. Public: what is compared is what their own pages show to everybody. */
export class ComparisonService {
  constructor(private readonly context: Context) {}

  /** From two to four communities, each once. At most eight statements, however many they are. */
  async of(ids: readonly string[]): Promise<CommunityComparison> {
    const problems = checkCompared(ids);
    if (problems.length > 0) throw badInput(problems);
    const found = await Promise.all(ids.map((id) => this.context.communities.byId(id)));
    const missing = found.flatMap((community, index): InputProblem[] =>
      community === null ? [{ field: `ids.${index}`, code: "UNKNOWN_REFERENCE", message: "There is no such community." }] : [],
    );
    if (missing.length > 0) throw badInput(missing);
    const communities = found as Community[];
    const compared = await Promise.all(communities.map((community) => this.gather(community)));
    return { communities, rows: compare(compared) };
  }

  private async gather(community: Community): Promise<Compared> {
    const { context } = this;
    const { id, longitude, latitude } = community;
    const [region, population, circle, rates, counts] = await Promise.all([
      context.regions.byCode(community.regionCode),
      context.populations.known(id),
      longitude === null || latitude === null ? null : context.facilities.circleOf({ id, longitude, latitude }),
      context.suggestionFigures.ofCommunity(id, {}),
      context.load(countsOf, id),
    ]);
    const above = region?.parentCode ? await context.regions.byCode(region.parentCode) : null;
    return { community, region, above, population, circle, rates, counts: counts! };
  }
}
