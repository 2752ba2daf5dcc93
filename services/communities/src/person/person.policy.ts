import { holds, type Condition, type Scopes, type Viewer } from "@gongjian/subgraph";
import { seesHiddenAppointment, visibleAppointments } from "../appointment/appointment.policy";

export const PERSON_IMPORTERS = ["OFFICER", "ADMIN"] as const;
export const PERSON_EDITORS = ["OFFICER", "ADMIN"] as const;

/** Officers and administrators correct a person's record, when all of its places are theirs: somebody known elsewhere too is not theirs to rename. */
export const canChangePerson = (viewer: Viewer, places: readonly Scopes[]): boolean =>
  holds(viewer, PERSON_EDITORS, []) || (places.length > 0 && places.every((place) => holds(viewer, PERSON_EDITORS, place)));

/** Officers and administrators enter people; a record that has appointments already only where they may change it. */
export const canImportPerson = (viewer: Viewer, places: readonly Scopes[]): boolean =>
  places.length === 0 ? viewer.memberships.some(({ role }) => PERSON_IMPORTERS.includes(role as never)) : canChangePerson(viewer, places);

/** Who sees a person without a published appointment: those who see one that is not. */
export const seesHiddenPerson = (viewer: Viewer, place: Scopes): boolean => seesHiddenAppointment(viewer, place);

/** People whom the viewer may see, with `p`: those of whom they may see an appointment. */
export function visiblePeople(viewer: Viewer): Condition[] {
  const [visible] = visibleAppointments(viewer);
  return visible === undefined
    ? []
    : [{ sql: `EXISTS (SELECT 1 FROM appointment a WHERE a.person_id = p.id AND (${visible.sql}))`, params: visible.params }];
}
