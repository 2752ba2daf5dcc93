import { SHOWN, those, type ConceptPermissions } from "@gongjian/subgraph";
import { canChangeOrganisation, canCreateOrganisation, scopesOfOrganisation } from "./organisation.policy";

const create = those("canCreateOrganisation", (viewer, { regionScopeCodes }) =>
  canCreateOrganisation(viewer, scopesOfOrganisation(null, regionScopeCodes)),
);

const change = those("canChangeOrganisation", (viewer, { organisationId, regionScopeCodes }) =>
  canChangeOrganisation(viewer, scopesOfOrganisation(organisationId, regionScopeCodes)),
);

export const organisationPermissions: ConceptPermissions = {
  concept: "Organisation",
  hidden: {},
  parts: ["OrganisationDuplicate"],
  operations: {
    organisation: SHOWN,
    organisations: SHOWN,
    organisationDuplicates: SHOWN,
    createOrganisation: create,
    importOrganisations: create,
    setServiceAreas: change,
    updateOrganisation: change,
  },
};
