import type { Context } from "../context";
import type { Pairing } from "./pairing.type";

/** What the viewer may not see is as if it were not there. */
export const pairingReference = (reference: { id: string }, context: Context): Promise<Pairing | null> =>
  context.pairings.byId(reference.id);
