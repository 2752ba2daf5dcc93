import { getNamedType, isObjectType, isUnionType, type GraphQLNamedType, type GraphQLObjectType, type GraphQLSchema } from "graphql";
import { SHOWN, type ConceptPermissions } from "./permissions";

const WHERE = "services/<name>/src/<concept>/<concept>.permissions.ts, listed in services/<name>/src/permissions.ts";

const connected = (name: string): string => name.replace(/(?:Connection|Edge)$/u, "");

const membersOf = (type: GraphQLNamedType): GraphQLObjectType[] =>
  isUnionType(type) ? [...type.getTypes()] : isObjectType(type) ? [type] : [];

/** The object types that a reader can come to, from root queries and from entities. */
function readable(schema: GraphQLSchema): Set<string> {
  const found = new Set<string>();
  const visit = (type: GraphQLObjectType): void => {
    if (found.has(type.name)) return;
    found.add(type.name);
    for (const field of Object.values(type.getFields())) membersOf(getNamedType(field.type)).forEach(visit);
  };
  const query = schema.getQueryType();
  if (query) for (const field of Object.values(query.getFields())) membersOf(getNamedType(field.type)).forEach(visit);
  return found;
}

/**
 * What a subgraph lets people reach without a row in the table of permissions, in sentences that say what to write and where.
 * @param own the subgraph's concepts
 * @param foreign the names of the other subgraphs' concepts, which appear here as stubs
 * @param declared what the decorators `@Access` and `@PublicBecause` say, by `Class.field`
 */
export function missingPermissions(
  schema: GraphQLSchema,
  own: readonly ConceptPermissions[],
  foreign: ReadonlySet<string>,
  declared: ReadonlyMap<string, string>,
): string[] {
  const problems: string[] = [];
  const operations = new Map(own.flatMap((concept) => Object.entries(concept.operations)));
  const kinds = new Map([...declared].map(([name, text]) => [name.slice(name.indexOf(".") + 1), text.slice(0, text.indexOf(":"))]));
  const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((type) => Object.keys(type?.getFields() ?? {}));
  for (const name of roots.filter((root) => !root.startsWith("_"))) {
    const entry = operations.get(name);
    operations.delete(name);
    if (entry === undefined) {
      problems.push(
        `${name} has no policy in the table: add it to \`operations\` of its concept (${WHERE}), as SHOWN or as those("policyFunction", …).`,
      );
      continue;
    }
    const open = entry === SHOWN || (!Array.isArray(entry) && (entry as { policy: string }).policy === "public");
    const kind = kinds.get(name);
    if (kind === undefined) problems.push(`${name} declares neither @Access nor @PublicBecause beside its resolver.`);
    else if ((kind === "public") !== open)
      problems.push(`${name} is ${kind} by its decorator but ${open ? "public" : "guarded"} in the table: one of them is wrong.`);
  }
  for (const name of operations.keys()) problems.push(`${name} stands in the table of permissions, but there is no such root field.`);

  const concepts = new Set(own.map(({ concept }) => concept));
  const parts = new Set(own.flatMap((concept) => [concept.concept, ...(concept.parts ?? [])]));
  const known = (name: string): boolean => parts.has(name) || foreign.has(name) || name === "PageInfo" || name.startsWith("_");
  for (const name of readable(schema))
    if (!known(name) && !known(connected(name)))
      problems.push(
        `${name} can be read and has no policy: give it permissions (${WHERE}) with the states that hide it, or name it among the \`parts\` of the concept that holds it.`,
      );
  const entities = schema.getType("_Entity");
  if (entities && isUnionType(entities))
    for (const { name } of entities.getTypes())
      if (!concepts.has(name) && !foreign.has(name))
        problems.push(`${name} is found again by reference and has no policy: give it permissions of its own (${WHERE}).`);
  for (const concept of own)
    for (const field of Object.keys(concept.fields ?? {})) {
      const [type = "", name = ""] = field.split(".");
      const found = schema.getType(type);
      if (!isObjectType(found) || !found.getFields()[name])
        problems.push(`${field} stands in the table of permissions, but there is no such field.`);
    }
  return problems;
}
