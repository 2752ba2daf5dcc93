import { communityScope, ownOr, SHOWN, those, type ConceptPermissions, type Place } from "@gongjian/subgraph";
import { scopesOfRegion } from "../region/region.policy";
import { canImportRequests, canKeepRequest, canPassOnRequest, canRaiseRequest, seesRequest } from "./service-request.policy";

/** A request of the community, an offer being carried by the organisation. */
const scopes = ({ regionScopeCodes, communityId }: Place) => [
  communityScope(communityId),
  ...scopesOfRegion({ scopeCodes: regionScopeCodes }),
];
const ownOrKept = ownOr("canKeepRequest", (viewer, place) => canKeepRequest(viewer, scopes(place)));

export const serviceRequestPermissions: ConceptPermissions = {
  concept: "ServiceRequest",
  published: false,
  hidden: {
    "it is a household's wish": { policy: "seesRequest", sees: (viewer, place) => seesRequest(viewer, scopes(place), null) },
    "it is somebody's offer": { policy: "seesRequest", sees: (viewer, place) => seesRequest(viewer, scopes(place), place.organisationId) },
  },
  operations: {
    serviceRequest: SHOWN,
    serviceRequests: SHOWN,
    raiseServiceRequest: [
      those("canRaiseRequest", (viewer, place) => canRaiseRequest(viewer, scopes(place), null), "a wish"),
      those(
        "canRaiseRequest",
        (viewer, place) => canRaiseRequest(viewer, scopes(place), place.organisationId),
        "an offer of the organisation",
      ),
    ],
    updateServiceRequest: ownOrKept,
    withdrawServiceRequest: ownOrKept,
    declineServiceRequest: those("canKeepRequest", (viewer, place) => canKeepRequest(viewer, scopes(place))),
    passOnServiceRequest: those("canPassOnRequest", (viewer, place) => canPassOnRequest(viewer, scopes(place), place.organisationId)),
    importServiceRequests: those("canImportRequests", (viewer, place) => canImportRequests(viewer, scopes(place))),
  },
};
