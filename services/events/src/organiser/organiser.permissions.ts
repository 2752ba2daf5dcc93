import { those, type ConceptPermissions } from "@gongjian/subgraph";
import { inDraft } from "../event/event.permissions";
import { canSetOrganisers } from "./organiser.policy";

const set = those("canSetOrganisers", (viewer, place) => canSetOrganisers(viewer, place));

export const organiserPermissions: ConceptPermissions = {
  concept: "Organiser",
  hidden: { "its event is a draft": inDraft },
  operations: { setOrganisers: set, importOrganisers: set },
};
