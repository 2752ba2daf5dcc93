import { auditPermissions, ownDataPermissions, type ConceptPermissions } from "@gongjian/subgraph";
import { matchPermissions } from "./match/match.permissions";
import { needPermissions } from "./need/need.permissions";
import { offerPermissions } from "./offer/offer.permissions";
import { projectPermissions } from "./project/project.permissions";
import { roundPermissions } from "./round/round.permissions";

/** Who may do what in this subgraph, concept by concept: the source of docs/permissions.md and of the test that runs it. */
export const matchingPermissions: readonly ConceptPermissions[] = [
  roundPermissions,
  needPermissions,
  offerPermissions,
  matchPermissions,
  projectPermissions,
  auditPermissions("matching"),
  ownDataPermissions("matching"),
];
