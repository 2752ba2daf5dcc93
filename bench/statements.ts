import { countStatements } from "@gongjian/database";
import { Client } from "pg";
import { askInProcess } from "../cli/src/import/ask";
import type { Installation } from "./installation";
import { needs, ROUND } from "./queries";
import type { Row } from "./table";

const SIZES = [5, 20, 100];

/** The demo's round has 60 needs; the same ones once more make a page of a hundred. */
const DOUBLE = `INSERT INTO matching.need SELECT (jsonb_populate_record(n, jsonb_build_object('id', gen_random_uuid(), 'key', n.key || '-again'))).*
  FROM matching.need n JOIN matching.round r ON r.id = n.round_id WHERE r.key = $1`;

interface Answer {
  roundByKey: { needs: { nodes: unknown[] } };
}

/** How many SQL statements the federated query sends for pages of several sizes, over all three subgraphs. */
export async function statements({ adminUrl, open }: Installation): Promise<Row[]> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(DOUBLE, [ROUND]).finally(() => client.end());
  const platform = await open(adminUrl);
  try {
    const ask = askInProcess(platform, { subject: "bench", memberships: [] });
    const counters = new Map([...platform.databases].map(([name, database]) => [name, countStatements(database)]));
    const totals: number[] = [];
    const rows: Row[] = [];
    for (const size of SIZES) {
      for (const counter of counters.values()) counter.reset();
      const { query, variables } = needs(size);
      const { nodes } = (await ask<Answer>(query, variables)).roundByKey.needs;
      if (nodes.length !== size) throw new Error(`The round has ${nodes.length} needs and not ${size}`);
      const total = [...counters.values()].reduce((sum, counter) => sum + counter.count(), 0);
      totals.push(total);
      rows.push({
        name: `SQL statements for ${size} needs with two entity hops`,
        value: String(total),
        target: { text: "does not grow", met: total <= totals[0]! },
        note: [...counters].map(([name, counter]) => `${name} ${counter.count()}`).join(", "),
      });
    }
    return rows;
  } finally {
    await platform.close();
  }
}
