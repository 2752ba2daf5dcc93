import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
import { commonName, REFRESH_SCOPES } from "@gongjian/communities";
import { stableId } from "@gongjian/database";
import { searchVector } from "@gongjian/entities-communities";
import { fold, indexTokens } from "@gongjian/hantext";
import { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { Register, RegisterCommunity, RegisterRegion } from "./source";

export interface RegisterProgress {
  /** Communities read so far, those of skipped parts included. */
  communities: number;
  part: string;
}

export interface RegisterReport {
  regions: number;
  communities: number;
  /** Parts that an earlier import had finished. */
  skipped: number;
}

/** A part is a province: all codes that begin with its two digits. One transaction each. */
const partOf = (code: string): string => code.slice(0, 2);

const CHUNK = 500;

/** One line of COPY's text format. */
const line = (...cells: (string | null)[]): string =>
  `${cells.map((cell) => (cell === null ? "\\N" : cell.replace(/[\\\t\n\r]/gu, (character) => ({ "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" })[character]!))).join("\t")}\n`;

const regionLine = ({ code, name, level, parentCode }: RegisterRegion, source: string): string =>
  line(code, name, fold(name), level, parentCode === "" ? null : parentCode, searchVector(indexTokens(name)), source);

const communityLine = ({ code, name, kind, streetCode }: RegisterCommunity, source: string): string => {
  const common = commonName(name);
  return line(
    stableId("community", `CN_STATS:${code}`),
    code,
    name,
    fold(common),
    kind,
    streetCode,
    searchVector(indexTokens(common)),
    source,
  );
};

async function copy(client: Client, into: string, lines: Iterable<string>): Promise<void> {
  await pipeline(Readable.from(lines), client.query(copyFrom(`COPY ${into} FROM STDIN`)));
}

function* joined<T>(rows: readonly T[], write: (row: T) => string): Iterable<string> {
  for (let start = 0; start < rows.length; start += CHUNK)
    yield rows
      .slice(start, start + CHUNK)
      .map(write)
      .join("");
}

const STAGING = `
  CREATE TEMP TABLE IF NOT EXISTS staged_region (code text, name text, name_key text, level text, parent_code text, search_vector tsvector, source text) ON COMMIT DELETE ROWS;
  CREATE TEMP TABLE IF NOT EXISTS staged_community (id uuid, identifier text, name text, name_key text, kind text, region_code text, search_vector tsvector, source text) ON COMMIT DELETE ROWS`;

/** Codes nest: whose officers reach a region is read off its own code. Zones come later and refresh what they manage. */
const MERGE_REGIONS = `
  INSERT INTO region (code, scheme, name, name_key, level, parent_code, search_vector, source, scope_codes)
  SELECT code, 'CN_STATS', name, name_key, level, parent_code, search_vector, source,
         ARRAY(SELECT left(s.code, digits) FROM unnest(ARRAY[2, 4, 6, 9]) AS digits WHERE digits <= length(s.code) ORDER BY digits)
  FROM staged_region s ORDER BY length(code), code
  ON CONFLICT (code) DO UPDATE SET name = EXCLUDED.name, name_key = EXCLUDED.name_key, level = EXCLUDED.level, parent_code = EXCLUDED.parent_code,
    search_vector = EXCLUDED.search_vector, version = region.version + 1, updated_at = now()
  WHERE (region.name, region.level, region.parent_code) IS DISTINCT FROM (EXCLUDED.name, EXCLUDED.level, EXCLUDED.parent_code)`;

const MERGE_COMMUNITIES = `
  INSERT INTO community (id, scheme, identifier, name, name_key, kind, region_code, search_vector, source)
  SELECT id, 'CN_STATS', identifier, name, name_key, kind, region_code, search_vector, source FROM staged_community
  ON CONFLICT (scheme, identifier) DO UPDATE SET name = EXCLUDED.name, name_key = EXCLUDED.name_key, kind = EXCLUDED.kind, region_code = EXCLUDED.region_code,
    search_vector = EXCLUDED.search_vector, version = community.version + 1, updated_at = now()
  WHERE (community.name, community.kind, community.region_code) IS DISTINCT FROM (EXCLUDED.name, EXCLUDED.kind, EXCLUDED.region_code)`;

async function managedIn(client: Client, part: string): Promise<string[]> {
  const { rows } = await client.query<{ code: string }>(
    "SELECT region_code AS code FROM region_management WHERE starts_with(region_code, $1)",
    [part],
  );
  return rows.map((row) => row.code);
}

async function loadPart(
  client: Client,
  register: Register,
  part: string,
  regions: readonly RegisterRegion[],
  communities: readonly RegisterCommunity[],
): Promise<void> {
  await client.query("BEGIN");
  try {
    await copy(
      client,
      "staged_region",
      joined(regions, (row) => regionLine(row, register.name)),
    );
    await client.query(MERGE_REGIONS);
    await copy(
      client,
      "staged_community",
      joined(communities, (row) => communityLine(row, register.name)),
    );
    await client.query(MERGE_COMMUNITIES);
    await client.query(REFRESH_SCOPES.text, [await managedIn(client, part)]);
    await client.query(
      "INSERT INTO register_part (register, part, rows) VALUES ($1, $2, $3) ON CONFLICT (register, part) DO UPDATE SET rows = EXCLUDED.rows, done_at = now()",
      [register.name, part, communities.length],
    );
    await client.query(
      "INSERT INTO audit_entry (subject, role, action, concept, entity_id, after, request_id) VALUES ('operator', 'ADMIN', 'import', 'register', $1, $2, 'gongjian import register')",
      [part, JSON.stringify({ register: register.name, regions: regions.length, communities: communities.length })],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

/**
 * Loads a register, province by province through COPY. A province is there whole or not at all; one that an earlier run
 * finished is skipped unless `again` is set. Records that are there already keep their ids, traits and descriptions.
 */
export async function loadRegister(
  adminUrl: string,
  register: Register,
  options: { again?: boolean; onProgress?: (progress: RegisterProgress) => void } = {},
): Promise<RegisterReport> {
  const client = new Client({
    connectionString: adminUrl,
    options: "-c search_path=communities,public -c statement_timeout=0 -c synchronous_commit=on",
    application_name: "gongjian-register",
  });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query(STAGING);
    const { rows: done } = await client.query<{ part: string }>("SELECT part FROM register_part WHERE register = $1", [register.name]);
    const finished = new Set(options.again ? [] : done.map((row) => row.part));
    const regions = new Map<string, RegisterRegion[]>();
    for await (const region of register.regions()) {
      const part = regions.get(partOf(region.code));
      if (part) part.push(region);
      else regions.set(partOf(region.code), [region]);
    }
    const report: RegisterReport = { regions: 0, communities: 0, skipped: 0 };
    let seen = 0;
    const flush = async (part: string, communities: readonly RegisterCommunity[]): Promise<void> => {
      const own = regions.get(part) ?? [];
      regions.delete(part);
      seen += communities.length;
      if (finished.has(part)) report.skipped += 1;
      else {
        await loadPart(client, register, part, own, communities);
        report.regions += own.length;
        report.communities += communities.length;
      }
      options.onProgress?.({ communities: seen, part });
    };
    let current: string | null = null;
    let pending: RegisterCommunity[] = [];
    for await (const community of register.communities()) {
      const part = partOf(community.code);
      if (current !== null && part !== current) {
        await flush(current, pending);
        pending = [];
      }
      current = part;
      pending.push(community);
    }
    if (current !== null) await flush(current, pending);
    for (const part of [...regions.keys()]) await flush(part, []);
    // without fresh statistics and with entries still pending in the search indexes, a search over the whole country takes a second
    if (report.regions + report.communities > 0) await client.query("VACUUM (ANALYZE) region, community");
    return report;
  } finally {
    await client.end();
  }
}
