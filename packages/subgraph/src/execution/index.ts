export { type BothWays, bothWays } from "./differential";
export { createExecutor, type Executor, type ExecutorOptions } from "./executor";
export { type HttpEndpointOptions, httpEndpoint } from "./http";
export { inProcessEndpoint } from "./in-process";
export type { ExecutableSubgraph, SubgraphEndpoint, SubgraphRequest, TransportCode } from "./types";
