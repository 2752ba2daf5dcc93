import type { Role, Viewer } from "@gongjian/subgraph";

/** The first of the roles that the viewer holds anywhere; PUBLIC when none. Lists are decided row by row, but sent under one role. */
export const roleAmong = (viewer: Viewer, roles: readonly Role[]): Role =>
  viewer.memberships.find((membership) => roles.includes(membership.role))?.role ?? "PUBLIC";

/** Whether the viewer may send a list at all; each row is then decided by itself. */
export const mayImport = (viewer: Viewer, roles: readonly Role[]): boolean => roleAmong(viewer, roles) !== "PUBLIC";
