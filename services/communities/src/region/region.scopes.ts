import { statement, type Transaction } from "@gongjian/database";

/**
 * Recomputes `scope_codes` of the given regions and of all that lies below them or is managed by them: each gets itself,
 * its ancestors, and the zones that manage any of those. The walk follows both kinds of edges and visits a region once.
 */
export const REFRESH_SCOPES = statement(
  "region_refresh_scopes",
  `WITH RECURSIVE edges AS (
     SELECT code AS child, parent_code AS container FROM region WHERE parent_code IS NOT NULL
     UNION ALL
     SELECT region_code, zone_code FROM region_management
   ), affected AS (
     SELECT unnest($1::text[]) AS code
     UNION
     SELECT e.child FROM affected a JOIN edges e ON e.container = a.code
   ), reach AS (
     SELECT code, code AS ancestor FROM affected
     UNION
     SELECT r.code, e.container FROM reach r JOIN edges e ON e.child = r.ancestor
   ), scopes AS (
     SELECT code, array_agg(ancestor ORDER BY ancestor) AS codes FROM reach GROUP BY code
   )
   UPDATE region SET scope_codes = scopes.codes FROM scopes WHERE region.code = scopes.code AND region.scope_codes IS DISTINCT FROM scopes.codes`,
);

export async function refreshScopes(tx: Transaction, codes: readonly string[]): Promise<void> {
  if (codes.length > 0) await tx.rows(REFRESH_SCOPES, [codes]);
}

const SCOPES = statement("region_scopes", `SELECT code, scope_codes AS "scopeCodes" FROM region WHERE code = ANY($1::text[])`);

/** Whose officers reach each of the regions, as of the transaction. */
export async function scopesOfRegions(tx: Transaction, codes: readonly (string | null)[]): Promise<Map<string, string[]>> {
  const rows = await tx.rows<{ code: string; scopeCodes: string[] }>(SCOPES, [[...new Set(codes.filter((code) => code !== null))]]);
  return new Map(rows.map((row) => [row.code, row.scopeCodes]));
}
