import {
  communityScope,
  holds,
  isGranted,
  organisationScope,
  scopesOf,
  type Condition,
  type Role,
  type Scopes,
  type Viewer,
} from "@gongjian/subgraph";
import { roleAmong } from "../roles";
import { scopesOfRegion } from "../series/series.policy";

/** The roles that make a party one of those who hold the event: they prepare it. Supporters and moderators do not. */
export const ORGANISING_ROLES = ["HOST", "ORGANISER", "CO_ORGANISER"] as const;

/** What decides who may do what with an event. */
export interface EventReach {
  regionScopeCodes: readonly string[];
  organisingCommunities: readonly string[];
  organisingOrganisations: readonly string[];
}

export const EVENT_MANAGERS = ["OFFICER", "ADMIN"] as const;
export const EVENT_EDITORS = ["COMMUNITY_WORKER", "ORGANISATION_REP", "OFFICER", "ADMIN"] as const;
export const DRAFT_READERS: readonly Role[] = [...EVENT_EDITORS, "AUDITOR"];

/** The scopes an event lies in: those of its region, and those of the parties that hold it. */
export const scopesOfEvent = (event: EventReach): Scopes => [
  ...scopesOfRegion(event),
  ...event.organisingCommunities.map(communityScope),
  ...event.organisingOrganisations.map(organisationScope),
];

/** Officers of the region and administrators enter an event, publish and cancel it, and say who holds it. */
export const canManageEvent = (viewer: Viewer, event: Pick<EventReach, "regionScopeCodes">): boolean =>
  holds(viewer, EVENT_MANAGERS, scopesOfRegion(event));

/** They, the workers of a community that holds it and the representatives of an organisation that holds it change it and its sessions. */
export const canChangeEvent = (viewer: Viewer, event: EventReach): boolean => holds(viewer, EVENT_EDITORS, scopesOfEvent(event));

/** The platform sees every draft, for it asks whether what a write refers to exists; so does a service that is granted it. */
const seesEveryDraft = (viewer: Viewer): boolean => isGranted(viewer, "events:read-drafts");

/** A draft is seen by those who may change it; everything else is public. */
export const canSeeEvent = (viewer: Viewer, event: EventReach & { state: string }): boolean =>
  event.state !== "DRAFT" || seesEveryDraft(viewer) || holds(viewer, DRAFT_READERS, scopesOfEvent(event));

/** Who may send a list at all; each row is then decided by itself. */
export const mayImportEvents = (viewer: Viewer): boolean => roleAmong(viewer, EVENT_MANAGERS) !== "PUBLIC";
export const mayImportSessions = (viewer: Viewer): boolean => roleAmong(viewer, EVENT_EDITORS) !== "PUBLIC";

/** `canSeeEvent` as SQL over `event e`, for lists, counts and references: the same decision, made by the database. */
export function visible(viewer: Viewer): Condition[] {
  const regions = scopesOf(viewer, DRAFT_READERS, "region");
  if (regions.all || seesEveryDraft(viewer)) return [];
  const communities = scopesOf(viewer, DRAFT_READERS, "community").ids;
  const organisations = scopesOf(viewer, DRAFT_READERS, "organisation").ids;
  if (regions.ids.length + communities.length + organisations.length === 0) return [{ sql: "e.state <> 'DRAFT'", params: [] }];
  const roles = ORGANISING_ROLES.map((role) => `'${role}'`).join(", ");
  return [
    {
      sql: `e.state <> 'DRAFT' OR e.region_scope_codes && ?::text[] OR EXISTS (SELECT FROM organiser h WHERE h.event_id = e.id AND h.role IN (${roles}) AND (h.community_id = ANY(?::uuid[]) OR h.organisation_id = ANY(?::uuid[])))`,
      params: [regions.ids, communities, organisations],
    },
  ];
}
