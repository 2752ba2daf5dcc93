import { roleAmong, type Role, type Viewer } from "@gongjian/subgraph";

/** Whether the viewer may send a list at all; each row is then decided by itself. */
export const mayImport = (viewer: Viewer, roles: readonly Role[]): boolean => roleAmong(viewer, roles) !== "PUBLIC";
