import type { Context } from "../context";
import type { Person } from "./person.type";

/** Somebody whom the viewer may not see is as if they were not there. */
export const personReference = (reference: { id: string }, context: Context): Promise<Person | null> => context.people.byId(reference.id);
