import { createHash } from "node:crypto";
import {
  type DocumentNode,
  GraphQLError,
  Kind,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
} from "graphql";
import { LRUCache } from "lru-cache";
import { withoutSuggestion } from "../../errors";
import { type CacheSizes, sizesOf } from "../caches";
import type { SubgraphRequest } from "../types";
import { type Cost, costsOf, type Variables } from "./cost";
import { rootFieldsOf, type Shape, shapeOf } from "./shape";

/** What an operation of a client's may be. The same for the gateway, and for a subgraph that is asked without it. */
export interface OperationLimits {
  /** Whether it may read the schema. */
  introspection: boolean;
  /** Lexical tokens of a document. */
  maxTokens: number;
  /** Levels of fields. */
  maxDepth: number;
  /** Aliases, and repetitions of a field; fragments expanded. */
  maxAliases: number;
  maxRootFields: number;
  /** Directives in a document. */
  maxDirectives: number;
  /** Fields that it may answer with, lists at their page size. */
  maxCost: number;
  /** Rows that cost counts for a list that names no page size. */
  defaultListSize: number;
}

/** What the settings are when nothing else is set. */
export const DEFAULT_LIMITS: Readonly<OperationLimits> = {
  introspection: true,
  maxTokens: 2_000,
  maxDepth: 16,
  maxAliases: 30,
  maxRootFields: 20,
  maxDirectives: 50,
  maxCost: 50_000,
  defaultListSize: 20,
};

interface Operation {
  hash: string;
  document: DocumentNode;
}

const MAX_OPERATIONS = 1_000;
const MAX_CHARACTERS = 16_000_000;
const MAX_VALIDATION_ERRORS = 20;

/** Documents that were read, measured against the limits and validated, once each. Bounded in number and in length. */
export class OperationStore {
  private readonly byText: LRUCache<string, Operation>;
  private readonly byHash = new Map<string, DocumentNode>();
  private readonly costs = new WeakMap<DocumentNode, ReadonlyMap<string, Cost>>();
  private readonly rootFields = new WeakMap<DocumentNode, ReadonlyMap<string, number>>();
  private readonly rules;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly limits: OperationLimits,
  ) {
    this.rules = limits.introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
    this.byText = new LRUCache({
      max: MAX_OPERATIONS,
      maxSize: MAX_CHARACTERS,
      sizeCalculation: (_, text) => text.length || 1,
      dispose: ({ hash }) => this.byHash.delete(hash),
    });
  }

  /** Takes a document in; the errors say why not. Every limit is checked before anything that takes more than linear time. */
  admit(text: string): readonly GraphQLError[] {
    const taken = this.take(text);
    return "document" in taken ? [] : taken;
  }

  private take(text: string): Operation | readonly GraphQLError[] {
    const known = this.byText.get(text);
    if (known) return known;
    const document = this.read(text);
    if (document instanceof GraphQLError) return [document];
    if (document.definitions.some((node) => node.kind === Kind.OPERATION_DEFINITION && node.operation === "subscription")) {
      return [new GraphQLError("Subscriptions are not served here", { extensions: { code: "SUBSCRIPTIONS_NOT_SUPPORTED" } })];
    }
    const excess = this.excessOf(shapeOf(document));
    if (excess) return [excess];
    const errors = validate(this.schema, document, this.rules, { maxErrors: MAX_VALIDATION_ERRORS });
    if (errors.length > 0) return errors.map(validationError);
    const operation = { hash: createHash("sha256").update(text).digest("hex"), document };
    this.byText.set(text, operation);
    // a text that is too long to be kept is read again each time
    if (this.byText.has(text)) this.byHash.set(operation.hash, document);
    return operation;
  }

  /** All checks of one request at once; the errors say why it is not to be executed. */
  check({ query, operationName, variables }: SubgraphRequest): readonly GraphQLError[] {
    const taken = this.take(query);
    if (!("document" in taken)) return taken;
    const excess = this.excessOfCost(this.costOf(taken.document, operationName, variables));
    return excess ? [excess] : [];
  }

  /** The most fields that an operation of a valid document may answer with. */
  costOf(document: DocumentNode, operationName: string | null | undefined, variables: Variables): number {
    let costs = this.costs.get(document);
    if (!costs) {
      costs = costsOf(document, this.schema, this.limits.defaultListSize);
      this.costs.set(document, costs);
    }
    return (operationName ? costs.get(operationName) : costs.values().next().value)?.(variables) ?? 0;
  }

  /** The root fields of an operation of a valid document, fragments expanded. */
  rootFieldsOf(document: DocumentNode, operationName: string | null | undefined): number {
    let counts = this.rootFields.get(document);
    if (!counts) {
      counts = rootFieldsOf(document);
      this.rootFields.set(document, counts);
    }
    return (operationName ? counts.get(operationName) : counts.values().next().value) ?? 0;
  }

  /** An error when that is more than allowed. */
  excessOfCost(cost: number): GraphQLError | null {
    if (cost <= this.limits.maxCost) return null;
    return tooMuch("OPERATION_TOO_COSTLY", "The operation may return too much; ask for smaller pages", {
      limit: this.limits.maxCost,
      cost,
    });
  }

  /** The documents as Apollo Server's cache: found by hash, they are neither parsed nor validated again. */
  documentStore() {
    return {
      get: async (key: string) => this.byHash.get(key.slice(-64)),
      set: async () => {},
      delete: async () => false,
    };
  }

  sizes(): CacheSizes[string] {
    return sizesOf(this.byText);
  }

  private read(text: string): DocumentNode | GraphQLError {
    const { maxTokens } = this.limits;
    // the parser goes down with brackets, one call within another
    if (hasDeepBrackets(text)) return tooMuch("TOO_DEEP", "The document is nested too deeply", { limit: MAX_BRACKETS });
    try {
      return parse(text, { maxTokens });
    } catch (error) {
      const { message, source, positions } = error as GraphQLError;
      if (message.includes("Parsing aborted")) return tooMuch("TOO_MANY_TOKENS", "The document is too long", { limit: maxTokens });
      return new GraphQLError(withoutSuggestion(message), { source, positions, extensions: { code: "GRAPHQL_PARSE_FAILED" } });
    }
  }

  private excessOf({ depth, aliases, rootFields, directives }: Shape): GraphQLError | null {
    const { maxDepth, maxAliases, maxRootFields, maxDirectives } = this.limits;
    if (depth > maxDepth) return tooMuch("TOO_DEEP", "The operation is nested too deeply", { limit: maxDepth });
    if (aliases > maxAliases)
      return tooMuch("TOO_MANY_ALIASES", "The operation has too many aliases or repeated fields", { limit: maxAliases });
    if (rootFields > maxRootFields)
      return tooMuch("TOO_MANY_ROOT_FIELDS", "The operation has too many root fields", { limit: maxRootFields });
    if (directives > maxDirectives) return tooMuch("TOO_MANY_DIRECTIVES", "The document has too many directives", { limit: maxDirectives });
    return null;
  }
}

/** Brackets of every kind within one another: selections, arguments, values and types together. */
const MAX_BRACKETS = 250;

/** Texts and comments are not told apart: whoever opens so many brackets in one is refused as well. */
function hasDeepBrackets(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text.charCodeAt(i);
    if (character === 0x7b || character === 0x5b || character === 0x28) {
      if (++depth > MAX_BRACKETS) return true;
    } else if (character === 0x7d || character === 0x5d || character === 0x29) depth -= 1;
  }
  return false;
}

function tooMuch(code: string, message: string, details: Record<string, number>): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...details } });
}

function validationError({ message, nodes }: GraphQLError): GraphQLError {
  const isIntrospection = message.startsWith("GraphQL introspection has been disabled");
  const code = isIntrospection ? "INTROSPECTION_DISABLED" : "GRAPHQL_VALIDATION_FAILED";
  return new GraphQLError(isIntrospection ? "Introspection is turned off here" : withoutSuggestion(message), {
    nodes,
    extensions: { code },
  });
}
