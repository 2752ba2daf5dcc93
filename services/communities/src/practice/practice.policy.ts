import { holds, type Scopes, type Viewer } from "@gongjian/subgraph";

export const PRACTICE_KEEPERS = ["COMMUNITY_WORKER", "ORGANISATION_REP", "OFFICER", "ADMIN"] as const;

/** Workers of the community or representatives of the organisation that holds it, officers of the region, and administrators describe a practice. */
export const canKeepPractice = (viewer: Viewer, holder: Scopes): boolean => holds(viewer, PRACTICE_KEEPERS, holder);

/** The same people of the adopting side enter that it works by a practice, and that it no longer does. */
export const canAdoptPractice = (viewer: Viewer, adopter: Scopes): boolean => holds(viewer, PRACTICE_KEEPERS, adopter);
