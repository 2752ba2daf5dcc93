export { type BothWays, bothWays } from "./differential";
export { maySeeSdl } from "./federation";
export { type CacheSizes, sizesOf } from "./caches";
export { createExecutor, type Executor, type ExecutorOptions } from "./executor";
export { type HttpEndpointOptions, httpEndpoint } from "./http";
export { inProcessEndpoint } from "./in-process";
export { costsOf, DEFAULT_LIMITS, type OperationLimits, OperationStore } from "./operations";
export type { ExecutableSubgraph, SubgraphEndpoint, SubgraphRequest, TransportCode } from "./types";
