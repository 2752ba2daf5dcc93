import "./plain-exports";
import { ApolloGateway } from "@apollo/gateway";
import type { QueryPlan } from "@apollo/query-planner";
import { ApolloServer, type ApolloServerPlugin, HeaderMap } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { assumeListSizes, type CacheSizes, OperationStore, Refusal, sizesOf, type SubgraphEndpoint } from "@gongjian/subgraph";
import { GraphQLError, type GraphQLSchema } from "graphql";
import { LRUCache } from "lru-cache";
import type { Logger } from "pino";
import { dataSourceFor, type GatewayContext } from "./data-source";
import type { ErrorMask } from "./errors";
import { Breaker, type BreakerState } from "./guard";
import type { GatewaySettings } from "./settings";

// the gateway phones home unless this is set before one is constructed
process.env.APOLLO_TELEMETRY_DISABLED = "1";

const MAX_PERSISTED_CHARACTERS = 16_000_000;
const MAX_PLANS = 1_000;
const MAX_PLAN_CHARACTERS = 32_000_000;

export interface ServerParts {
  supergraphSdl: string;
  endpoints: readonly SubgraphEndpoint[];
  settings: GatewaySettings;
  logger: Logger;
  mask: ErrorMask;
}

export interface FederatedServer {
  apollo: ApolloServer<GatewayContext>;
  operations: OperationStore;
  schema: GraphQLSchema;
  /** One for each subgraph, by name. */
  breakers: ReadonlyMap<string, Breaker>;
  /** How full the caches are, of the subgraphs in this process too. */
  caches(): CacheSizes;
}

/** Apollo Server over Apollo's gateway, with everything off that this gateway does itself or does not want. */
export async function startServer({ supergraphSdl, endpoints, settings, logger, mask }: ServerParts): Promise<FederatedServer> {
  const { breakerFailures: failures, breakerCooldownMs: cooldownMs } = settings;
  const noting = (subgraph: string) => (state: BreakerState) => logger.warn({ subgraph, state }, "the breaker of a subgraph changed");
  const breakers = new Map(endpoints.map(({ name }) => [name, new Breaker({ failures, cooldownMs }, noting(name))]));
  const byName = new Map(endpoints.map((endpoint) => [endpoint.name, endpoint]));
  const plans = new LRUCache<string, QueryPlan>({
    max: MAX_PLANS,
    maxSize: MAX_PLAN_CHARACTERS,
    sizeCalculation: (plan) => JSON.stringify(plan).length,
  });
  const persisted = new LRUCache<string, string>({
    max: settings.maxPersistedQueries,
    maxSize: MAX_PERSISTED_CHARACTERS,
    sizeCalculation: (text) => text.length || 1,
  });
  const gateway = new ApolloGateway({
    supergraphSdl,
    queryPlannerConfig: { cache: { ...keyValue(plans), clear: () => plans.clear() } },
    logger: quiet(logger),
    __exposeQueryPlanExperimental: false,
    buildService: ({ name }) => {
      const endpoint = byName.get(name);
      const breaker = breakers.get(name);
      if (!endpoint || !breaker) throw new Error(`The supergraph has a subgraph ${name}, for which there is no endpoint`);
      return dataSourceFor(endpoint, settings.subgraphTimeoutMs, breaker);
    },
  });
  let schema: GraphQLSchema | undefined;
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => {
    assumeListSizes(apiSchema, supergraphSdl);
    schema = apiSchema;
  });
  // Apollo Server asks for its documents by hash only once it has started, and the store needs the schema that it starts with
  let operations: OperationStore | undefined;
  const documents = () => (operations as OperationStore).documentStore();
  const apollo = new ApolloServer<GatewayContext>({
    gateway,
    logger: quiet(logger),
    nodeEnv: "production",
    introspection: settings.introspection,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: settings.maxTokens },
    persistedQueries: { cache: keyValue(persisted) },
    documentStore: {
      get: (key) => documents().get(key),
      set: () => documents().set(),
      delete: () => documents().delete(),
    },
    formatError: mask.mask,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      watchOperations(() => operations as OperationStore, mask, logger),
    ],
  });
  await apollo.start();
  if (!schema) throw new Error("The gateway started without a schema");
  operations = new OperationStore(schema, settings);
  const store = operations;
  const caches = (): CacheSizes => ({
    operations: store.sizes(),
    persisted_queries: sizesOf(persisted),
    plans: sizesOf(plans),
    ...Object.assign({}, ...endpoints.map((endpoint) => endpoint.caches?.())),
  });
  return { apollo, operations, schema, breakers, caches };
}

/** Notes what an operation was and how it went, and refuses what costs too much. */
function watchOperations(operations: () => OperationStore, mask: ErrorMask, logger: Logger): ApolloServerPlugin<GatewayContext> {
  const hooks = {
    async didResolveOperation({ document, request, operation, contextValue }) {
      if (!operation)
        throw refused("OPERATION_RESOLUTION_FAILURE", "The document has no operation of that name, or several and none was named");
      contextValue.seen.operation = operation.operation;
      const cost = operations().costOf(document, request.operationName, request.variables);
      const error = operations().excessOfCost(cost);
      if (error) throw refused(error.extensions.code as string, error.message, error.extensions);
      if (!contextValue.charge) return;
      const writes = operation.operation === "mutation" ? operations().rootFieldsOf(document, request.operationName) : 0;
      await contextValue.charge(cost, writes).catch(leaveRefused);
    },
    async didEncounterErrors({ errors, contextValue }) {
      contextValue.seen.failed = true;
      mask.belongTo(contextValue.call.requestId, errors);
    },
    async willSendResponse({ response, contextValue }) {
      if (response.body.kind !== "single") return;
      const result = response.body.singleResult;
      if (!result.extensions) return;
      const { valueCompletion, ...extensions } = result.extensions;
      result.extensions = Object.keys(extensions).length > 0 ? extensions : undefined;
      if (valueCompletion === undefined) return;
      const { requestId } = contextValue.call;
      logger.warn({ requestId, problems: messagesOf(valueCompletion) }, "subgraphs disagree: a value that must be there is missing");
      if (result.data !== null || result.errors) return;
      // an answer that is null altogether must say so: the gateway alone would give no error at all
      contextValue.seen.failed = true;
      const error = new GraphQLError("A part of the answer that cannot be left out is missing", {
        extensions: { code: "INCOMPLETE_DATA" },
      });
      result.errors = [mask.mask(error.toJSON(), error)];
    },
  } satisfies Awaited<ReturnType<NonNullable<ApolloServerPlugin<GatewayContext>["requestDidStart"]>>>;
  return { requestDidStart: async () => hooks };
}

/** An error of the client's: without the status Apollo Server would take it for the server's own. */
function refused(code: string, message: string, details: Record<string, unknown> = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { ...details, code, http: { status: 400, headers: new HeaderMap() } } });
}

/** What a guard refuses, in the form in which Apollo Server passes status and headers on. */
function leaveRefused(error: unknown): never {
  if (!(error instanceof Refusal)) throw error;
  const http = { status: error.status, headers: new HeaderMap(Object.entries(error.headers)) };
  throw new GraphQLError(error.message, { extensions: { code: error.code, http } });
}

function messagesOf(errors: unknown): string[] {
  return Array.isArray(errors) ? errors.slice(0, 5).map((error: Error) => error.message) : [];
}

/** As Apollo wants its caches. */
function keyValue<T extends object | string>(cache: LRUCache<string, T>) {
  return {
    get: async (key: string) => cache.get(key),
    set: async (key: string, value: T) => void cache.set(key, value),
    delete: async (key: string) => cache.delete(key),
  };
}

/** Apollo's own messages: of interest when something is wrong. */
function quiet(logger: Logger) {
  return {
    debug: (message?: unknown) => logger.trace(String(message)),
    info: (message?: unknown) => logger.debug(String(message)),
    warn: (message?: unknown) => logger.warn(String(message)),
    error: (message?: unknown) => logger.error(String(message)),
  };
}
