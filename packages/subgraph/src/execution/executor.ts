import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  getNamedType,
  isAbstractType,
  Kind,
  type OperationDefinitionNode,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { LRUCache } from "lru-cache";
import type { Call } from "../identity";
import { type CacheSizes, sizesOf } from "./caches";
import { type CompiledOperation, compileOperation } from "./compiled";
import { guardFederation, noteCall } from "./federation";
import { plainValue, serializePlainly, watchAsyncTypes } from "./plain-values";
import type { ExecutableSubgraph, SubgraphRequest } from "./types";

export interface ExecutorOptions {
  /** Parsed and validated documents kept. */
  documents?: number;
  /** Compiled documents kept: each holds generated code. */
  compiled?: number;
  /** Executions after which a query is compiled; Infinity: never. Compiling costs about as much as a hundred executions save. */
  compileAfter?: number;
  /** Tokens that a document may have. */
  maxTokens?: number;
  /** Entities that one request may ask for, by `_entities`. The first executor of a schema decides. */
  maxRepresentations?: number;
}

const DEFAULTS: Required<ExecutorOptions> = {
  documents: 1_000,
  compiled: 250,
  compileAfter: 5,
  maxTokens: 10_000,
  maxRepresentations: 20_000,
};

/** Resolves to a result whose data are plain JSON values and whose errors the subgraph has formatted. */
export interface Executor {
  (request: SubgraphRequest, call: Call): Promise<ExecutionResult>;
  caches(): CacheSizes;
}

/** Each cache is bounded by its entries, and by the length of their texts: a document may be as long as a body. */
const MAX_CHARACTERS = 16_000_000;
const byLength = { maxSize: MAX_CHARACTERS, sizeCalculation: (_: unknown, text: string) => text.length || 1 };

interface Prepared {
  document: DocumentNode;
  uses: number;
  /** Names of the abstract types that it selects from. */
  abstractTypes: readonly string[];
  mayCompile: boolean;
}

export function createExecutor(subgraph: ExecutableSubgraph, options: ExecutorOptions = {}): Executor {
  const limits = { ...DEFAULTS, ...options };
  const { schema } = subgraph;
  serializePlainly(schema);
  guardFederation(schema, limits.maxRepresentations);
  const asyncTypes = watchAsyncTypes(schema);
  const documents = new LRUCache<string, Prepared>({ max: limits.documents, ...byLength });
  const compiledQueries = new LRUCache<string, CompiledOperation>({ max: limits.compiled, ...byLength });

  function prepare(source: string): Prepared | readonly GraphQLError[] {
    const known = documents.get(source);
    if (known) return known;
    let document: DocumentNode;
    try {
      document = parse(source, { maxTokens: limits.maxTokens, noLocation: true });
    } catch (error) {
      return [new GraphQLError((error as Error).message, { extensions: { code: "GRAPHQL_PARSE_FAILED" } })];
    }
    const errors = validate(schema, document);
    if (errors.length > 0) {
      return errors.map(({ message }) => new GraphQLError(message, { extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }));
    }
    const operations = document.definitions.filter((node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION);
    const prepared: Prepared = {
      document,
      uses: 0,
      abstractTypes: abstractTypesOf(document),
      // a query can be executed again should its compiled form turn out not to do, a mutation must not be
      mayCompile: operations.length === 1 && operations[0]?.operation === "query",
    };
    documents.set(source, prepared);
    return prepared;
  }

  function abstractTypesOf(document: DocumentNode): string[] {
    const names = new Set<string>();
    const typeInfo = new TypeInfo(schema);
    const note = () => {
      const type = getNamedType(typeInfo.getType());
      if (isAbstractType(type)) names.add(type.name);
    };
    visit(document, visitWithTypeInfo(typeInfo, { Field: note }));
    return [...names];
  }

  function compiledFor(source: string, prepared: Prepared): CompiledOperation | undefined {
    if (!prepared.mayCompile) return undefined;
    const known = compiledQueries.get(source);
    if (known) return known;
    if (++prepared.uses < limits.compileAfter) return undefined;
    const compiled = needsPromises(prepared) ? null : compileOperation(schema, prepared.document);
    if (!compiled) {
      prepared.mayCompile = false;
      return undefined;
    }
    compiledQueries.set(source, compiled);
    return compiled;
  }

  const needsPromises = (prepared: Prepared) => asyncTypes.size > 0 && prepared.abstractTypes.some((name) => asyncTypes.has(name));

  async function run(request: SubgraphRequest, prepared: Prepared, call: Call): Promise<ExecutionResult> {
    const compiled = compiledFor(request.query, prepared);
    if (compiled) {
      const result = await compiled(noteCall(subgraph.createContext(call), call), request.variables);
      if (!needsPromises(prepared)) return result;
      prepared.mayCompile = false;
      compiledQueries.delete(request.query);
    }
    return execute({
      schema,
      document: prepared.document,
      contextValue: noteCall(subgraph.createContext(call), call),
      variableValues: request.variables,
      operationName: request.operationName,
    });
  }

  const executeRequest = async (request: SubgraphRequest, call: Call): Promise<ExecutionResult> => {
    try {
      const prepared = prepare(request.query);
      if ("length" in prepared) return format({ errors: prepared }, subgraph, call);
      const result = await run(request, prepared, call);
      return result.errors ? format(result, subgraph, call) : result;
    } catch (error) {
      return format({ errors: [new GraphQLError("Execution failed", { originalError: error as Error })] }, subgraph, call);
    }
  };
  const caches = () => ({
    [`${subgraph.name}_documents`]: sizesOf(documents),
    [`${subgraph.name}_compiled`]: sizesOf(compiledQueries),
  });
  return Object.assign(executeRequest, { caches });
}

/** The same result with errors as they may leave the subgraph. `data` stays absent where execution did not begin. */
function format(result: ExecutionResult, subgraph: ExecutableSubgraph, call: Call): ExecutionResult {
  const errors = (result.errors ?? []).map((error) => leaving(subgraph.formatError(error, call)));
  return result.data === undefined ? { errors } : { errors, data: result.data };
}

/** An error with message, path and extensions alone: where in the gateway's sub-query it arose means nothing to anyone outside. */
export function leaving(error: Pick<GraphQLError, "message"> & { path?: unknown; extensions?: unknown }): GraphQLError {
  return new GraphQLError(error.message, {
    path: error.path as (string | number)[] | undefined,
    extensions: plainValue(error.extensions) as Record<string, unknown> | undefined,
  });
}
