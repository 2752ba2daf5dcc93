import type { AppointmentRole } from "@gongjian/entities-communities";
import { holds, scopesOf, type Condition, type Role, type Scopes, type Viewer } from "@gongjian/subgraph";

export const APPOINTERS = ["COMMUNITY_WORKER", "ORGANISATION_REP", "OFFICER", "ADMIN"] as const;
/** Offices that somebody above fills or has filled: nobody enters their own committee's head. */
const OFFICES: readonly AppointmentRole[] = ["SECRETARY", "DIRECTOR", "LI_CHIEF"];
const OFFICE_KEEPERS = ["OFFICER", "ADMIN"] as const;
export const APPOINTMENT_IMPORTERS = ["OFFICER", "ADMIN"] as const;
const READERS: readonly Role[] = ["OFFICER", "AUDITOR", "ADMIN"];
const OWN_READERS: readonly Role[] = ["COMMUNITY_WORKER", "ORGANISATION_REP", "AUDITOR"];

/** A place's workers, representatives and officers appoint there; to offices only its officers. */
export const canAppoint = (viewer: Viewer, role: AppointmentRole, place: Scopes): boolean =>
  holds(viewer, OFFICES.includes(role) ? OFFICE_KEEPERS : APPOINTERS, place);

/** Whoever acts for a body confers in its name, and issues its letters. */
export const canConfer = (viewer: Viewer, conferrer: Scopes): boolean => holds(viewer, APPOINTERS, conferrer);

/** Officers of the place and administrators enter lists of appointments. */
export const canImportAppointment = (viewer: Viewer, place: Scopes): boolean => holds(viewer, APPOINTMENT_IMPORTERS, place);

const OWN = /^(?:community|organisation):/u;

/** Who sees an appointment that is not published: those who oversee its place, and those who act for it. */
export const seesHiddenAppointment = (viewer: Viewer, place: Scopes): boolean =>
  holds(viewer, READERS, place) ||
  holds(
    viewer,
    OWN_READERS,
    place.filter((scope) => OWN.test(scope)),
  );

/** The region that an appointment's place lies in. */
const REGION = `coalesce(a.region_code, (SELECT c.region_code FROM community c WHERE c.id = a.community_id),
  (SELECT o.region_code FROM organisation o WHERE o.id = a.organisation_id))`;

/** Appointments that the viewer may see, with `a`: the published ones, and those of the places that the viewer oversees or acts for. */
export function visibleAppointments(viewer: Viewer): Condition[] {
  const regions = scopesOf(viewer, READERS, "region");
  if (regions.all) return [];
  const communities = scopesOf(viewer, OWN_READERS, "community").ids;
  const organisations = scopesOf(viewer, OWN_READERS, "organisation").ids;
  const ways: Condition[] = [{ sql: "a.published", params: [] }];
  if (regions.ids.length > 0)
    ways.push({ sql: `EXISTS (SELECT 1 FROM region v WHERE v.code = ${REGION} AND v.scope_codes && ?::text[])`, params: [regions.ids] });
  if (communities.length > 0) ways.push({ sql: "a.community_id = ANY(?::uuid[])", params: [communities] });
  if (organisations.length > 0) ways.push({ sql: "a.organisation_id = ANY(?::uuid[])", params: [organisations] });
  return [{ sql: ways.map(({ sql }) => `(${sql})`).join(" OR "), params: ways.flatMap(({ params }) => params) }];
}
