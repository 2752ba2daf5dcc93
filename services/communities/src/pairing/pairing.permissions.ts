import { communityScope, organisationScope, SHOWN, those, type ConceptPermissions, type Place, type Scopes } from "@gongjian/subgraph";
import { scopesOfRegion } from "../region/region.policy";
import { canConsent, canImportPairing, canImportPairingWork, canKeepPairing, seesHiddenPairing } from "./pairing.policy";

/** A pairing of the community with the organisation, both in the region. */
const community = ({ regionScopeCodes, communityId }: Place): Scopes => [
  communityScope(communityId),
  ...scopesOfRegion({ scopeCodes: regionScopeCodes }),
];
const organisation = ({ regionScopeCodes, organisationId }: Place): Scopes => [
  organisationScope(organisationId),
  ...scopesOfRegion({ scopeCodes: regionScopeCodes }),
];
const both = (place: Place): Scopes => [...community(place), ...organisation(place)];
const keep = those("canKeepPairing", (viewer, place) => canKeepPairing(viewer, both(place)));
const importWork = those("canImportPairingWork", (viewer, place) => canImportPairingWork(viewer, both(place)));

export const pairingPermissions: ConceptPermissions = {
  concept: "Pairing",
  hidden: {
    "it was never signed": { policy: "seesHiddenPairing", sees: (viewer, place) => seesHiddenPairing(viewer, both(place)) },
  },
  parts: [
    "PairingParty",
    "OwedVisit",
    "PairingExchange",
    "PairingCommitment",
    "PairingNetwork",
    "PairingNetworkNode",
    "PairingNetworkEdge",
    "PairingNetworkComponent",
  ],
  operations: {
    pairing: SHOWN,
    pairingByKey: SHOWN,
    pairings: SHOWN,
    regionPairingNetwork: SHOWN,
    owedVisits: SHOWN,
    pairingCommitments: SHOWN,
    proposePairing: keep,
    consentToPairing: [
      those("canConsent", (viewer, place) => canConsent(viewer, community(place)), "for a community"),
      those("canConsent", (viewer, place) => canConsent(viewer, organisation(place)), "for an organisation"),
    ],
    withdrawConsent: [
      those("canConsent", (viewer, place) => canConsent(viewer, community(place)), "for a community"),
      those("canConsent", (viewer, place) => canConsent(viewer, organisation(place)), "for an organisation"),
    ],
    updatePairing: keep,
    signPairing: keep,
    movePairing: keep,
    renewPairing: keep,
    importPairings: those("canImportPairing", (viewer, place) => canImportPairing(viewer, [community(place), organisation(place)])),
    recordExchange: keep,
    correctExchange: keep,
    importPairingExchanges: importWork,
    addCommitment: keep,
    completeCommitment: [
      those("canKeepPairing", (viewer, place) => canKeepPairing(viewer, community(place)), "of a community"),
      those("canKeepPairing", (viewer, place) => canKeepPairing(viewer, organisation(place)), "of an organisation"),
    ],
    updateCommitment: keep,
    dropCommitment: keep,
    importPairingCommitments: importWork,
  },
};
