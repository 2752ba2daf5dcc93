import { getMetadataStorage } from "type-graphql";

/**
 * Rows are plain objects, and no resolver asks for the methods or the class of its parent: a copy of the parent as an instance of its class,
 * which type-graphql would make for each call of a resolver, says nothing more. To be called before a schema is built.
 */
export function takeRowsAsTheyAre(): void {
  for (const param of getMetadataStorage().params) if (param.kind === "root") param.getType = undefined;
}

/**
 * Leaves out the resolvers that only read a property of the row: what executes the schema reads it by itself, and compiled queries without
 * any call. To be called after a schema is built, with its resolvers by type and field.
 */
export function readPropertiesDirectly(resolvers: Record<string, Record<string, unknown>>): void {
  const { objectTypes, fieldResolvers } = getMetadataStorage();
  const nameOf = new Map<unknown, string>(objectTypes.map(({ target, name }) => [target, name]));
  // the storage is the process's: another subgraph may have a class of the same name with a resolver of its own
  const resolved = new Set(fieldResolvers.map(({ getObjectType, methodName }) => `${nameOf.get(getObjectType?.())}.${methodName}`));
  for (const { name: type, fields = [] } of objectTypes) {
    const own = resolvers[type];
    if (!own) continue;
    for (const { name, schemaName, middlewares = [], roles } of fields) {
      if (name === schemaName && middlewares.length === 0 && !roles && !resolved.has(`${type}.${name}`)) delete own[name];
    }
  }
}
