/** Sessions are changed by those who may change their event. */
export {
  canChangeEvent as canChangeSessions,
  EVENT_EDITORS as SESSION_EDITORS,
  mayImportSessions,
  scopesOfEvent as scopesOfSessions,
} from "../event/event.policy";
