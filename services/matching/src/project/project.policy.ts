import type { Evaluator, ProjectSide } from "@gongjian/entities-matching";
import { communityScope, holds, organisationScope, type Role, type Scopes, type Viewer } from "@gongjian/subgraph";
import { canWriteNeed, NEED_WRITERS, scopesOfNeed } from "../need/need.policy";

/** What decides who may do what with a project. */
export interface ProjectReach {
  communityId: string;
  organisationId: string | null;
  regionScopeCodes: readonly string[];
}

/** The scopes a project lies in: its need's, and its organisation's where it has one. */
export const scopesOfProject = (project: ProjectReach): Scopes => [
  ...scopesOfNeed(project.communityId, project),
  ...(project.organisationId === null ? [] : [organisationScope(project.organisationId)]),
];

export const PROJECT_KEEPERS = NEED_WRITERS;

/** Whoever may write the need keeps its projects: workers of the community, officers of the round's region, administrators. */
export const canKeepProject = (viewer: Viewer, project: ProjectReach): boolean =>
  canWriteNeed(viewer, scopesOfNeed(project.communityId, project));

export const MILESTONE_COMPLETERS: readonly Role[] = [...PROJECT_KEEPERS, "ORGANISATION_REP"];

/** Representatives of the organisation report their own side's milestones done; to accept them is the keepers'. */
export const canCompleteMilestone = (viewer: Viewer, side: ProjectSide, project: ProjectReach): boolean =>
  canKeepProject(viewer, project) ||
  (side === "ORGANISATION" &&
    project.organisationId !== null &&
    holds(viewer, ["ORGANISATION_REP"], [organisationScope(project.organisationId)]));

const EVALUATING: Record<Evaluator, readonly Role[]> = {
  COMMUNITY: ["COMMUNITY_WORKER", "ADMIN"],
  RESIDENTS: ["COMMUNITY_WORKER", "ADMIN"],
  ORGANISATION: ["ORGANISATION_REP", "ADMIN"],
  OFFICE: ["OFFICER", "ADMIN"],
};
export const evaluatorRoles = (evaluator: Evaluator): readonly Role[] => EVALUATING[evaluator];

/** Each side speaks for itself, and nobody for another: what the residents say is written down by the workers of their community. */
export function canEvaluate(viewer: Viewer, evaluator: Evaluator, project: ProjectReach): boolean {
  const roles = EVALUATING[evaluator];
  if (evaluator === "ORGANISATION")
    return holds(viewer, roles, project.organisationId === null ? [] : [organisationScope(project.organisationId)]);
  if (evaluator === "OFFICE") return canKeepProject(viewer, project) && holds(viewer, roles, scopesOfNeed(project.communityId, project));
  return holds(viewer, roles, [communityScope(project.communityId)]);
}
