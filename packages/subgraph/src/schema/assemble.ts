import type { Database } from "@gongjian/database";
import type { GraphQLSchema } from "graphql";
import type { SubgraphContext } from "../context/context";
import { formatError, type ErrorLog } from "../errors";
import type { ExecutableSubgraph } from "../execution";
import type { Call } from "../identity";

export interface SubgraphAssembly {
  name: string;
  schema: GraphQLSchema;
  sdl: string;
  database: Database;
  log: ErrorLog;
  createContext: (call: Call) => SubgraphContext;
}

/** Puts schema, database and contexts together into a subgraph that can be executed in this process or served. */
export const assembleSubgraph = ({ name, schema, sdl, database, log, createContext }: SubgraphAssembly): ExecutableSubgraph => ({
  name,
  schema,
  sdl,
  createContext,
  formatError: (error, call) => formatError(error, call.requestId, log),
  ping: () => database.ping(),
  close: () => database.close(),
});
