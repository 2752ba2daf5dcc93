import type { Context } from "../context";
import type { Need } from "./need.type";

/** Reads through the visibility of needs: a draft is no record for others than its people. */
export const needReference = (reference: { id: string }, context: Context): Promise<Need | null> => context.needs.byId(reference.id);
