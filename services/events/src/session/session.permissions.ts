import { those, type ConceptPermissions } from "@gongjian/subgraph";
import { heldThere, inDraft } from "../event/event.permissions";
import { canChangeSessions } from "./session.policy";

const change = those("canChangeSessions", (viewer, place) => canChangeSessions(viewer, heldThere(place)));

export const sessionPermissions: ConceptPermissions = {
  concept: "Session",
  hidden: { "its event is a draft": inDraft },
  parts: ["SessionParticipant"],
  operations: { createSession: change, updateSession: change, importSessions: change, importParticipants: change },
};
