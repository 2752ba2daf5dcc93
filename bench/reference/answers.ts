import { explainInWords } from "@gongjian/assignment";
import type { Pool } from "pg";
import { named, regionCodes } from "../../services/matching/src/match/region-names";
import { ROUND } from "../queries";

const PUBLIC = "r.state NOT IN ('DRAFT', 'COLLECTING')";

const STATEMENTS = {
  round: `SELECT id, title, year, state FROM matching.round r WHERE key = $1 AND ${PUBLIC}`,
  needs: `SELECT n.id, n.title, n.budget_max, c.id AS community_id, c.name AS community
    FROM matching.need n JOIN communities.community c ON c.id = n.community_id
    WHERE n.round_id = $1 AND n.state = 'OPEN' ORDER BY n.title, n.id LIMIT $2`,
  matches: `SELECT m.need_id, m.units, m.score, o.title, g.id AS organisation_id, g.name AS organisation
    FROM matching.match m JOIN matching.offer o ON o.id = m.offer_id JOIN communities.organisation g ON g.id = o.organisation_id
    WHERE m.need_id = ANY($1::uuid[]) AND m.state <> 'DECLINED' AND o.state = 'OPEN' ORDER BY m.score DESC, m.id DESC`,
  roundInFull: `SELECT r.id, r.title, r.year, r.state, g.name AS region, e.name AS event, e.starts_at
    FROM matching.round r LEFT JOIN communities.region g ON g.code = r.region_code LEFT JOIN events.event e ON e.id = r.event_id
    WHERE r.key = $1 AND ${PUBLIC}`,
  needsInFull: `SELECT n.id, n.title, n.fund_kind, n.budget_max, c.id AS community_id, c.name AS community, k.blockers
    FROM matching.need n JOIN communities.community c ON c.id = n.community_id LEFT JOIN matching.need_outlook k ON k.need_id = n.id
    WHERE n.round_id = $1 AND n.state = 'OPEN' ORDER BY n.community_id, n.title, n.id`,
  matchesInFull: `SELECT m.id, m.need_id, m.units, m.score, m.factors, o.title, g.name AS organisation
    FROM matching.match m JOIN matching.need n ON n.id = m.need_id JOIN matching.offer o ON o.id = m.offer_id
    JOIN communities.organisation g ON g.id = o.organisation_id
    WHERE m.round_id = $1 AND m.state <> 'DECLINED' AND n.state = 'OPEN' AND o.state = 'OPEN' ORDER BY m.score DESC, m.id DESC`,
  titles: `SELECT o.id, o.title FROM matching.offer o WHERE o.round_id = $1 AND o.state = 'OPEN'`,
  regions: `SELECT code, name FROM communities.region WHERE code = ANY($1::text[])`,
  meetings: `SELECT m.id AS match_id, e.name, e.starts_at
    FROM matching.match m JOIN matching.need n ON n.id = m.need_id JOIN matching.offer o ON o.id = m.offer_id
    CROSS JOIN LATERAL (
      SELECT s.event_id FROM events.session_participant c JOIN events.session_participant p ON p.session_id = c.session_id
        AND p.organisation_id = o.organisation_id JOIN events.session s ON s.id = c.session_id WHERE c.community_id = n.community_id
      UNION
      SELECT c.event_id FROM events.organiser c JOIN events.organiser p ON p.event_id = c.event_id
        AND p.organisation_id = o.organisation_id WHERE c.community_id = n.community_id
    ) AS met JOIN events.event e ON e.id = met.event_id
    WHERE m.round_id = $1 AND e.state NOT IN ('DRAFT', 'CANCELLED') ORDER BY e.starts_at, e.id`,
} as const;

type Row = Record<string, unknown>;
type Rows = readonly Row[];

const read = async (pool: Pool, name: keyof typeof STATEMENTS, values: unknown[]): Promise<Rows> =>
  (await pool.query({ name, text: STATEMENTS[name], values })).rows as Rows;

function groups<T>(rows: Rows, key: string, shape: (row: Row) => T): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    const group = found.get(row[key] as string);
    if (group) group.push(shape(row));
    else found.set(row[key] as string, [shape(row)]);
  }
  return found;
}

const amount = (value: string | null): number | null => (value === null ? null : Number(value));

/** A page of the round's needs, with their communities, matches and the organisations that make the matched offers. */
export async function needsAnswer(pool: Pool, first: number): Promise<unknown> {
  const [round] = await read(pool, "round", [ROUND]);
  if (!round) return { roundByKey: null };
  const rows = await read(pool, "needs", [round["id"], first]);
  const matches = groups(await read(pool, "matches", [rows.map((row) => row["id"])]), "need_id", (row) => ({
    units: row["units"],
    score: row["score"],
    offer: { title: row["title"], organisation: { id: row["organisation_id"], name: row["organisation"] } },
  }));
  const nodes = rows.map((row) => ({
    id: row["id"],
    title: row["title"],
    budgetMax: amount(row["budget_max"] as string | null),
    community: { id: row["community_id"], name: row["community"] },
    matches: matches.get(row["id"] as string) ?? [],
  }));
  return { roundByKey: { title: round["title"], year: round["year"], state: round["state"], needs: { nodes } } };
}

type Names = ReadonlyMap<string, string>;

function words(subject: object, names: Names): string {
  const told = regionCodes(subject).length > 0 ? named(subject, names) : subject;
  return explainInWords(told as Parameters<typeof explainInWords>[0], "zh-Hans");
}

interface Blocked {
  steps: object[];
  offerId: string;
}

/** The whole round: every community's needs with matches, factors, meetings and blockers. */
export async function roundAnswer(pool: Pool): Promise<unknown> {
  const [round] = await read(pool, "roundInFull", [ROUND]);
  if (!round) return { roundByKey: null };
  const [needs, matched, met, offers] = await Promise.all([
    read(pool, "needsInFull", [round["id"]]),
    read(pool, "matchesInFull", [round["id"]]),
    read(pool, "meetings", [round["id"]]),
    read(pool, "titles", [round["id"]]),
  ]);
  const explained = [
    ...matched.flatMap((row) => row["factors"] as object[]),
    ...needs.flatMap((row) => ((row["blockers"] ?? []) as Blocked[]).flatMap((blocker) => [blocker, ...blocker.steps])),
  ];
  const regions = await read(pool, "regions", [[...new Set(explained.flatMap(regionCodes))]]);
  const regionNames = new Map(regions.map((row) => [row["code"] as string, row["name"] as string]));
  const titles = new Map(offers.map((row) => [row["id"] as string, { title: row["title"] }]));
  const meetings = groups(met, "match_id", (row) => ({ name: row["name"], startsAt: row["starts_at"] }));
  const matches = groups(matched, "need_id", (row) => ({
    units: row["units"],
    score: row["score"],
    factors: (row["factors"] as object[]).map((factor) => ({ text: words(factor, regionNames) })),
    offer: { title: row["title"], organisation: { name: row["organisation"] } },
    metAt: meetings.get(row["id"] as string) ?? [],
  }));
  const names = new Map(needs.map((row) => [row["community_id"] as string, row["community"] as string]));
  const byCommunity = groups(needs, "community_id", (row) => ({
    title: row["title"],
    fundKind: row["fund_kind"],
    budgetMax: amount(row["budget_max"] as string | null),
    matches: matches.get(row["id"] as string) ?? [],
    blockers: ((row["blockers"] ?? []) as Blocked[]).map((blocker) => ({
      offer: titles.get(blocker.offerId) ?? null,
      text: words({ ...blocker, unblock: blocker.steps }, regionNames),
      unblock: blocker.steps.map((step) => words(step, regionNames)),
    })),
  }));
  const nodes = [...byCommunity].map(([id, own]) => ({ community: { name: names.get(id) }, needs: own }));
  return {
    roundByKey: {
      title: round["title"],
      year: round["year"],
      state: round["state"],
      region: { name: round["region"] },
      event: { name: round["event"], startsAt: round["starts_at"] },
      communities: { nodes },
    },
  };
}
