import { statement } from "@gongjian/database";
import { badInput } from "@gongjian/subgraph";
import type { Context } from "../context";
import { mostConnected, networkOf, type Membership } from "./network.rules";
import type { PairingNetwork, PairingNetworkNode } from "./network.type";

/** Most parties that one network takes: a larger region is asked for in parts. */
const MOST = 2000;
/** How many of those that are paired with nobody are named. */
const ISOLATED = 100;

interface Party extends Membership {
  name: string;
  inside: boolean;
}

/** One statement: the parties of all pairings that hold and touch the region, and its communities without any. */
const NETWORK = statement(
  "region_pairing_network",
  `WITH place AS (
     SELECT q.pairing_id, q.place, q.side, coalesce(c.name, o.name) AS name, coalesce(r.scope_codes @> ARRAY[$1::text], false) AS inside
     FROM pairing_party q JOIN pairing p ON p.id = q.pairing_id AND p.state IN ('SIGNED', 'ACTIVE', 'DORMANT')
     LEFT JOIN community c ON c.id = q.community_id LEFT JOIN organisation o ON o.id = q.organisation_id
     LEFT JOIN region r ON r.code = coalesce(c.region_code, o.region_code)
   ), touching AS (SELECT DISTINCT pairing_id FROM place WHERE inside),
   party AS (SELECT place.* FROM place JOIN touching USING (pairing_id) ORDER BY pairing_id, place LIMIT ${MOST + 1}),
   alone AS (SELECT c.id FROM community c JOIN region r ON r.code = c.region_code AND r.scope_codes @> ARRAY[$1::text]
     WHERE NOT EXISTS (SELECT 1 FROM place WHERE place.place = 'community:' || c.id))
   SELECT (SELECT coalesce(jsonb_agg(jsonb_build_object('pairingId', pairing_id, 'place', place, 'side', side, 'name', name, 'inside', inside)
       ORDER BY pairing_id, place), '[]') FROM party) AS parties,
     (SELECT count(*)::integer FROM alone) AS "isolatedCount",
     (SELECT coalesce(jsonb_agg(id ORDER BY id), '[]') FROM (SELECT id FROM alone ORDER BY id LIMIT ${ISOLATED}) AS first) AS "isolatedIds"`,
);

/** Who is paired with whom in a region. */
export class PairingNetworkService {
  constructor(private readonly context: Context) {}

  /** Null when there is no such region. @throws BAD_USER_INPUT when more than 2,000 parties would have to be shown */
  async of(within: string): Promise<PairingNetwork | null> {
    const { context } = this;
    const region = within === "" || within.includes("\0") ? null : await context.regions.byCode(within);
    if (!region) return null;
    const [row] = await context.rows<{ parties: Party[]; isolatedCount: number; isolatedIds: string[] }>(NETWORK, [region.code]);
    const { parties, isolatedCount, isolatedIds } = row!;
    if (parties.length > MOST)
      throw badInput([{ field: "within", code: "TOO_MANY", message: `The region has more than ${MOST} parties. Ask for a part of it.` }]);
    const network = networkOf(parties);
    const known = new Map(parties.map((party) => [party.place, party]));
    const shown = (node: (typeof network.nodes)[number]): PairingNetworkNode => {
      const { name, inside } = known.get(node.place)!;
      return { ...node, name, inside };
    };
    return {
      nodes: network.nodes.map(shown),
      edges: network.edges,
      components: network.components.map((places) => ({ size: places.length, places })),
      mostConnected: mostConnected(
        network.nodes.filter(({ place }) => known.get(place)!.inside),
        10,
      ).map(shown),
      isolatedCount,
      isolatedIds,
      title: `${region.name}结对网络`,
    };
  }
}
