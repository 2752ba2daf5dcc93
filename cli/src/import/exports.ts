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

/** How a round's list becomes rows again, in the columns of its table. */
interface Export {
  definition: TableDefinition;
  rows: (ask: Ask, round: string) => Promise<RowValues[]>;
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

export const EXPORTS: Record<string, Export> = {
  needs: {
    definition: TABLES.needs as unknown as TableDefinition,
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
    rows: async (ask, round) =>
      (await everyPage<RowValues & { organisation: Place | null }>(ask, round, "offers", OFFER)).map(({ organisation, ...row }) => ({
        ...row,
        round,
        organisation: organisation?.officialName ?? null,
      })),
  },
};

export const EXPORT_NAMES = Object.keys(EXPORTS);
