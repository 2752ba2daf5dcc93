import { actingRole, communityScope, holds, organisationScope, regionScope, type Role, type Scopes, type Viewer } from "@gongjian/subgraph";

/** Whose contact it is: one of the three. */
export interface Owner {
  communityId: string | null;
  organisationId: string | null;
  appointmentId: string | null;
}

/** The scopes that a contact lies in: those of the community or organisation whose it is, or where its holder is appointed. */
export const scopesOfContact = (
  { communityId, organisationId }: Pick<Owner, "communityId" | "organisationId">,
  regionScopeCodes: readonly string[],
): Scopes => [
  ...(communityId === null ? [] : [communityScope(communityId)]),
  ...(organisationId === null ? [] : [organisationScope(organisationId)]),
  ...regionScopeCodes.map(regionScope),
];

export const CONTACT_KEEPERS = ["COMMUNITY_WORKER", "ORGANISATION_REP", "OFFICER", "ADMIN"] as const satisfies readonly Role[];
/** They may know that there is one, and see it masked. */
export const CONTACT_KNOWERS = [...CONTACT_KEEPERS, "RESIDENT", "AUDITOR"] as const satisfies readonly Role[];

/** The community's workers, the organisation's representatives, officers of its region and administrators enter, change and remove contacts. */
export const canKeepContacts = (viewer: Viewer, scopes: Scopes): boolean => holds(viewer, CONTACT_KEEPERS, scopes);

/** A service reads where the scope was given to it by name: "everywhere" does not do. */
const servesHere = (viewer: Viewer, scopes: Scopes): boolean =>
  viewer.memberships.some(({ role, scope }) => role === "SERVICE" && scope !== "*" && scopes.includes(scope));

/** Those who keep contacts read them in full, and services that were given exactly this scope; auditors never. */
export const canReadContact = (viewer: Viewer, scopes: Scopes): boolean => canKeepContacts(viewer, scopes) || servesHere(viewer, scopes);

/** Beside them, residents of the community and auditors may know that there is a contact, and see it masked. */
export const canKnowContact = (viewer: Viewer, scopes: Scopes): boolean =>
  holds(viewer, CONTACT_KNOWERS, scopes) || servesHere(viewer, scopes);

/** The role under which a contact is read in full, for the log of readings. */
export const readingRole = (viewer: Viewer, scopes: Scopes): Role =>
  canKeepContacts(viewer, scopes) ? actingRole(viewer, CONTACT_KEEPERS, scopes) : "SERVICE";

/** Auditors and administrators of the whole platform read who has read which contact. */
export const canReadReadings = (viewer: Viewer): boolean => holds(viewer, ["AUDITOR", "ADMIN"], []);
