import { organisationScope, SHOWN, those, type ConceptPermissions } from "@gongjian/subgraph";
import { scopesOfRegion } from "../region/region.policy";
import { canKeepTeam } from "./team.policy";

const keep = those("canKeepTeam", (viewer, { organisationId, regionScopeCodes }) =>
  canKeepTeam(viewer, [organisationScope(organisationId), ...scopesOfRegion({ scopeCodes: regionScopeCodes })]),
);

export const teamPermissions: ConceptPermissions = {
  concept: "Team",
  hidden: {},
  parts: ["TeamActivity", "ActivityTotals"],
  operations: { team: SHOWN, teams: SHOWN, importTeams: keep, importTeamActivities: keep },
};
