import type { Context } from "../context";
import type { Team } from "./team.type";

/** Teams are public. */
export const teamReference = (reference: { id: string }, context: Context): Promise<Team | null> => context.teams.byId(reference.id);
