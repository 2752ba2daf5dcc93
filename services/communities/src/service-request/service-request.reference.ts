import type { Context } from "../context";
import type { ServiceRequest } from "./service-request.type";

/** What the viewer may not see is as if it were not there. */
export const serviceRequestReference = (reference: { id: string }, context: Context): Promise<ServiceRequest | null> =>
  context.serviceRequests.byId(reference.id);
