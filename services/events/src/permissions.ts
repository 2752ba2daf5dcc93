import { auditPermissions, ownDataPermissions, type ConceptPermissions } from "@gongjian/subgraph";
import { eventPermissions } from "./event/event.permissions";
import { organiserPermissions } from "./organiser/organiser.permissions";
import { seriesPermissions } from "./series/series.permissions";
import { sessionPermissions } from "./session/session.permissions";

/** Who may do what in this subgraph, concept by concept: the source of docs/permissions.md and of the test that runs it. */
export const eventsPermissions: readonly ConceptPermissions[] = [
  seriesPermissions,
  eventPermissions,
  organiserPermissions,
  sessionPermissions,
  auditPermissions("events"),
  ownDataPermissions("events"),
];
