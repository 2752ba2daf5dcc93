import type { GraphQLDataSource } from "@apollo/gateway";
import type { Call, SubgraphEndpoint } from "@gongjian/subgraph";
import { type ExecutionResult, GraphQLError } from "graphql";

/** What travels with an operation through the gateway. */
export interface GatewayContext {
  call: Call;
  /** Filled in on the way, for metrics and logs. */
  seen: { operation: string; failed: boolean };
}

/** The gateway's way to a subgraph: hands the call on, and answers by the deadline whatever the subgraph does. */
export function dataSourceFor(endpoint: SubgraphEndpoint, timeoutMs: number): GraphQLDataSource {
  return {
    async process({ request, context }) {
      const { query = "", variables, operationName } = request;
      const { call } = context as GatewayContext;
      return (await inTime(endpoint.execute({ query, variables, operationName }, call), timeoutMs)) as never;
    },
  };
}

function inTime(result: Promise<ExecutionResult>, timeoutMs: number): Promise<ExecutionResult> {
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => {
      resolve({ errors: [new GraphQLError("A service did not answer in time", { extensions: { code: "SERVICE_TIMEOUT" } })] });
    }, timeoutMs);
    result.then(resolve, reject).finally(() => clearTimeout(deadline));
  });
}
