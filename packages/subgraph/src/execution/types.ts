import type { ExecutionResult, GraphQLError, GraphQLFormattedError, GraphQLSchema } from "graphql";
import type { Call } from "../identity";
import type { CacheSizes } from "./caches";

export interface SubgraphRequest {
  query: string;
  variables?: Record<string, unknown> | null;
  operationName?: string | null;
}

/**
 * THE data source of the gateway. The in-process and the HTTP implementation give the same answers: plain JSON values, and errors that hold
 * message, path and extensions only. Failures of the way there are answered as errors with a code too, never thrown.
 */
export interface SubgraphEndpoint {
  readonly name: string;
  execute(request: SubgraphRequest, call: Call): Promise<ExecutionResult>;
  /** The subgraph's SDL with its federation directives. */
  sdl(): Promise<string>;
  /** Resolves when the subgraph can answer, rejects when it cannot. */
  healthy(): Promise<void>;
  /** How full its caches are, where they are in this process. */
  caches?(): CacheSizes;
  close(): Promise<void>;
}

/** A subgraph that can be executed in this process, and served over HTTP. */
export interface ExecutableSubgraph {
  name: string;
  schema: GraphQLSchema;
  sdl: string;
  /** What the resolvers of one request get: the viewer, its loaders, … */
  createContext(call: Call): object;
  /** Masks an error and logs what it masks: what it returns leaves the subgraph. */
  formatError(error: GraphQLError, call: Call): GraphQLFormattedError;
  /** Resolves when the subgraph can answer (its database is there), rejects when it cannot. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Codes of failures on the way to a subgraph. */
export type TransportCode = "SERVICE_UNAVAILABLE" | "SERVICE_TIMEOUT" | "SERVICE_RESPONSE_TOO_LARGE" | "SERVICE_REFUSED";
