import { holds, type Viewer } from "@gongjian/subgraph";

export const CALENDAR_KEEPERS = ["ADMIN"] as const;

/** Administrators of the whole platform keep the calendars: every term goes by them. */
export const canKeepCalendars = (viewer: Viewer): boolean => holds(viewer, CALENDAR_KEEPERS, []);
