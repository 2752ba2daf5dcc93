import "reflect-metadata";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { printSchemaWithDirectives } from "@graphql-tools/utils";
import {
  defaultFieldResolver,
  getNamedType,
  isObjectType,
  parse,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from "graphql";
import { buildSchemaSync, createResolversMap, type ClassType, type NonEmptyArray } from "type-graphql";
import type { SubgraphContext } from "../context/context";
import { assumeListSizes } from "./list-size";
import { readPropertiesDirectly, takeRowsAsTheyAre } from "./plain-rows";

const FEDERATION = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@inaccessible", "@listSize"])`;

/** Resolves one representation of an entity to its record, or to null where it is missing or hidden. */
export type ReferenceResolver<C> = (reference: never, context: C, info: GraphQLResolveInfo) => unknown;

export interface SchemaParts<C> {
  /** The classes with root queries, mutations and field resolvers. */
  resolvers: NonEmptyArray<Function>;
  /** Types that no query of this subgraph returns, but whose fields it adds to (stubs of foreign entities). */
  orphanedTypes?: ClassType[];
  /** How each entity of this subgraph is found again, by type name. */
  references: Record<string, ReferenceResolver<C>>;
}

/** Builds the executable federated schema of a subgraph and the SDL that is committed and composed. */
export function buildSchema<C extends SubgraphContext>(parts: SchemaParts<C>): { schema: GraphQLSchema; sdl: string } {
  takeRowsAsTheyAre();
  const plain = buildSchemaSync({
    resolvers: parts.resolvers,
    ...(parts.orphanedTypes && { orphanedTypes: parts.orphanedTypes }),
    skipCheck: true,
    validate: { forbidUnknownValues: false, validationError: { target: false, value: false } },
  });
  const sdl = `${FEDERATION}\n\n${printSchemaWithDirectives(plain)}\n`;
  const map = createResolversMap(plain) as Record<string, Record<string, unknown>>;
  readPropertiesDirectly(map);
  for (const resolvers of Object.values(map)) {
    // Rows are plain objects, so that types are told by `__typename` and never by class.
    delete resolvers["__isTypeOf"];
    if ("__resolveType" in resolvers) resolvers["__resolveType"] = (value: { __typename?: string }) => value.__typename;
  }
  for (const [type, resolve] of Object.entries(parts.references)) {
    if (!map[type]) throw new Error(`No type ${type} for its reference resolver`);
    map[type]["__resolveReference"] = async (reference: never, context: C, info: GraphQLResolveInfo) => {
      const record = await resolve(reference, context, info);
      return record === null || record === undefined ? null : { __typename: type, ...(record as object) };
    };
  }
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: map as never }]);
  answerInScript(schema);
  assumeListSizes(schema, sdl);
  return { schema, sdl };
}

/** Lets every field of type HanText answer in the script that the request asked for. */
function answerInScript(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    for (const field of Object.values(type.getFields())) {
      if (getNamedType(field.type).name === "HanText") field.resolve = inScript(field.resolve ?? defaultFieldResolver);
    }
  }
}

const convert = (value: unknown, context: SubgraphContext): unknown =>
  typeof value === "string" ? context.inScript(value) : Array.isArray(value) ? value.map((item) => convert(item, context)) : value;

const isPromise = (value: unknown): value is Promise<unknown> => typeof (value as { then?: unknown } | null)?.then === "function";

const inScript =
  (resolve: GraphQLFieldResolver<unknown, SubgraphContext>): GraphQLFieldResolver<unknown, SubgraphContext> =>
  (source, args, context, info) => {
    const value = resolve(source, args, context, info);
    if (context.script === null) return value;
    return isPromise(value) ? value.then((settled) => convert(settled, context)) : convert(value, context);
  };
