import { holds, isPlatform, type Viewer } from "@gongjian/subgraph";

/** Administrators of the whole platform revoke tokens: a token is good everywhere. */
export const canRevokeTokens = (viewer: Viewer): boolean => holds(viewer, ["ADMIN"], []);

/** The platform alone asks whether a token is revoked, when one is shown to it. */
export const canAskForRevocation = (viewer: Viewer): boolean => isPlatform(viewer);
