import type { GraphQLDataSource } from "@apollo/gateway";
import { type Call, RETRY_AFTER_SECONDS, type SubgraphEndpoint, type TransportCode } from "@gongjian/subgraph";
import { type ExecutionResult, GraphQLError } from "graphql";
import type { Breaker } from "./guard";

/** What travels with an operation through the gateway. */
export interface GatewayContext {
  call: Call;
  /** Filled in on the way, for metrics and logs. */
  seen: { operation: string; failed: boolean };
  /** Takes what an operation of this cost and so many writes is worth from the caller's rate limit; absent where there is none. Rejects with RateLimited. */
  charge?(cost: number, writes: number): Promise<void>;
}

/** The gateway's way to a subgraph: hands the call on, answers by the deadline whatever the subgraph does, and at once while the breaker is open. */
export function dataSourceFor(endpoint: SubgraphEndpoint, timeoutMs: number, breaker: Breaker): GraphQLDataSource {
  return {
    async process({ request, context }) {
      const { query = "", variables, operationName } = request;
      const { call } = context as GatewayContext;
      const result = await breaker.run(() => inTime(endpoint.execute({ query, variables, operationName }, call), timeoutMs));
      return (result ?? failed("SERVICE_UNAVAILABLE", "A service cannot be reached", { retryAfter: RETRY_AFTER_SECONDS })) as never;
    },
  };
}

function inTime(result: Promise<ExecutionResult>, timeoutMs: number): Promise<ExecutionResult> {
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => {
      resolve(failed("SERVICE_TIMEOUT", "A service did not answer in time"));
    }, timeoutMs);
    result.then(resolve, reject).finally(() => clearTimeout(deadline));
  });
}

function failed(code: TransportCode, message: string, details: Record<string, unknown> = {}): ExecutionResult {
  return { errors: [new GraphQLError(message, { extensions: { ...details, code } })] };
}
