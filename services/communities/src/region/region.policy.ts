import { holds, regionScope, type Scopes, type Viewer } from "@gongjian/subgraph";

/** A region's own scope and those of all that contain or manage it. */
export const scopesOfRegion = (region: { scopeCodes: readonly string[] }): Scopes => region.scopeCodes.map(regionScope);

export const REGION_WRITERS = ["OFFICER", "ADMIN"] as const;

/** Officers of a region, or of one above it, and administrators change it. */
export const canChangeRegion = (viewer: Viewer, scopes: Scopes): boolean => holds(viewer, REGION_WRITERS, scopes);
