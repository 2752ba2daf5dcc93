import type { Role, Viewer } from "../identity";
import { forbidden, unauthenticated } from "../errors";

/** The scopes a record lies in, e.g. `region:510116`, `community:<uuid>`: a membership in any of them, or in `*`, reaches it. */
export type Scopes = readonly string[];

export const regionScope = (code: string): string => `region:${code}`;
export const communityScope = (id: string): string => `community:${id}`;
export const organisationScope = (id: string): string => `organisation:${id}`;

/** Whether the viewer holds one of the roles over one of the scopes. Pure. */
export const holds = (viewer: Viewer, roles: readonly Role[], scopes: Scopes): boolean =>
  viewer.memberships.some((m) => roles.includes(m.role) && (m.scope === "*" || scopes.includes(m.scope)));

/** The role under which the viewer acts, for the audit; PUBLIC when none fits. */
export const actingRole = (viewer: Viewer, roles: readonly Role[], scopes: Scopes): Role =>
  viewer.memberships.find((m) => roles.includes(m.role) && (m.scope === "*" || scopes.includes(m.scope)))?.role ?? "PUBLIC";

/** The scopes of one kind (`region`, `community`, `organisation`) in which the viewer holds one of the roles, without the prefix; `all` for `*`. */
export const scopesOf = (viewer: Viewer, roles: readonly Role[], kind: string): { all: boolean; ids: string[] } => ({
  all: viewer.memberships.some((m) => roles.includes(m.role) && m.scope === "*"),
  ids: viewer.memberships
    .filter((m) => roles.includes(m.role) && m.scope.startsWith(`${kind}:`))
    .map((m) => m.scope.slice(kind.length + 1)),
});

/** Lets the work go on, or says why not: a stranger is asked to sign in, anybody else is refused. */
export function ensure(viewer: Viewer, allowed: boolean): void {
  if (!allowed) throw viewer.subject === "anonymous" ? unauthenticated() : forbidden();
}

/** The first of the roles that the viewer holds anywhere; PUBLIC when none. Lists are decided row by row, but sent under one role. */
export const roleAmong = (viewer: Viewer, roles: readonly Role[]): Role =>
  viewer.memberships.find((membership) => roles.includes(membership.role))?.role ?? "PUBLIC";

/** Lets a list in at the door only from somebody who may write at least some rows of the kind. */
export const ensureAmong = (viewer: Viewer, roles: readonly Role[]): void => ensure(viewer, roleAmong(viewer, roles) !== "PUBLIC");

const declared = new Map<string, string>();

/**
 * Declares on a root field or mutation who may call it: `@Access("OFFICER of the round's region")` when the service
 * checks with `ensure`, `@PublicBecause("published rounds are public")` when nobody is refused. A test fails for a
 * root field that declares neither.
 */
const declare =
  (kind: string) =>
  (reason: string): MethodDecorator =>
  (target, name) => {
    declared.set(`${target.constructor.name}.${String(name)}`, `${kind}: ${reason}`);
  };
export const Access = declare("guarded");
export const PublicBecause = declare("public");
export const declaredAccess = (): ReadonlyMap<string, string> => declared;
