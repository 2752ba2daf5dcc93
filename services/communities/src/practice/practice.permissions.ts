import { communityScope, organisationScope, SHOWN, those, type ConceptPermissions, type Place } from "@gongjian/subgraph";
import { scopesOfRegion } from "../region/region.policy";
import { canAdoptPractice, canKeepPractice } from "./practice.policy";

const regionScopes = ({ regionScopeCodes }: Place) => scopesOfRegion({ scopeCodes: regionScopeCodes });
const ofCommunity = (place: Place) => [communityScope(place.communityId), ...regionScopes(place)];
const ofOrganisation = (place: Place) => [organisationScope(place.organisationId), ...regionScopes(place)];

const keep = [
  those("canKeepPractice", (viewer, place) => canKeepPractice(viewer, ofCommunity(place)), "of a community"),
  those("canKeepPractice", (viewer, place) => canKeepPractice(viewer, ofOrganisation(place)), "of an organisation"),
  those("canKeepPractice", (viewer, place) => canKeepPractice(viewer, regionScopes(place)), "of a region"),
];
const adopt = [
  those("canAdoptPractice", (viewer, place) => canAdoptPractice(viewer, ofCommunity(place)), "by a community"),
  those("canAdoptPractice", (viewer, place) => canAdoptPractice(viewer, ofOrganisation(place)), "by an organisation"),
];

export const practicePermissions: ConceptPermissions = {
  concept: "Practice",
  hidden: {},
  parts: ["PracticePart", "PracticeAdoption"],
  operations: {
    practice: SHOWN,
    practices: SHOWN,
    createPractice: keep,
    updatePractice: keep,
    importPractices: keep,
    practiceAdoptions: SHOWN,
    importPracticeAdoptions: adopt,
    adoptPractice: adopt,
    withdrawPracticeAdoption: adopt,
  },
};
