import { createHash } from "node:crypto";
import { statement, type Statement } from "@gongjian/database";
import { fold, toTsQuery } from "@gongjian/hantext";
import {
  boundTo,
  decodeCursor,
  isStorable,
  pageSize,
  searchable,
  toPage,
  type Condition,
  type ListQuery,
  type Page,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { LONGEST } from "./search.rules";
import { SCORES, matchOf } from "./search.score";
import { snippetOf } from "./search.snippet";
import type { SearchCount, SearchHit, SearchKind } from "./search.hits.type";
import type { SearchArgs } from "./search.inputs";
import { SEARCH_SOURCES } from "./sources";
import type { SearchSource } from "./sources/source";

/** Records of a kind that are ranked at most: a text that half the country answers to is cut here, not after sorting it. */
const CANDIDATES = 500;
/** Records of a kind that are counted at most. */
const COUNTED = 1_000;

/** `kind` is compared as bytes, as the index of kinds below is sorted. */
const ORDERING: ListQuery = {
  select: "kind, id, rank",
  from: "hits",
  where: [],
  ordering: {
    tag: "search",
    keys: [
      { sql: "rank", field: "rank", type: "integer" },
      { sql: "kind", field: "kind", type: "text" },
      { sql: "id", field: "id", type: "uuid" },
    ],
    direction: "ASC",
  },
};

type Row = { kind: SearchKind; id: string; rank: number };
type Hit = SearchHit & Row;
export type SearchPage = Page<SearchHit> & { counts: () => Promise<SearchCount[]> };

/** What was asked, as the sources need it. */
interface Asked {
  key: string;
  /** The query, and wider ones for when it finds nothing. */
  queries: readonly string[];
  sources: readonly { source: SearchSource; where: readonly Condition[] }[];
}

const statements = new Map<string, Statement>();
/** One prepared statement for each combination of kinds, filters and roles: their number is bounded by the code. */
function numbered({ sql, params }: Condition): { statement: Statement; params: readonly unknown[] } {
  let next = 0;
  const text = sql.replace(/\?/gu, () => `$${++next}`);
  let found = statements.get(text);
  if (!found) {
    found = statement(`search_${createHash("sha256").update(text).digest("hex").slice(0, 24)}`, text);
    statements.set(text, found);
  }
  return { statement: found, params };
}

const join = (parts: readonly Condition[], separator: string): Condition => ({
  sql: parts.map(({ sql }) => sql).join(separator),
  params: parts.flatMap(({ params }) => params),
});
const around = (before: string, inner: Condition, after: string): Condition => ({ ...inner, sql: `${before}${inner.sql}${after}` });

/** The conditions of a branch: what narrows it first, then what the viewer may see and asked for. */
const all = (first: Condition, where: readonly Condition[]): Condition =>
  join(
    [first, ...where].map((condition) => around("(", condition, ")")),
    " AND ",
  );

/** Ranks of one source: its nearest names through the index of names, the rest through that of lexemes. Ranks are negative scores. */
function ranked({ source, where }: Asked["sources"][number], { key, queries }: Asked, level: number): Condition {
  const { nameKey, from, id, vector } = source;
  const length = `least(char_length(${nameKey}), 99)`;
  const score: Condition =
    level > 0
      ? { sql: `${SCORES.wider[level - 1]} + 99 - ${length}`, params: [] }
      : {
          sql: `CASE WHEN ${nameKey} = ? THEN ${SCORES.name} WHEN starts_with(${nameKey}, ?) THEN ${SCORES.start} WHEN strpos(${nameKey}, ?) > 0 THEN ${SCORES.part} ELSE ${SCORES.rest} END + 99 - ${length}`,
          params: [key, key, key],
        };
  const branch = (first: Condition): Condition =>
    join(
      [around(`(SELECT ${id} AS id, `, score, ` AS score FROM ${from} WHERE `), around("", all(first, where), ` LIMIT ${CANDIDATES})`)],
      "",
    );
  const lexemes = branch({ sql: `${vector} @@ ?::tsquery`, params: [queries[level]] });
  const names = [`${nameKey} = ?`, `${nameKey} ^@ ?`].map((sql) => branch({ sql, params: [key] }));
  return around(
    `SELECT '${source.kind}'::text AS kind, id, -max(score) AS rank FROM (`,
    join(level > 0 ? [lexemes] : [...names, lexemes], " UNION ALL "),
    `) ${source.kind.toLowerCase()}_found GROUP BY id`,
  );
}

/** Finds records of all kinds by one text. */
export class SearchHits {
  constructor(private readonly context: Context) {}

  async page(args: SearchArgs): Promise<SearchPage> {
    const size = pageSize(args);
    const asked = this.asked(args);
    const { ordering } = boundTo(ORDERING, args);
    const after = args.after ? decodeCursor(ordering, args.after) : null;
    // a page that goes on stays with the query that found the page before
    const first = after === null ? 0 : SCORES.levelOf(-(after[0] as number));
    const last = after === null ? asked.queries.length - 1 : Math.min(first, asked.queries.length - 1);
    let rows: Row[] = [];
    let level = first;
    for (; asked.sources.length > 0 && level <= last; level++) {
      rows = await this.ranked(asked, level, after, size + 1);
      if (rows.length > 0) break;
    }
    const hits = await this.read(rows, args.text);
    const counts = (): Promise<SearchCount[]> => this.counts(asked, Math.min(level, last));
    const page = toPage(hits, ordering, args, async () => (await counts()).reduce((sum, { count }) => sum + count, 0));
    return { ...page, counts };
  }

  private asked({ text, filter }: SearchArgs): Asked {
    const query = searchable(text, "text").slice(0, LONGEST);
    const { viewer } = this.context;
    const { primary, fallbacks } = toTsQuery(query);
    const { kinds, within, topic } = filter ?? {};
    const sources = SEARCH_SOURCES.filter(
      (source) => (!kinds || kinds.includes(source.kind)) && (!topic || source.topic !== undefined) && (!within || isStorable(within)),
    ).map((source) => ({
      source,
      where: [
        ...source.visible(viewer),
        ...(within ? [source.within(viewer, within)] : []),
        ...(topic && source.topic ? [source.topic(topic)] : []),
      ],
    }));
    const queries = primary === null ? [] : [primary, ...fallbacks.slice(0, SCORES.wider.length)];
    return { key: fold(query), queries, sources };
  }

  private ranked(asked: Asked, level: number, after: readonly unknown[] | null, limit: number): Promise<Row[]> {
    const found = join(
      asked.sources.map((source) => ranked(source, asked, level)),
      " UNION ALL ",
    );
    const following: Condition =
      after === null ? { sql: "", params: [] } : { sql: " WHERE (rank, kind, id) > (?::integer, ?::text, ?::uuid)", params: after };
    const { statement: text, params } = numbered(
      join(
        [around("SELECT kind, id, rank FROM (", found, ") hits"), following, { sql: " ORDER BY rank, kind, id LIMIT ?", params: [limit] }],
        "",
      ),
    );
    return this.context.rows<Row>(text, params);
  }

  /** The records behind the rows, one batch a kind. */
  private async read(rows: readonly Row[], text: string): Promise<Hit[]> {
    const hits = await Promise.all(
      rows.map(async (row): Promise<Hit | null> => {
        const source = SEARCH_SOURCES.find(({ kind }) => kind === row.kind)!;
        const record = await source.read(this.context, row.id);
        if (record === null) return null;
        const { snippet, found } = snippetOf(source.texts(record as never), text.slice(0, LONGEST));
        const score = -row.rank;
        const node = { ...record, __typename: source.typename } as never;
        return { ...row, node, score: score / 1_000, matched: matchOf(score, found), snippet };
      }),
    );
    return hits.filter((hit) => hit !== null);
  }

  private async counts({ queries, sources }: Asked, level: number): Promise<SearchCount[]> {
    const query = queries[level];
    if (query === undefined || sources.length === 0) return [];
    const counting = sources.map(({ source, where }) =>
      around(
        `SELECT '${source.kind}'::text AS kind, count(*)::integer AS count FROM (SELECT DISTINCT id FROM (SELECT ${source.id} AS id FROM ${source.from} WHERE `,
        all({ sql: `${source.vector} @@ ?::tsquery`, params: [query] }, where),
        ` LIMIT ${COUNTED + 1}) found) counted`,
      ),
    );
    const { statement: text, params } = numbered(join(counting, " UNION ALL "));
    const rows = await this.context.rows<{ kind: SearchKind; count: number }>(text, params);
    const order = (kind: SearchKind): number => SEARCH_SOURCES.findIndex((source) => source.kind === kind);
    return rows
      .sort((a, b) => order(a.kind) - order(b.kind))
      .map(({ kind, count }) => ({ kind, count: Math.min(count, COUNTED), more: count > COUNTED }));
  }
}
