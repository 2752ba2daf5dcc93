import { SHOWN, those, type ConceptPermissions, type Hidden, type Place } from "@gongjian/subgraph";
import { canChangeEvent, canManageEvent, canSeeEvent, type EventReach } from "./event.policy";

/** An event in the place, held by its community and its organisation. */
export const heldThere = ({ regionScopeCodes, communityId, organisationId }: Place): EventReach => ({
  regionScopeCodes,
  organisingCommunities: [communityId],
  organisingOrganisations: [organisationId],
});

/** A draft, and all that hangs on one. */
export const inDraft: Hidden = {
  policy: "canSeeEvent",
  sees: (viewer, place) => canSeeEvent(viewer, { ...heldThere(place), state: "DRAFT" }),
};

const manage = those("canManageEvent", (viewer, place) => canManageEvent(viewer, place));

export const eventPermissions: ConceptPermissions = {
  concept: "Event",
  hidden: { "it is a draft": inDraft },
  operations: {
    event: SHOWN,
    eventByKey: SHOWN,
    events: SHOWN,
    createEvent: manage,
    updateEvent: those("canChangeEvent", (viewer, place) => canChangeEvent(viewer, heldThere(place))),
    publishEvent: manage,
    cancelEvent: manage,
    importEvents: manage,
  },
};
