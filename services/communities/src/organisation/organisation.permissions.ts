import { SHOWN, those, type ConceptPermissions } from "@gongjian/subgraph";
import { canLookUpMemberships } from "../membership/membership.policy";
import { canChangeOrganisation, canCreateOrganisation, canMergeOrganisations, scopesOfOrganisation } from "./organisation.policy";

const create = those("canCreateOrganisation", (viewer, { regionScopeCodes }) =>
  canCreateOrganisation(viewer, scopesOfOrganisation(null, regionScopeCodes)),
);

const change = those("canChangeOrganisation", (viewer, { organisationId, regionScopeCodes }) =>
  canChangeOrganisation(viewer, scopesOfOrganisation(organisationId, regionScopeCodes)),
);

const merge = those("canMergeOrganisations", (viewer, { organisationId, regionScopeCodes }) => {
  const scopes = scopesOfOrganisation(organisationId, regionScopeCodes);
  return canMergeOrganisations(viewer, scopes, scopes);
});

export const organisationPermissions: ConceptPermissions = {
  concept: "Organisation",
  hidden: {},
  parts: ["OrganisationDuplicate", "AbsorbedOrganisation"],
  operations: {
    organisation: SHOWN,
    organisations: SHOWN,
    organisationDuplicates: SHOWN,
    createOrganisation: create,
    importOrganisations: create,
    mergeOrganisations: merge,
    sameOrganisations: those("canLookUpMemberships", canLookUpMemberships),
    setServiceAreas: change,
    importServiceAreas: change,
    updateOrganisation: change,
  },
};
