import { holds, regionScope, type InputProblem, type Scopes, type Viewer } from "@gongjian/subgraph";
import { roleAmong } from "../roles";

/** The scopes of the region that a series or an event lies in. Without a region only a membership in `*` reaches it. */
export const scopesOfRegion = (record: { regionScopeCodes: readonly string[] }): Scopes => record.regionScopeCodes.map(regionScope);

export const SERIES_WRITERS = ["OFFICER", "ADMIN"] as const;

/** Officers of the region that a series belongs to, and administrators, write it. */
export const canWriteSeries = (viewer: Viewer, scopes: Scopes): boolean => holds(viewer, SERIES_WRITERS, scopes);

/** Who may send a list at all; each row is then decided by itself. */
export const mayImportSeries = (viewer: Viewer): boolean => roleAmong(viewer, SERIES_WRITERS) !== "PUBLIC";

/**
 * Whether the viewer may make an event of a region an edition of a series: the series is open to the events of its own region, of all below it
 * and of what a zone runs; any other event is let in only by who writes the series. A series without a region is its administrators'.
 */
export const mayJoinSeries = (
  viewer: Viewer,
  event: { regionScopeCodes: readonly string[] },
  series: { regionCode: string | null; regionScopeCodes: readonly string[] },
): boolean =>
  (series.regionCode !== null && event.regionScopeCodes.includes(series.regionCode)) || canWriteSeries(viewer, scopesOfRegion(series));

/** What is wrong with an event that is not let into a series, under the field that names the series. */
export const outsideSeries = (field: string): InputProblem => ({
  field,
  code: "OUTSIDE_SERIES",
  message: "The series belongs to another region: who writes it lets the event in.",
});
