import { createExecutor, type ExecutorOptions } from "./executor";
import type { ExecutableSubgraph, SubgraphEndpoint } from "./types";

/** A subgraph in the gateway's own process: no HTTP, no JSON, the same answers. */
export function inProcessEndpoint(subgraph: ExecutableSubgraph, options?: ExecutorOptions): SubgraphEndpoint {
  const execute = createExecutor(subgraph, options);
  return {
    name: subgraph.name,
    execute,
    caches: () => execute.caches(),
    sdl: async () => subgraph.sdl,
    healthy: () => subgraph.ping(),
    close: () => subgraph.close(),
  };
}
