import { communityScope, organisationScope, SHOWN, those, type ConceptPermissions, type Place } from "@gongjian/subgraph";
import { scopesOfRegion } from "../region/region.policy";
import { canChangePerson, canImportPerson, seesHiddenPerson } from "./person.policy";

/** The scopes of a person who is appointed at the community alone. */
const scopes = ({ regionScopeCodes, communityId }: Place) => [
  communityScope(communityId),
  ...scopesOfRegion({ scopeCodes: regionScopeCodes }),
];

export const personPermissions: ConceptPermissions = {
  concept: "Person",
  hidden: {
    "no appointment is published": { policy: "seesHiddenPerson", sees: (viewer, place) => seesHiddenPerson(viewer, scopes(place)) },
    "no appointment is published, at an organisation": {
      policy: "seesHiddenPerson",
      sees: (viewer, { regionScopeCodes, organisationId }) =>
        seesHiddenPerson(viewer, [organisationScope(organisationId), ...scopesOfRegion({ scopeCodes: regionScopeCodes })]),
    },
    "no appointment is published, at a region": {
      policy: "seesHiddenPerson",
      sees: (viewer, { regionScopeCodes }) => seesHiddenPerson(viewer, scopesOfRegion({ scopeCodes: regionScopeCodes })),
    },
  },
  operations: {
    person: SHOWN,
    people: SHOWN,
    updatePerson: those("canChangePerson", (viewer, place) => canChangePerson(viewer, [scopes(place)])),
    importPeople: [
      those("canImportPerson", (viewer) => canImportPerson(viewer, []), "somebody new"),
      those("canImportPerson", (viewer, place) => canImportPerson(viewer, [scopes(place)]), "somebody with an appointment"),
    ],
  },
};
