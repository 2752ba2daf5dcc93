import { writeRecords } from "@gongjian/subgraph";
import { statement, type CommandTransaction } from "@gongjian/database";
import { PopulationEthnicGroupEntity, PopulationSnapshotEntity } from "@gongjian/entities-communities";
import { In } from "typeorm";
import { LEAST_RESIDENTS, leftOut } from "./population.suppression";
import type { PopulationSnapshot } from "./population.type";

const PLAIN = `p.id, p.community_id AS "communityId", p.as_of AS "asOf", p.residents, p.residents_precision AS "residentsPrecision", p.households,
  p.compounds, p.source, p.version`;

/** Whether a snapshot says anything of ethnic groups, with `p`. */
export const HAS_GROUPS =
  "(p.ethnic_group_count IS NOT NULL OR EXISTS (SELECT 1 FROM population_ethnic_group g WHERE g.snapshot_id = p.id))";

/**
 * Whether so few people live there that nothing may be said of ethnic groups, with `p`. A snapshot without residents goes by the fewest
 * that were counted on another day.
 */
export const TOO_FEW = `(coalesce(p.residents, (SELECT min(o.residents) FROM population_snapshot o WHERE o.community_id = p.community_id)) < ${LEAST_RESIDENTS}) IS TRUE`;

const groups = (
  count: string,
  more = "",
) => `COALESCE((SELECT json_agg(json_build_object('code', g.code, 'count', ${count}${more}) ORDER BY g.code)
    FROM population_ethnic_group g WHERE g.snapshot_id = p.id), '[]')`;

/** What may be shown of a snapshot. No count that is left out leaves the database by these. */
export const SHOWN_COLUMNS = `${PLAIN}, CASE WHEN NOT ${TOO_FEW} THEN p.ethnic_group_count END AS "ethnicGroupCount",
  ${TOO_FEW} AND ${HAS_GROUPS} AS "ethnicGroupsWithheld",
  CASE WHEN ${TOO_FEW} THEN '[]' ELSE ${groups("CASE WHEN NOT g.withheld THEN g.count END", ", 'suppressed', g.withheld")} END AS "ethnicGroups"`;

/** What is stored, to compare it with what is written. */
export const STORED_COLUMNS = `${PLAIN}, p.ethnic_group_count AS "ethnicGroupCount", ${groups("g.count")} AS "ethnicGroups"`;

/** A snapshot as it is stored. */
export type Stored = Omit<PopulationSnapshot, "ethnicGroups" | "ethnicGroupsWithheld"> & {
  ethnicGroups: { code: number; count: number | null }[];
};

/** What a snapshot says, as it is stored and audited. */
export interface Values {
  communityId: string;
  asOf: string;
  residents: number | null;
  residentsPrecision: string;
  households: number | null;
  compounds: number | null;
  ethnicGroupCount: number | null;
  ethnicGroups: { code: number; count: number | null }[];
  source: string | null;
}

/** Of two who write snapshots of one community the second waits: what one leaves out the other has to know. */
const LOCK = statement(
  "population_communities_locked",
  "SELECT c.id FROM community c WHERE c.id = ANY($1::uuid[]) ORDER BY c.id FOR NO KEY UPDATE",
);
const LEFT_OUT = statement(
  "population_left_out",
  `SELECT DISTINCT p.community_id AS "communityId", g.code FROM population_snapshot p JOIN population_ethnic_group g ON g.snapshot_id = p.id
   WHERE p.community_id = ANY($1::uuid[]) AND g.withheld`,
);

/** Writes snapshots, the oldest first, and decides which of their counts are left out from now on. */
export async function writeSnapshots(
  tx: CommandTransaction,
  records: readonly { id: string; values: Values; existing: unknown }[],
): Promise<void> {
  if (records.length === 0) return;
  const communities = [...new Set(records.map(({ values }) => values.communityId))];
  await tx.rows(LOCK, [communities]);
  const before = new Map(communities.map((id) => [id, new Set<number>()]));
  for (const { communityId, code } of await tx.rows<{ communityId: string; code: number }>(LEFT_OUT, [communities]))
    before.get(communityId)!.add(code);
  await writeRecords(
    tx,
    PopulationSnapshotEntity,
    records.map(({ id, values: { ethnicGroups: _groups, ...values }, existing }) => ({
      entity: tx.manager.create(PopulationSnapshotEntity, { ...values, id } as Partial<PopulationSnapshotEntity>),
      existing,
    })),
  );
  await tx.manager.delete(PopulationEthnicGroupEntity, { snapshotId: In(records.map(({ id }) => id)) });
  const inOrder = [...records].sort((a, b) => (a.values.asOf < b.values.asOf ? -1 : 1));
  const rows = inOrder.flatMap(({ id, values: { communityId, ethnicGroups } }) => {
    const known = before.get(communityId)!;
    const out = leftOut(ethnicGroups, known);
    for (const code of out) known.add(code);
    return ethnicGroups.map((group) => ({ snapshotId: id, ...group, withheld: out.has(group.code) }));
  });
  if (rows.length > 0) await tx.manager.insert(PopulationEthnicGroupEntity, rows);
}
