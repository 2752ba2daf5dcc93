import { communityScope, organisationScope, SHOWN, those, type ConceptPermissions, type Place } from "@gongjian/subgraph";
import { scopesOfRegion } from "../region/region.policy";
import { canKeepHonour } from "./honour.policy";

const regionScopes = ({ regionScopeCodes }: Place) => scopesOfRegion({ scopeCodes: regionScopeCodes });

const keep = [
  those(
    "canKeepHonour",
    (viewer, place) => canKeepHonour(viewer, [communityScope(place.communityId), ...regionScopes(place)]),
    "of a community",
  ),
  those(
    "canKeepHonour",
    (viewer, place) => canKeepHonour(viewer, [organisationScope(place.organisationId), ...regionScopes(place)]),
    "of an organisation",
  ),
  those("canKeepHonour", (viewer, place) => canKeepHonour(viewer, regionScopes(place)), "of a region's practice"),
];

export const honourPermissions: ConceptPermissions = {
  concept: "Honour",
  hidden: {},
  operations: { honour: SHOWN, honours: SHOWN, createHonour: keep, updateHonour: keep, importHonours: keep },
};
