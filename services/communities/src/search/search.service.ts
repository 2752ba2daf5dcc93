import { statement } from "@gongjian/database";
import { fold, toTsQuery } from "@gongjian/hantext";
import { badInput, searchable } from "@gongjian/subgraph";
import { COMMUNITY_COLUMNS } from "../community/community.service";
import type { Context } from "../context";
import { ORGANISATION_COLUMNS } from "../organisation/organisation.service";
import { regionPaths } from "./region-path";
import { fitting, foundFor, nameKeys, textOf, type Found, type Named } from "./search.names";
import type { NameReference, NameResolution, PlaceKind } from "./search.type";

/** Candidates that are ranked at most: a text that half the country answers to is cut here, not after sorting it. */
const CANDIDATES = 500;

/** One that absorbed another is found by either name. */
const ORGANISATIONS =
  "(SELECT o.id, a.name, a.name_key, a.search_vector FROM organisation a JOIN organisation o ON o.id = coalesce(a.merged_into, a.id)) organisation";
const FOUND = (table: string): string => (table === "organisation" ? ORGANISATIONS : table);
const RANKED = (table: string) => `SELECT '${table}' AS kind, id, name, rank FROM (
  (SELECT ${table === "region" ? "code" : "id::text"} AS id, name, 0 AS rank FROM ${FOUND(table)} WHERE name_key = $1 LIMIT ${CANDIDATES})
  UNION ALL
  (SELECT ${table === "region" ? "code" : "id::text"} AS id, name, CASE WHEN starts_with(name_key, $1) THEN 1 ELSE 2 END AS rank FROM ${FOUND(table)}
   WHERE search_vector @@ $2::tsquery AND name_key <> $1 LIMIT ${CANDIDATES})) ${table}_found`;

const SEARCH = statement(
  "search_places",
  `SELECT kind, id FROM (${["region", "community", "organisation"].map(RANKED).join(" UNION ALL ")}) found
   WHERE kind = ANY($3::text[]) GROUP BY kind, id ORDER BY min(rank), min(length(name)), min(name), id LIMIT $4`,
);

const NAMED = {
  COMMUNITY: statement(
    "resolve_community",
    `SELECT ${COMMUNITY_COLUMNS}, r.scope_codes AS "scopeCodes" FROM community c JOIN region r ON r.code = c.region_code WHERE c.name_key = ANY($1::text[]) OR c.identifier = ANY($2::text[]) ORDER BY c.identifier`,
  ),
  ORGANISATION: statement(
    "resolve_organisation",
    `SELECT ${ORGANISATION_COLUMNS}, COALESCE(r.scope_codes, '{}') AS "scopeCodes", array_agg(a.name ORDER BY a.id) AS names, array_agg(a.key) || array_agg(a.former_credit_code) AS keys
     FROM organisation a JOIN organisation o ON o.id = coalesce(a.merged_into, a.id) LEFT JOIN region r ON r.code = o.region_code
     WHERE a.name_key = ANY($1::text[]) OR a.key = ANY($2::text[]) OR a.credit_code = ANY($2::text[]) OR a.former_credit_code = ANY($2::text[]) GROUP BY o.id, r.code ORDER BY o.name, o.id`,
  ),
  REGION: statement(
    "resolve_region",
    `SELECT r.code, r.scheme, r.name, r.level, r.kind, r.parent_code AS "parentCode", r.scope_codes AS "scopeCodes", r.source, r.version, r.code AS id FROM region r WHERE r.name_key = ANY($1::text[]) OR r.code = ANY($2::text[]) ORDER BY r.code`,
  ),
} as const;

const MOST_REFERENCES = 2000;
const MOST_CANDIDATES = 10;
const TYPENAMES = { REGION: "Region", COMMUNITY: "Community", ORGANISATION: "Organisation" } as const;

/** Finds records by what people call them. */
export class SearchService {
  constructor(private readonly context: Context) {}

  /** Places whose name matches, best first: the same name, then names that begin so, then shorter ones. */
  async places(text: string, kinds: readonly PlaceKind[], first: number): Promise<unknown[]> {
    const query = searchable(text, "text").slice(0, 100);
    const { primary, fallbacks } = toTsQuery(query);
    const tables = kinds.map((kind) => kind.toLowerCase());
    for (const candidate of [primary, ...fallbacks]) {
      if (candidate === null) continue;
      const rows = await this.context.rows<{ kind: string; id: string }>(SEARCH, [fold(query), candidate, tables, first]);
      if (rows.length > 0) return (await Promise.all(rows.map((row) => this.record(row.kind, row.id)))).filter((record) => record !== null);
    }
    return [];
  }

  private async record(kind: string, id: string): Promise<unknown> {
    if (kind === "region") return typed("Region", await this.context.regions.byCode(id));
    if (kind === "community") return typed("Community", await this.context.communities.byId(id));
    return typed("Organisation", await this.context.organisations.byId(id));
  }

  /** Settles names of somebody's list: four statements at most, and a look-up for each name. */
  async resolve(references: readonly NameReference[]): Promise<NameResolution[]> {
    if (references.length > MOST_REFERENCES)
      throw badInput([{ field: "references", code: "TOO_MANY", message: `At most ${MOST_REFERENCES} names are taken at once.` }]);
    const found = new Map<PlaceKind, Found>();
    for (const kind of ["REGION", "COMMUNITY", "ORGANISATION"] as const) {
      const texts = new Set(references.filter((reference) => reference.kind === kind).map(textOf));
      if (texts.size === 0) continue;
      const keys = new Map([...texts].map((text) => [text, nameKeys(text)]));
      const rows = await this.context.rows<Named>(NAMED[kind], [[...new Set([...keys.values()].flat())], [...texts]]);
      found.set(kind, foundFor(kind, keys, rows));
    }
    const paths = references.map((reference) => reference.within?.trim()).filter((path): path is string => Boolean(path));
    const within = await regionPaths(this.context, paths);
    return references.map((reference) => {
      const rows = fitting(
        found.get(reference.kind)!,
        textOf(reference),
        reference.within ? within.get(reference.within.trim()) : undefined,
      );
      return {
        id: rows.length === 1 ? rows[0]!.id : null,
        candidates: rows.slice(0, MOST_CANDIDATES).map((row) => typed(TYPENAMES[reference.kind], row)) as never,
      };
    });
  }
}

const typed = (typename: string, record: unknown): unknown =>
  record === null || record === undefined ? null : { ...(record as object), __typename: typename };
