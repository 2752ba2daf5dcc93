import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSettings } from "@gongjian/settings";
import { inProcessEndpoint, LOCAL_ISSUER, type Column, type Peers, type SubgraphEndpoint } from "@gongjian/subgraph";
import { createTestDatabase, someone, type TestDatabase } from "@gongjian/testing";
import type { ExecutionResult, GraphQLSchema } from "graphql";
import { pino } from "pino";
import { openLocalIssuer } from "../../src/platform/identity";
import { openAllInOne } from "../../src/platform/platform";
import { SUBGRAPHS } from "../../src/platform/subgraphs";
import { COLUMNS, PUBLIC, type Data } from "./ground";
import { tell } from "./story";

export interface Answer {
  data: Data;
  errors: readonly { message: string; path?: readonly (string | number)[]; extensions?: { code?: string } }[];
  text: string;
}

export interface Town {
  database: TestDatabase;
  /** The schema that clients see. */
  api: GraphQLSchema;
  /** The subgraphs themselves, as the gateway asks them. */
  subgraphs: ReadonlyMap<string, { schema: GraphQLSchema; endpoint: SubgraphEndpoint }>;
  /** Asks the gateway over HTTP with the column's token. */
  ask(column: Column, query: string, variables?: object): Promise<Answer>;
  /** Asks one subgraph as the gateway does, or as somebody who comes to it themselves. */
  askSubgraph(name: string, column: Column, query: string, variables?: object, isDirect?: boolean): Promise<Answer>;
  close(): Promise<void>;
}

/** The whole platform over a database of its own, with the story told. Limits are those of no client: one document asks for much. */
export async function openTown(): Promise<Town> {
  const database = await createTestDatabase({ subgraphs: SUBGRAPHS as never });
  const settings = readSettings({
    NODE_ENV: "test",
    DATA_DIR: mkdtempSync(join(tmpdir(), "gongjian-test-")),
    LOG_LEVEL: "silent",
    PORT: "0",
    MAX_TOKENS: "20000",
    MAX_ALIASES: "1000",
    MAX_DEPTH: "100",
    MAX_COST: "100000000",
  });
  const platform = await openAllInOne(settings, undefined, pino({ level: "silent" }), ({ name }) => database.open(name));
  const url = `${await platform.gateway.listen(0)}/graphql`;
  const issuer = await openLocalIssuer(settings);
  const tokens = new Map<Column, string>();
  for (const column of COLUMNS)
    if (column !== PUBLIC) tokens.set(column, await issuer.mint({ ...column.viewer, memberships: [...column.viewer.memberships] }, 600));

  const peers: Peers = {};
  const subgraphs = new Map<string, { schema: GraphQLSchema; endpoint: SubgraphEndpoint }>();
  for (const { name, create } of SUBGRAPHS) {
    const subgraph = create(await database.open(name), peers, () => undefined);
    const endpoint = inProcessEndpoint(subgraph);
    peers[name] = endpoint;
    subgraphs.set(name, { schema: subgraph.schema, endpoint });
  }
  const answered = (result: ExecutionResult): Answer => {
    const text = JSON.stringify(result);
    const { data, errors } = JSON.parse(text) as Partial<Answer>;
    return { data: data ?? null, errors: errors ?? [], text };
  };
  const town: Town = {
    database,
    api: platform.gateway.schema,
    subgraphs,
    async ask(column, query, variables = {}) {
      const token = tokens.get(column);
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", ...(token !== undefined && { authorization: `Bearer ${token}` }) },
        body: JSON.stringify({ query, variables }),
      });
      const text = await response.text();
      const { data, errors } = JSON.parse(text) as Partial<Answer>;
      return { data: data ?? null, errors: errors ?? [], text };
    },
    async askSubgraph(name, column, query, variables = {}, isDirect = false) {
      const viewer = column === PUBLIC ? someone.public : { issuer: LOCAL_ISSUER, ...column.viewer };
      const call = { viewer, requestId: "test-request", script: null, ...(isDirect && { isDirect }) };
      return answered(await subgraphs.get(name)!.endpoint.execute({ query, variables: { ...variables } }, call));
    },
    async close() {
      await platform.close();
      await database.close();
    },
  };
  await tell(town).catch(async (error: unknown) => {
    await town.close();
    throw error;
  });
  return town;
}
