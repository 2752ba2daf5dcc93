import { askInProcess } from "../cli/src/import/ask";
import type { Platform } from "../cli/src/platform/platform";
import { median, type Row } from "./table";

const RUNS = 15;
const FIGURES = `statistics { communities communitiesByKind { kind count } residents { sum communities } households { sum } compounds { sum } compoundsOnRecord
  ethnicGroups { atLeast } organisations facilities openSuggestions pairings appointments teams }`;
const ONE = `query One($code: ID!) { region(code: $code) { ${FIGURES} } }`;
const PROVINCES = `query Provinces { regions(filter: { level: PROVINCE }, first: 40) { nodes { code ${FIGURES} } } }`;
const NAMED = [
  ["a street", "510107009"],
  ["a district", "510107"],
  ["a city", "5101"],
  ["a province", "51"],
] as const;

interface Figures {
  statistics: { communities: number };
}

/** What lies in regions of each size, through the gateway in this process; each asked a few times before it counts. */
export async function statistics(platform: Platform, over: string): Promise<Row[]> {
  const ask = askInProcess(platform, { subject: "bench", memberships: [] });
  async function measured(name: string, asked: () => Promise<number>): Promise<Row> {
    const communities = await asked();
    const times: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const start = performance.now();
      await asked();
      times.push(performance.now() - start);
    }
    return {
      name: `Region.statistics of ${name}, over ${over}`,
      value: `${median(times).toFixed(1)} ms`,
      note: `median of ${RUNS}; ${communities.toLocaleString("en")} communities`,
    };
  }
  const rows: Row[] = [];
  for (const [name, code] of NAMED)
    rows.push(
      await measured(name, async () => {
        const { region } = await ask<{ region: Figures | null }>(ONE, { code });
        if (region === null) throw new Error(`There is no region ${code}`);
        return region.statistics.communities;
      }),
    );
  rows.push(
    await measured("all provinces", async () => {
      const { regions } = await ask<{ regions: { nodes: Figures[] } }>(PROVINCES, {});
      return regions.nodes.reduce((sum, node) => sum + node.statistics.communities, 0);
    }),
  );
  return rows;
}
