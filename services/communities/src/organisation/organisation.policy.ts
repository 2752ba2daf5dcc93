import { holds, organisationScope, regionScope, type Scopes, type Viewer } from "@gongjian/subgraph";

/** An organisation's own scope, and those of its region. One without a region is reached by its own people and administrators only. */
export const scopesOfOrganisation = (id: string | null, regionScopeCodes: readonly string[]): Scopes => [
  ...(id === null ? [] : [organisationScope(id)]),
  ...regionScopeCodes.map(regionScope),
];

export const ORGANISATION_CREATORS = ["OFFICER", "ADMIN"] as const;
export const ORGANISATION_EDITORS = ["ORGANISATION_REP", "OFFICER", "ADMIN"] as const;

/** Officers of its region and administrators enter an organisation. */
export const canCreateOrganisation = (viewer: Viewer, scopes: Scopes): boolean => holds(viewer, ORGANISATION_CREATORS, scopes);

/** Officers whose regions reach both records, and administrators, make them one: it cannot be undone. */
export const canMergeOrganisations = (viewer: Viewer, kept: Scopes, merged: Scopes): boolean =>
  holds(viewer, ORGANISATION_CREATORS, kept) && holds(viewer, ORGANISATION_CREATORS, merged);

/** Its representatives, officers of its region and administrators change it. */
export const canChangeOrganisation = (viewer: Viewer, scopes: Scopes): boolean => holds(viewer, ORGANISATION_EDITORS, scopes);
