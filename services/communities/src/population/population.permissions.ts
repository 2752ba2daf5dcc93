import { SHOWN, those, type ConceptPermissions } from "@gongjian/subgraph";
import { scopesOfCommunity } from "../community/community.policy";
import { canRecordPopulation } from "./population.policy";

const record = those("canRecordPopulation", (viewer, { communityId, regionScopeCodes }) =>
  canRecordPopulation(viewer, scopesOfCommunity({ id: communityId }, { scopeCodes: regionScopeCodes })),
);

export const populationPermissions: ConceptPermissions = {
  concept: "PopulationSnapshot",
  hidden: {},
  parts: ["EthnicGroupCount"],
  operations: { populationSnapshot: SHOWN, recordPopulation: record, importPopulations: record },
};
