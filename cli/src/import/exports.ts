import { TABLES, type RowValues, type TableDefinition } from "@gongjian/importer";
import { Failure } from "../failure";
import type { Ask } from "./ask";

interface Page<T> {
  nodes: T[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

interface Place {
  officialName: string;
  region: { officialName: string; code: string } | null;
}

/** How a list becomes rows again, in the columns of its table. */
interface Export {
  definition: TableDefinition;
  /** What its records belong to: a round by its key, or a region by its code. */
  of: "round" | "within";
  rows: (ask: Ask, of: string) => Promise<RowValues[]>;
}

const PAGE = 100;

async function everyPage<T>(ask: Ask, round: string, field: string, selection: string): Promise<T[]> {
  const query = `query ($key: String!, $first: Int!, $after: String) { roundByKey(key: $key) { list: ${field}(first: $first, after: $after) { nodes { ${selection} } pageInfo { hasNextPage endCursor } } } }`;
  const rows: T[] = [];
  for (let after: string | null = null; ; ) {
    const { roundByKey }: { roundByKey: { list: Page<T> } | null } = await ask(query, { key: round, first: PAGE, after });
    if (!roundByKey) throw new Failure(`There is no round ${round}, or you may not see it.`);
    rows.push(...roundByKey.list.nodes);
    if (!roundByKey.list.pageInfo.hasNextPage) return rows;
    after = roundByKey.list.pageInfo.endCursor;
  }
}

const NEED = `key kind title description fundKind budgetMin budgetMax currency startsOn endsOn tags requiredQualifications beneficiaries quantity illustrative source community { officialName region { officialName code } }`;
const OFFER = `key kinds title description capabilities price currency capacity coverage availableFrom availableTo qualifications cases illustrative source organisation { officialName region { officialName code } }`;

const FACILITY = `key name category state shared wantsOperator formerly exhibitions openingHours address capacity asOf source location { longitude latitude }
  community { identifiers { value } } operator { key officialName }`;

interface FoundFacility {
  location: { longitude: number; latitude: number } | null;
  community: { identifiers: { value: string }[] } | null;
  operator: { key: string | null; officialName: string } | null;
}

/** The facilities of a region, at any depth or managed by it, by name. */
async function facilitiesWithin(ask: Ask, within: string): Promise<RowValues[]> {
  const query = `query ($within: ID!, $first: Int!, $after: String) { region(code: $within) { code } facilities(filter: { within: $within }, first: $first, after: $after) { nodes { ${FACILITY} } pageInfo { hasNextPage endCursor } } }`;
  const rows: RowValues[] = [];
  for (let after: string | null = null; ; ) {
    const { region, facilities }: { region: object | null; facilities: Page<RowValues & FoundFacility> } = await ask(query, {
      within,
      first: PAGE,
      after,
    });
    if (!region) throw new Failure(`There is no region ${within}.`);
    for (const { location, community, operator, ...row } of facilities.nodes)
      rows.push({
        ...row,
        longitude: location?.longitude ?? null,
        latitude: location?.latitude ?? null,
        community: community?.identifiers[0]?.value ?? null,
        operator: operator?.key ?? operator?.officialName ?? null,
      });
    if (!facilities.pageInfo.hasNextPage) return rows;
    after = facilities.pageInfo.endCursor;
  }
}

export const EXPORTS: Record<string, Export> = {
  needs: {
    definition: TABLES.needs as unknown as TableDefinition,
    of: "round",
    rows: async (ask, round) =>
      (await everyPage<RowValues & { community: Place | null }>(ask, round, "needs", NEED)).map(({ community, ...row }) => ({
        ...row,
        round,
        community: community?.officialName ?? null,
        within: community?.region?.code ?? null,
      })),
  },
  offers: {
    definition: TABLES.offers as unknown as TableDefinition,
    of: "round",
    rows: async (ask, round) =>
      (await everyPage<RowValues & { organisation: Place | null }>(ask, round, "offers", OFFER)).map(({ organisation, ...row }) => ({
        ...row,
        round,
        organisation: organisation?.officialName ?? null,
      })),
  },
  facilities: { definition: TABLES.facilities as unknown as TableDefinition, of: "within", rows: facilitiesWithin },
};

export const EXPORT_NAMES = Object.keys(EXPORTS);
