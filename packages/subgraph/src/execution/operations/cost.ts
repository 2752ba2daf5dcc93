import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";

import { LARGEST_PAGE } from "../../connection/connection";
import { assumedSize } from "../../schema/list-size";
import { IntrospectionCost } from "./introspection";

/** How many rows: a number, or what a variable of the request will say. */
type Size = number | { variable: string; most: number };
/** A number of fields: `fixed`, and for each part its size times its own terms. */
interface Terms {
  fixed: number;
  parts: readonly { size: Size; terms: Terms }[];
}
/** A selection's cost where it stands, and what it costs again for each row of the connection that it selects from. */
interface Selected {
  once: Terms;
  perRow: Terms;
}

export type Variables = Readonly<Record<string, unknown>> | null | undefined;
/** The most fields that an operation may answer with, given its variables. */
export type Cost = (variables: Variables) => number;

const PAGE_ARGUMENTS = ["first", "last"];
const INTROSPECTING = new Set(["__schema", "__type"]);
const FREE: Terms = { fixed: 0, parts: [] };

/**
 * The cost of each operation of a valid document, by name (an anonymous one by ""). Lists count at the page size asked for with `first` or
 * `last`, at the length of a list that they are asked by (a required argument; an optional list is a filter), at their `@listSize`, or else at `defaultListSize`. Compiled once; without variable page sizes a constant.
 */
export function costsOf(document: DocumentNode, schema: GraphQLSchema, defaultListSize: number): ReadonlyMap<string, Cost> {
  const compiler = new Compiler(document, schema, defaultListSize);
  const costs = new Map<string, Cost>();
  for (const node of document.definitions) {
    if (node.kind !== Kind.OPERATION_DEFINITION) continue;
    const terms = compiler.operation(node);
    const defaults = variableDefaults(node);
    costs.set(node.name?.value ?? "", (variables) =>
      evaluate(terms, (name) => sizeOf(variables?.[name] ?? defaults.get(name), defaultListSize)),
    );
  }
  return costs;
}

class Compiler {
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly compiled = new Map<string, Selected>();
  private readonly introspection: IntrospectionCost;

  constructor(
    document: DocumentNode,
    private readonly schema: GraphQLSchema,
    private readonly defaultListSize: number,
  ) {
    for (const node of document.definitions) if (node.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(node.name.value, node);
    this.introspection = new IntrospectionCost(schema, this.fragments);
  }

  operation(node: OperationDefinitionNode): Terms {
    const root = this.schema.getRootType(node.operation);
    return root ? this.selections(node.selectionSet, root).once : FREE;
  }

  private selections({ selections }: SelectionSetNode, parent: GraphQLNamedType): Selected {
    const once: Terms[] = [];
    const perRow: Terms[] = [];
    for (const node of selections) {
      if (node.kind === Kind.FIELD) {
        const isRows = isConnection(parent) && isListType(getNullableType(this.typeOf(node, parent)?.type));
        (isRows ? perRow : once).push(this.field(node, parent, isRows));
      } else {
        const inner =
          node.kind === Kind.FRAGMENT_SPREAD
            ? this.fragment(node.name.value)
            : this.selections(node.selectionSet, (node.typeCondition && this.schema.getType(node.typeCondition.name.value)) ?? parent);
        once.push(inner.once);
        perRow.push(inner.perRow);
      }
    }
    return { once: sum(once), perRow: sum(perRow) };
  }

  private fragment(name: string): Selected {
    const known = this.compiled.get(name);
    if (known) return known;
    const node = this.fragments.get(name);
    const type = node && this.schema.getType(node.typeCondition.name.value);
    const selected = node && type ? this.selections(node.selectionSet, type) : { once: FREE, perRow: FREE };
    this.compiled.set(name, selected);
    return selected;
  }

  private typeOf(node: FieldNode, parent: GraphQLNamedType): GraphQLField<unknown, unknown> | undefined {
    return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
  }

  private field(node: FieldNode, parent: GraphQLNamedType, countedByParent: boolean): Terms {
    const definition = this.typeOf(node, parent);
    const type = definition && getNamedType(definition.type);
    if (INTROSPECTING.has(node.name.value)) return { fixed: this.introspection.of(node), parts: [] };
    // a leaf, and __typename; a leaf that holds the rows of a connection as wholes weighs its `@listSize` for each of them
    if (!definition || !type || !node.selectionSet || !isCompositeType(type))
      return { fixed: (countedByParent && definition && assumedSize(definition)) || 1, parts: [] };
    const { once, perRow } = this.selections(node.selectionSet, type);
    const size = countedByParent ? 1 : this.rows(node, definition);
    if (isConnection(type)) return sum([{ fixed: 1, parts: [] }, once, times(size, perRow)]);
    return times(size, sum([{ fixed: 1, parts: [] }, once]));
  }

  /** How many rows a field may answer with. */
  private rows(node: FieldNode, definition: GraphQLField<unknown, unknown>): Size {
    if (!isPlural(definition.type)) return 1;
    const page = node.arguments?.find(({ name }) => PAGE_ARGUMENTS.includes(name.value));
    // a larger page is refused by the list itself, which says so more clearly than a cost could
    if (page) return this.sizeOfArgument(page, LARGEST_PAGE);
    const preset = definition.args.find(({ name, defaultValue }) => PAGE_ARGUMENTS.includes(name) && typeof defaultValue === "number");
    if (preset) return preset.defaultValue as number;
    // a list that must be given is what is asked for, one by one; any other only leaves rows out
    const keys = node.arguments?.find(({ name }) => isListOfKeys(definition.args.find((argument) => argument.name === name.value)?.type));
    return keys ? this.sizeOfArgument(keys) : (assumedSize(definition) ?? this.defaultListSize);
  }

  private sizeOfArgument({ value }: ArgumentNode, most = Number.POSITIVE_INFINITY): Size {
    if (value.kind === Kind.VARIABLE) return { variable: value.name.value, most };
    if (value.kind === Kind.INT) return Math.min(most, sizeOf(Number(value.value), this.defaultListSize));
    return value.kind === Kind.LIST ? value.values.length : this.defaultListSize;
  }
}

function isConnection(type: GraphQLNamedType): boolean {
  return type.name.endsWith("Connection");
}

function isPlural(type: GraphQLOutputType): boolean {
  return isListType(getNullableType(type)) || isConnection(getNamedType(type));
}

function isListOfKeys(type: GraphQLInputType | undefined): boolean {
  return isNonNullType(type) && isListType(type.ofType);
}

function variableDefaults({ variableDefinitions = [] }: OperationDefinitionNode): Map<string, number> {
  const defaults = new Map<string, number>();
  for (const { variable, defaultValue } of variableDefinitions) {
    if (defaultValue?.kind === Kind.INT) defaults.set(variable.name.value, Number(defaultValue.value));
  }
  return defaults;
}

function sizeOf(value: unknown, defaultListSize: number): number {
  if (Array.isArray(value)) return value.length;
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : defaultListSize;
}

function sum(all: readonly Terms[]): Terms {
  const fixed = all.reduce((total, terms) => total + terms.fixed, 0);
  return { fixed, parts: all.flatMap(({ parts }) => (parts.length > 1 ? [{ size: 1, terms: { fixed: 0, parts } }] : parts)) };
}

/** Constant parts are folded at once: what remains as parts waits for a variable. */
function times(size: Size, terms: Terms): Terms {
  if (typeof size !== "number") return { fixed: 0, parts: [{ size, terms }] };
  return { fixed: size * terms.fixed, parts: terms.parts.length > 0 ? [{ size, terms: { fixed: 0, parts: terms.parts } }] : [] };
}

function evaluate(terms: Terms, sizeOfVariable: (name: string) => number, known = new Map<Terms["parts"], number>()): number {
  if (terms.parts.length === 0) return terms.fixed;
  let variable = known.get(terms.parts);
  if (variable === undefined) {
    variable = 0;
    for (const { size, terms: inner } of terms.parts) {
      variable +=
        (typeof size === "number" ? size : Math.min(size.most, sizeOfVariable(size.variable))) * evaluate(inner, sizeOfVariable, known);
    }
    known.set(terms.parts, variable);
  }
  return terms.fixed + variable;
}
