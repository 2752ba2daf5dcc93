import type { Context } from "../context";
import type { Survey } from "./survey.type";

/** Public: what is asked is public. */
export const surveyReference = (reference: { id: string }, context: Context): Promise<Survey | null> => context.surveys.byId(reference.id);
