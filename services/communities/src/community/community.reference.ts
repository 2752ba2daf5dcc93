import type { Context } from "../context";
import type { Community } from "./community.type";

/** Public: the register of communities is public. */
export const communityReference = (reference: { id: string }, context: Context): Promise<Community | null> =>
  context.communities.byId(reference.id);
