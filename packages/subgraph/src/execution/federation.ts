import { type GraphQLFieldResolver, type GraphQLSchema, isUnionType } from "graphql";
import { badInput, forbidden, PublicError } from "../errors";
import { type Call, isGranted, type Viewer } from "../identity";

const SDL_ROLES = new Set(["ADMIN"]);
const guarded = new WeakSet<GraphQLSchema>();
const callOfContext = new WeakMap<object, Call>();
const askedSoFar = new WeakMap<object, number>();

/** Remembers on whose behalf a context was made, for the guards below. */
export function noteCall<C extends object>(context: C, call: Call): C {
  callOfContext.set(context, call);
  return context;
}

/** The subgraph's SDL is read by the platform, by administrators, and by services that are granted `sdl`: it says how the whole is built. */
export const maySeeSdl = (viewer: Viewer): boolean =>
  isGranted(viewer, "sdl") || viewer.memberships.some(({ role, scope }) => SDL_ROLES.has(role) && scope === "*");

/**
 * Guards the two root fields that federation adds, whatever way they are asked: `_service` by who asks, `_entities` by what is asked for.
 * At most `maxRepresentations` entities are taken in one request, all its `_entities` fields together, each of a type that this subgraph has.
 */
export function guardFederation(schema: GraphQLSchema, maxRepresentations: number): void {
  if (guarded.has(schema)) return;
  guarded.add(schema);
  const fields = schema.getQueryType()?.getFields();
  const entity = schema.getType("_Entity");
  const entityTypes = new Set(isUnionType(entity) ? entity.getTypes().map(({ name }) => name) : []);
  if (fields?.["_service"]) before(fields["_service"], (_args, context) => ensureSdl(context));
  if (fields?.["_entities"]) {
    before(fields["_entities"], ({ representations }, context) => {
      const asked = (askedSoFar.get(context) ?? 0) + representations.length;
      askedSoFar.set(context, asked);
      if (asked > maxRepresentations) throw new PublicError("TOO_MANY_ENTITIES", { limit: maxRepresentations });
      const wrong = representations.findIndex((representation) => !entityTypes.has(typenameOf(representation)));
      if (wrong >= 0) {
        const field = `representations.${wrong}.__typename`;
        throw badInput([{ field, code: "UNKNOWN_TYPE", message: "A representation names a type of entity that this service has." }]);
      }
    });
  }
}

function ensureSdl(context: object): void {
  const call = callOfContext.get(context);
  if (!call || !maySeeSdl(call.viewer)) throw forbidden();
}

type Args = { representations: readonly unknown[] };

function before(
  field: { resolve?: GraphQLFieldResolver<unknown, unknown> | undefined },
  check: (args: Args, context: object) => void,
): void {
  const { resolve } = field;
  if (!resolve) return;
  field.resolve = (source, args, context, info) => {
    check(args as Args, context as object);
    return resolve(source, args, context, info);
  };
}

function typenameOf(representation: unknown): string {
  const typename = (representation as { __typename?: unknown } | null)?.__typename;
  return typeof typename === "string" ? typename : "";
}
