import { holds, regionScope, type Scopes, type Viewer } from "@gongjian/subgraph";
import { roleAmong } from "../roles";

/** The scopes of the region that a series or an event lies in. Without a region only a membership in `*` reaches it. */
export const scopesOfRegion = (record: { regionScopeCodes: readonly string[] }): Scopes => record.regionScopeCodes.map(regionScope);

export const SERIES_WRITERS = ["OFFICER", "ADMIN"] as const;

/** Officers of the region that a series belongs to, and administrators, write it. */
export const canWriteSeries = (viewer: Viewer, scopes: Scopes): boolean => holds(viewer, SERIES_WRITERS, scopes);

/** Who may send a list at all; each row is then decided by itself. */
export const mayImportSeries = (viewer: Viewer): boolean => roleAmong(viewer, SERIES_WRITERS) !== "PUBLIC";
