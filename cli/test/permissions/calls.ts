import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedOutputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";

export type Operation = "query" | "mutation";
type Field = GraphQLField<unknown, unknown>;

/** The root fields of the API that clients see, each with the kind of operation that it stands in. */
export const rootsOf = (api: GraphQLSchema): [Operation, Field][] =>
  (["query", "mutation"] as const).flatMap((operation) =>
    Object.values((operation === "query" ? api.getQueryType() : api.getMutationType())!.getFields()).map((field): [Operation, Field] => [
      operation,
      field,
    ]),
  );

/** Where a value stands in the variables of a call. */
export type Path = readonly (string | number)[];

/** The variables with another value at a place. */
export function withAt(variables: Record<string, unknown>, path: Path, value: unknown): Record<string, unknown> {
  const copy = structuredClone(variables);
  let at: Record<string | number, unknown> = copy;
  for (const step of path.slice(0, -1)) at = at[step] as Record<string | number, unknown>;
  at[path.at(-1)!] = value;
  return copy;
}

/** How the values of a call are made. */
export interface Maker {
  /** Whether to give what may be left out; `path` is where it would stand. */
  gives(path: Path, type: GraphQLInputType): boolean;
  /** A value of a scalar type. */
  scalar(name: string, path: Path): unknown;
  /** How many items a list gets. */
  length(): number;
  /** Which of so many values of an enum. */
  choose(count: number): number;
}

const DEEPEST = 6;

function valueOf(type: GraphQLInputType, path: Path, maker: Maker): unknown {
  if (isNonNullType(type)) return valueOf(type.ofType, path, maker);
  if (isListType(type)) return Array.from({ length: maker.length() }, (_, index) => valueOf(type.ofType, [...path, index], maker));
  if (isEnumType(type)) return type.getValues()[maker.choose(type.getValues().length)]!.name;
  if (!isInputObjectType(type)) return maker.scalar(type.name, path);
  const given = Object.values(type.getFields()).filter(
    (field) => isNonNullType(field.type) || (path.length < DEEPEST && maker.gives([...path, field.name], field.type)),
  );
  return Object.fromEntries(given.map((field) => [field.name, valueOf(field.type, [...path, field.name], maker)]));
}

/** Fields of a type that ask for nothing, to a few levels: leaves, and what pages hold. */
function selectionOf(api: GraphQLSchema, type: GraphQLNamedOutputType, levels: number): string {
  if (isLeafType(type)) return "";
  if (!isObjectType(type)) return "{ __typename }";
  const asked = Object.values(type.getFields()).filter(({ args }) => !args.some((argument) => isNonNullType(argument.type)));
  const fields = asked.flatMap(({ name, type: inner }) => {
    const named = getNamedType(inner);
    if (isLeafType(named)) return [name];
    return levels > 0 && ["nodes", "pageInfo"].includes(name) ? [`${name} ${selectionOf(api, named, levels - 1)}`] : [];
  });
  return `{ __typename ${fields.join(" ")} }`;
}

/** A call of one root field, with its arguments as variables. */
export function callOf(
  api: GraphQLSchema,
  operation: Operation,
  field: Field,
  maker: Maker,
): { query: string; variables: Record<string, unknown> } {
  const given = field.args.filter(({ name, type }: GraphQLArgument) => isNonNullType(type) || maker.gives([name], type));
  const variables = Object.fromEntries(given.map(({ name, type }) => [name, valueOf(type, [name], maker)]));
  const declared = given.map(({ name, type }) => `$${name}: ${String(type)}`).join(" ");
  const passed = given.map(({ name }) => `${name}: $${name}`).join(" ");
  const wrap = (text: string) => (given.length > 0 ? `(${text})` : "");
  return {
    query: `${operation} ${wrap(declared)} { ${field.name} ${wrap(passed)} ${selectionOf(api, getNamedType(field.type), 2)} }`,
    variables,
  };
}

/** Every place of a field's arguments that takes an id. */
export function idsOf(field: Field): Path[] {
  const found: Path[] = [];
  const visit = (type: GraphQLInputType, path: Path): void => {
    if (isNonNullType(type)) return visit(type.ofType, path);
    if (isListType(type)) return visit(type.ofType, [...path, 0]);
    if (isInputObjectType(type)) {
      if (path.length >= DEEPEST) return;
      for (const inner of Object.values(type.getFields())) visit(inner.type, [...path, inner.name]);
    } else if (getNamedType(type).name === "ID") found.push(path);
  };
  for (const { name, type } of field.args) visit(type, [name]);
  return found;
}
