/** Who says who holds an event: the people who manage it. Its organisers cannot: that would let them hand their rights on. */
export {
  canManageEvent as canSetOrganisers,
  EVENT_MANAGERS as ORGANISER_WRITERS,
  mayImportEvents as mayImportOrganisers,
} from "../event/event.policy";
