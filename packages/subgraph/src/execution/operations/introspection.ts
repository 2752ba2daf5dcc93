import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  Kind,
  type SelectionSetNode,
} from "graphql";

/** Values of the schema about itself that weigh as much as one field of data: they are answered from memory. */
const VALUES_PER_COST = 4;
/** Values that are looked at one by one; the standard introspection query of a schema of 600 types has 37,000. */
const MOST_LOOKED_AT = 150_000;
/** What more than that comes to: more than any limit. */
const UNCOUNTED = 1_000_000_000;
const EVERYTHING = { includeDeprecated: true };

/**
 * What reading the schema costs, counted on the schema itself: aliases and types within types multiply here as anywhere, and an answer of
 * many times the schema would be made and sent at the price of a few fields.
 */
export class IntrospectionCost {
  private readonly known = new WeakMap<SelectionSetNode, WeakMap<object, number>>();
  private left = MOST_LOOKED_AT;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  ) {}

  /** The cost of a root field `__schema` or `__type`; of a `__type` that a variable names, that of the largest type of any kind. Whole. */
  of(node: FieldNode): number {
    if (!node.selectionSet) return 1;
    const asked = node.name.value === "__schema" ? [this.schema] : this.typesNamed(node);
    const meta = this.schema.getType(node.name.value === "__schema" ? "__Schema" : "__Type") as GraphQLObjectType;
    const values = Math.max(0, ...asked.map((source) => this.values(node.selectionSet!, meta, source)));
    return 1 + Math.ceil(values / VALUES_PER_COST);
  }

  private typesNamed(node: FieldNode): GraphQLNamedType[] {
    const name = node.arguments?.find((argument) => argument.name.value === "name")?.value;
    if (name?.kind !== Kind.STRING) return largestTypes(this.schema);
    const type = this.schema.getType(name.value);
    return type ? [type] : [];
  }

  /** Each selection is counted once for each part of the schema: fragments that are spread again and again take no time. */
  private values(set: SelectionSetNode, type: GraphQLObjectType, source: object): number {
    let bySource = this.known.get(set);
    if (!bySource) {
      bySource = new WeakMap();
      this.known.set(set, bySource);
    }
    let found = bySource.get(source);
    if (found === undefined) {
      found = this.count(set, type, source);
      bySource.set(source, found);
    }
    return found;
  }

  private count({ selections }: SelectionSetNode, type: GraphQLObjectType, source: object): number {
    let total = 0;
    for (const node of selections) {
      if (this.left <= 0) return UNCOUNTED;
      if (node.kind === Kind.FIELD) total += this.field(node, type, source);
      else {
        const inner = node.kind === Kind.FRAGMENT_SPREAD ? this.fragments.get(node.name.value)?.selectionSet : node.selectionSet;
        if (inner) total += this.values(inner, type, source);
      }
    }
    return total;
  }

  private field(node: FieldNode, type: GraphQLObjectType, source: object): number {
    this.left -= 1;
    const field = type.getFields()[node.name.value];
    const inner = field && getNamedType(field.type);
    if (!field?.resolve || !node.selectionSet || !isObjectType(inner)) return 1;
    // graphql-js's own resolvers read the schema and nothing else
    const value: unknown = field.resolve(source, EVERYTHING, undefined, { schema: this.schema } as never);
    const rows = (Array.isArray(value) ? value : [value]).filter((row): row is object => typeof row === "object" && row !== null);
    return rows.reduce((sum, row) => sum + this.values(node.selectionSet!, inner, row), 1);
  }
}

/** The types with the most fields, inputs, values and members: none of the schema has more of anything. */
function largestTypes(schema: GraphQLSchema): GraphQLNamedType[] {
  const types = Object.values(schema.getTypeMap());
  const sizes: ((type: GraphQLNamedType) => number)[] = [
    (type) => (isObjectType(type) || isInterfaceType(type) ? Object.keys(type.getFields()).length : 0),
    (type) => (isObjectType(type) || isInterfaceType(type) ? type.getInterfaces().length : 0),
    (type) => (isInputObjectType(type) ? Object.keys(type.getFields()).length : 0),
    (type) => (isEnumType(type) ? type.getValues().length : 0),
    (type) => (isUnionType(type) || isInterfaceType(type) ? schema.getPossibleTypes(type).length : 0),
  ];
  return sizes.map((sizeOf) => types.reduce((most, type) => (sizeOf(type) > sizeOf(most) ? type : most)));
}
