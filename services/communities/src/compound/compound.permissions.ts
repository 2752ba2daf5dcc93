import { SHOWN, those, type ConceptPermissions } from "@gongjian/subgraph";
import { scopesOfCommunity } from "../community/community.policy";
import { canKeepCompound } from "./compound.policy";

const keep = those("canKeepCompound", (viewer, { communityId, regionScopeCodes }) =>
  canKeepCompound(viewer, scopesOfCommunity({ id: communityId }, { scopeCodes: regionScopeCodes })),
);

export const compoundPermissions: ConceptPermissions = {
  concept: "Compound",
  hidden: {},
  operations: { compound: SHOWN, createCompound: keep, updateCompound: keep, importCompounds: keep },
};
