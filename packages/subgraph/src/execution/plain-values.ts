import { type GraphQLSchema, isAbstractType, isScalarType, isSpecifiedScalarType } from "graphql";

const wrapped = new WeakSet<object>();

/**
 * A leaf as JSON would carry it. A scalar may serialise to a Date, or to an object that the resolver still holds: without the round trip an
 * answer in-process would differ from the one over HTTP, and the gateway, which merges results in place, could change the resolver's object.
 */
export function plainValue(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const json = JSON.stringify(value);
  return json === undefined ? null : JSON.parse(json);
}

/** Makes the custom scalars of a schema serialise to plain JSON values, in place and once. */
export function serializePlainly(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isScalarType(type) || isSpecifiedScalarType(type) || wrapped.has(type)) continue;
    wrapped.add(type);
    const serialize = type.serialize;
    type.serialize = (value) => plainValue(serialize.call(type, value));
  }
}

const ASYNC_FUNCTION = (async () => {}).constructor;

/**
 * The names of abstract types whose resolveType answers with a promise, which compiled queries cannot wait for. Known in advance for async
 * functions; others are noticed, and added to the set, when they first do.
 */
export function watchAsyncTypes(schema: GraphQLSchema): ReadonlySet<string> {
  const asyncTypes = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isAbstractType(type) || !type.resolveType) continue;
    const resolveType = type.resolveType;
    if (resolveType instanceof ASYNC_FUNCTION) asyncTypes.add(type.name);
    type.resolveType = (...args) => {
      const resolved = resolveType.apply(type, args);
      if (typeof (resolved as PromiseLike<unknown> | undefined)?.then === "function") asyncTypes.add(type.name);
      return resolved;
    };
  }
  return asyncTypes;
}
