import type { ExecutionResult, GraphQLError } from "graphql";
import type { Call } from "../identity";
import { createExecutor } from "./executor";
import type { ExecutableSubgraph, SubgraphRequest } from "./types";

export interface BothWays {
  interpreted: ExecutionResult;
  compiled: ExecutionResult;
  /** What tells the answers apart; empty when they are as good as equal. */
  differences: string[];
}

/**
 * Executes queries with graphql-js and as compiled code, for tests of real subgraphs. The answers must have the same data, to the byte, and
 * explain the same nulls with the same errors. Of several errors below one null either may name any: the specification leaves that open.
 */
export function bothWays(subgraph: ExecutableSubgraph): (request: SubgraphRequest, call: Call) => Promise<BothWays> {
  const interpret = createExecutor(subgraph, { compileAfter: Number.POSITIVE_INFINITY });
  const compile = createExecutor(subgraph, { compileAfter: 1 });
  return async (request, call) => {
    const interpreted = await interpret(request, call);
    const compiled = await compile(request, call);
    return { interpreted, compiled, differences: differencesOf(interpreted, compiled) };
  };
}

function differencesOf(interpreted: ExecutionResult, compiled: ExecutionResult): string[] {
  const differences: string[] = [];
  const [expected, found] = [JSON.stringify(interpreted.data), JSON.stringify(compiled.data)];
  if (expected !== found) differences.push(`data: ${expected} became ${found}`);
  const errors = new Set((interpreted.errors ?? []).map((error) => JSON.stringify(error)));
  for (const error of compiled.errors ?? [])
    if (!errors.has(JSON.stringify(error))) differences.push(`new error: ${JSON.stringify(error)}`);
  const [nulls, explained] = [explainedNulls(interpreted), explainedNulls(compiled)];
  for (const place of nulls) if (!explained.has(place)) differences.push(`null without an error at: ${place}`);
  return differences;
}

/** Where the data is null because of an error. */
function explainedNulls({ data, errors = [] }: ExecutionResult): Set<string> {
  return new Set(errors.map(({ path = [] }: GraphQLError) => path.slice(0, depthOfNull(data, path)).join(".")));
}

function depthOfNull(data: unknown, path: readonly (string | number)[]): number {
  let value = data;
  let depth = 0;
  for (const step of path) {
    if (value === null || value === undefined) return depth;
    value = (value as Record<string | number, unknown>)[step];
    depth += 1;
  }
  return depth;
}
