import { type GraphQLSchema, isObjectType, Kind, parse } from "graphql";
import { Directive } from "type-graphql";

/**
 * How many rows a list without page arguments usually has, for weighing operations: the `@listSize` directive of the GraphQL cost
 * specification (IBM, 2023), which federation hands on. A list that can grow without bound is a connection instead.
 */
export const AssumedSize = (rows: number): MethodDecorator & PropertyDecorator => Directive(`@listSize(assumedSize: ${rows})`);

const EXTENSION = "assumedSize";

/** Reads the `@listSize` directives of an SDL (a subgraph's or the supergraph's) onto the fields of its executable schema. */
export function assumeListSizes(schema: GraphQLSchema, sdl: string): void {
  for (const node of parse(sdl, { noLocation: true }).definitions) {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.OBJECT_TYPE_EXTENSION) continue;
    const type = schema.getType(node.name.value);
    if (!isObjectType(type)) continue;
    for (const field of node.fields ?? []) {
      const directive = field.directives?.find(({ name }) => name.value === "listSize" || name.value.endsWith("__listSize"));
      const size = directive?.arguments?.find(({ name }) => name.value === "assumedSize")?.value;
      const target = type.getFields()[field.name.value];
      if (target && size?.kind === Kind.INT) target.extensions = { ...target.extensions, [EXTENSION]: Number(size.value) };
    }
  }
}

/** The assumed size of a field's list, where one is declared. */
export const assumedSize = (field: { extensions?: Readonly<Record<string, unknown>> | null }): number | undefined => {
  const size = field.extensions?.[EXTENSION];
  return typeof size === "number" ? size : undefined;
};
