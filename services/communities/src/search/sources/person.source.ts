import { visibleAppointments } from "../../appointment/appointment.policy";
import { WITHIN } from "../../appointment/appointment.lists";
import { visiblePeople } from "../../person/person.policy";
import type { Person } from "../../person/person.type";
import type { SearchSource } from "./source";

/** People of whom the viewer may see an appointment. */
export const personSource: SearchSource = {
  kind: "PERSON",
  typename: "Person",
  from: "person p",
  id: "p.id",
  nameKey: "p.name_key",
  vector: "p.search_vector",
  visible: visiblePeople,
  within: (viewer, code) => {
    const [seen] = visibleAppointments(viewer);
    return {
      sql: `EXISTS (SELECT 1 FROM appointment a WHERE a.person_id = p.id AND ${WITHIN}${seen ? ` AND (${seen.sql})` : ""})`,
      params: [code, ...(seen?.params ?? [])],
    };
  },
  read: (context, id) => context.people.byId(id),
  texts: ({ name }: Person) => [name],
};
