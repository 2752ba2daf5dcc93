import {
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";

/** Makes documents over the toys' schema from numbers: the same for the same numbers, so that a failure can be repeated. */
export interface Source {
  /** A number from 0 to below `max`. */
  random(max: number): number;
  /** Whether the document may hold what is not valid. */
  isNoisy: boolean;
}

const pick = <T>(items: readonly T[], { random }: Source): T => items[random(items.length)] as T;

const WRONG_VALUES = ["null", '"x"', "-1", "1e99", "[[]]", "{ a: 1 }", "ENUM", "$v", "$missing", "9999999999", '"\\u0000"', "true"];
const WRONG_FIELDS = ["nothing", "...F", "... on Nothing { id }", "...Missing", "{ id }", "name(first: 1)", "al"];
const DIRECTIVES = ["", "", "", "", "@skip(if: $yes)", "@include(if: true)"];
const WRONG_DIRECTIVES = [...DIRECTIVES, "@defer", "@unknown", "@skip"];
const WRONG_CHARACTERS = ["{", "}", "$", "\u0000", "社", '"', "...", "@", "#", "\ud800"];

/** One operation Q with the variables `yes` (Boolean) and `v` (Labels). */
export function documentOf(schema: GraphQLSchema, source: Source): string {
  const isMutation = source.random(4) === 0;
  const body = selection(schema.getQueryType() as GraphQLObjectType, schema, source, 1 + source.random(3));
  const rooted = body === "" ? "__typename" : body.slice(1, -1);
  const used = "used: echo(labels: $v) @skip(if: $yes) f: community(id: 1) { ...F }";
  const whole = isMutation
    ? `mutation Q($yes: Boolean = false) { r: rename(id: ${literal(idType(schema), source)}, name: "x") { ... on Community ${selection(schema.getType("Community") as GraphQLObjectType, schema, source, 1)} ... on Community { ...F name @skip(if: $yes) } } } fragment F on Community { id }`
    : `query Q($yes: Boolean = false, $v: Labels) { ${used} ${rooted} } fragment F on Community { id ${source.isNoisy && source.random(6) === 0 ? "...F" : ""} }`;
  if (!source.isNoisy || source.random(3) > 0) return whole;
  const at = source.random(whole.length);
  return pick([whole.slice(0, at), `${whole.slice(0, at)}${pick(WRONG_CHARACTERS, source)}${whole.slice(at)}`], source);
}

function idType(schema: GraphQLSchema): GraphQLInputType {
  return schema.getType("ID") as GraphQLInputType;
}

function literal(type: GraphQLInputType, source: Source): string {
  if (source.isNoisy && source.random(6) === 0) return pick(WRONG_VALUES, source);
  if (isNonNullType(type)) return literal(type.ofType, source);
  if (isListType(type)) return `[${Array.from({ length: source.random(4) }, () => literal(type.ofType, source)).join(", ")}]`;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).map((field) => `${field.name}: ${literal(field.type, source)}`);
    return `{ ${fields.join(" ")} }`;
  }
  switch (getNamedType(type).name) {
    case "Int":
      return String(source.random(20));
    case "ID":
      return String(source.random(8));
    case "String":
      return pick(['"x"', '"taken"', '"forbidden"', '"secret"', '"""block"""'], source);
    default:
      return pick(["1", "{ a: [1, { b: null }] }", '"x"'], source);
  }
}

function selection(type: GraphQLOutputType, schema: GraphQLSchema, source: Source, depth: number): string {
  const named = getNamedType(type);
  if (isAbstractType(named)) {
    const parts = schema.getPossibleTypes(named).map((object) => `... on ${object.name} { name_${object.name}: __typename }`);
    return `{ __typename ${parts.join(" ")} }`;
  }
  if (!isObjectType(named)) return "";
  const chosen = new Set(Array.from({ length: 1 + source.random(4) }, () => pick(fieldsOf(named, depth), source)));
  const fields = [...chosen].map((name) => field(named, name, schema, source, depth));
  return `{ ${fields.length > 0 ? fields.join(" ") : "__typename"} }`;
}

/** The fields that may be chosen: leaves alone where it is deep enough. */
function fieldsOf(type: GraphQLObjectType, depth: number): string[] {
  const all = Object.values(type.getFields());
  const leaves = all.filter((candidate) => !isObjectType(getNamedType(candidate.type)) && !isAbstractType(getNamedType(candidate.type)));
  const names = (depth > 0 ? all : leaves).map(({ name }) => name);
  return names.length > 0 ? names : ["__typename"];
}

function field(parent: GraphQLObjectType, name: string, schema: GraphQLSchema, source: Source, depth: number): string {
  if (source.isNoisy && source.random(8) === 0) return pick(WRONG_FIELDS, source);
  const definition = parent.getFields()[name];
  if (!definition) return "__typename";
  const given = definition.args.filter((argument) => isNonNullType(argument.type) || source.random(2) === 0);
  const values = given.map((argument) => `${argument.name}: ${name === "slow" ? source.random(100) : literal(argument.type, source)}`);
  const parameters = values.length > 0 ? `(${values.join(", ")})` : "";
  const directive = pick(source.isNoisy ? WRONG_DIRECTIVES : DIRECTIVES, source);
  return `${name}${parameters} ${directive} ${selection(definition.type, schema, source, depth - 1)}`;
}
