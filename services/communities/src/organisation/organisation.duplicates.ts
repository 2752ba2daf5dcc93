import { statement } from "@gongjian/database";
import { badInput, checkNumber, isStorable, notFound, pageSize, type InputProblem } from "@gongjian/subgraph";
import type { Context } from "../context";
import {
  bodyCode,
  bySureness,
  compared,
  duplicatePairs,
  pairOf,
  regionPrefixes,
  type DuplicatePair,
} from "./organisation.duplicates.rules";
import type { OrganisationDuplicate } from "./organisation.duplicates.type";
import { ORGANISATION_COLUMNS } from "./organisation.service";
import type { Organisation } from "./organisation.type";

/** Organisations of a region that are compared with one another at most. */
const MOST = 1_000;
/** Organisations that one is compared with at most: those that share the most pairs of characters with it. */
const CANDIDATES = 500;

const COLUMNS = `${ORGANISATION_COLUMNS}, coalesce((SELECT array_agg(s.name) FROM region r JOIN region s ON s.code = ANY(r.scope_codes) WHERE r.code = o.region_code), '{}') AS "regionNames"`;
const WITHIN = statement(
  "organisation_duplicates_within",
  `SELECT ${COLUMNS} FROM organisation o WHERE o.merged_into IS NULL AND o.region_code IN (SELECT code FROM region WHERE scope_codes @> ARRAY[$1::text]) ORDER BY o.id LIMIT ${MOST + 1}`,
);
const ONE = statement("organisation_duplicates_one", `SELECT ${COLUMNS} FROM organisation o WHERE o.id = $1::uuid`);
const NEAR = statement(
  "organisation_duplicates_near",
  `(SELECT ${COLUMNS} FROM organisation o WHERE o.id <> $1::uuid AND o.merged_into IS NULL AND substr(o.credit_code, 9, 9) = $3 LIMIT ${CANDIDATES})
   UNION (SELECT ${COLUMNS} FROM organisation o WHERE o.id <> $1::uuid AND o.merged_into IS NULL AND o.search_vector @@ $2::tsquery
     ORDER BY ts_rank(o.search_vector, $2::tsquery) DESC, o.id LIMIT ${CANDIDATES})`,
);

type Row = Organisation & { regionNames: string[] };

export interface DuplicatesArgs {
  id?: string | null;
  within?: string | null;
  atLeast: number;
  first?: number | null;
}

/** Finds organisations that were entered twice. */
export class OrganisationDuplicates {
  constructor(private readonly context: Context) {}

  /** Pairs that may be one body, the surest first: of one organisation, or within a region. At most two statements. */
  async find({ id, within, atLeast, first }: DuplicatesArgs): Promise<OrganisationDuplicate[]> {
    const most = pageSize({ first });
    const problems: InputProblem[] = checkNumber("atLeast", atLeast, { least: 0.5, most: 1 });
    if ((id ? 1 : 0) + (within ? 1 : 0) !== 1)
      problems.push({ field: "within", code: "EXACTLY_ONE", message: "Either an organisation or a region is given." });
    if (problems.length > 0) throw badInput(problems);
    const pairs = id ? await this.ofOne(id, atLeast) : await this.within(within!, atLeast);
    return pairs.slice(0, most).map(({ one, other, reason, likeness }) => {
      const turned = other.id === id?.toLowerCase();
      return {
        organisation: turned ? other : one,
        other: turned ? one : other,
        reason,
        likeness: Math.round(likeness * 1_000) / 1_000,
      };
    });
  }

  private async within(code: string, atLeast: number): Promise<DuplicatePair<Row>[]> {
    const rows = isStorable(code) ? await this.context.rows<Row>(WITHIN, [code]) : [];
    if (rows.length > MOST)
      throw badInput([
        { field: "within", code: "TOO_MANY", message: `At most ${MOST} organisations are compared: ask for a smaller region.` },
      ]);
    return duplicatePairs(rows, prefixesOf(rows), atLeast);
  }

  private async ofOne(id: string, atLeast: number): Promise<DuplicatePair<Row>[]> {
    const known = await this.context.organisations.byId(id);
    if (!known) throw notFound("Organisation");
    const [asked] = await this.context.rows<Row>(ONE, [known.id]);
    if (!asked) throw notFound("Organisation");
    const { stemGrams, coreGrams } = compared(asked, prefixesOf([asked]));
    const grams = (stemGrams.length > 0 ? stemGrams : coreGrams).slice(0, 30);
    // pairs hold neither marks nor spaces: nothing in them is an operator; no pairs, no query, and nothing found by name
    const query = grams.length === 0 ? null : grams.map((gram) => `'${gram}'`).join(" | ");
    const rows = await this.context.rows<Row>(NEAR, [asked.id, query, bodyCode(asked.creditCode)]);
    const prefixes = prefixesOf([asked, ...rows]);
    const now = compared(asked, prefixes);
    return rows
      .map((row) => pairOf(now, compared(row, prefixes), atLeast))
      .filter((pair) => pair !== null)
      .sort(bySureness);
  }
}

const prefixesOf = (rows: readonly Row[]): string[] => regionPrefixes([...new Set(rows.flatMap(({ regionNames }) => regionNames))]);
