import { holds, organisationScope, type Scopes, type Viewer } from "@gongjian/subgraph";
import { scopesOfRound } from "../round/round.policy";

/** The scopes a offer lies in: its organisation's, and its round's. */
export const scopesOfOffer = (organisationId: string, round: { regionScopeCodes: readonly string[] }): Scopes => [
  organisationScope(organisationId.toLowerCase()),
  ...scopesOfRound(round),
];

export const OFFER_WRITERS = ["ORGANISATION_REP", "OFFICER", "ADMIN"] as const;

/** Representatives of the organisation, officers of the round's region and administrators write a offer. */
export const canWriteOffer = (viewer: Viewer, scopes: Scopes): boolean => holds(viewer, OFFER_WRITERS, scopes);
