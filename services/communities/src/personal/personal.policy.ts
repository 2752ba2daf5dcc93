import { communityScope, holds, PLATFORM_ISSUER, type Viewer } from "@gongjian/subgraph";

/** Whoever is signed in by a provider has a record of their own. */
export const hasOwnRecord = (viewer: Viewer): boolean => viewer.issuer !== undefined && viewer.issuer !== PLATFORM_ISSUER;

export const isSubjectOf = (viewer: Viewer, { issuer, subject }: { issuer: string; subject: string }): boolean =>
  hasOwnRecord(viewer) && viewer.issuer === issuer && viewer.subject === subject;

/** The community's own workers, and nobody above them, see its residents' records masked and compare ID numbers. */
export const canSeeRecords = (viewer: Viewer, communityId: string): boolean =>
  holds(
    { ...viewer, memberships: viewer.memberships.filter(({ scope }) => scope !== "*") },
    ["COMMUNITY_WORKER"],
    [communityScope(communityId)],
  );

/** Everybody their own data; administrators of the whole platform anybody's, with a reason. */
export const canErase = (viewer: Viewer, whose: { issuer: string; subject: string }): boolean =>
  isSubjectOf(viewer, whose) || holds(viewer, ["ADMIN"], []);
