import { stableId } from "@gongjian/database";
import { GROUND } from "./ground";

const { communityId, organisationId } = GROUND;
const idOf = (key: string) => stableId("pairing", key);

/** One that is signed, three that are not: one renews it, and one is renewed by what no client can bring about. */
export const PAIRING = { open: idOf("open"), proposed: idOf("proposed"), renewal: idOf("renewal"), late: idOf("late") };
const COMMITMENT = {
  community: stableId("pairing-commitment", "community"),
  organisation: stableId("pairing-commitment", "organisation"),
};

const parties = [{ communityId }, { organisationId, side: 2 }];
const pairing = (key: string, more: object) => ({ key, kind: "ONE_PLUS_N", name: `结对${key}`, parties, ...more });
const open = (event: string) => pairing("open", { signedOn: "2024-01-01", eventId: event });

/** What is imported, with the id of an event that everybody sees and of one that is a draft. */
export const PAIRINGS = (openEvent: string, draftEvent: string): readonly [string, object[]][] => [
  [
    "Pairings",
    [open(draftEvent), pairing("late", { signedOn: "2024-01-01" }), pairing("proposed", { eventId: openEvent }), pairing("renewal", {})],
  ],
  ["PairingExchanges", [exchange(draftEvent)]],
  ["PairingCommitments", [commitment("community", { communityId }), commitment("organisation", { organisationId })]],
];
const exchange = (eventId?: string) => ({
  key: "visit",
  pairingKey: "open",
  kind: "VISIT",
  from: { communityId },
  to: { organisationId },
  onDate: "2024-02-01",
  eventId,
});
const commitment = (key: string, owner: object) => ({ key, pairingKey: "open", owner, title: "回访", dueOn: "2030-01-01" });

/** Links that a signing makes: the renewal of the signed one, and one that hides what it renews. */
export const LINK_PAIRINGS = `SET session_replication_role = replica;
  UPDATE communities.pairing SET renews_id = '${PAIRING.open}' WHERE id = '${PAIRING.renewal}';
  UPDATE communities.pairing SET renews_id = '${PAIRING.proposed}' WHERE id = '${PAIRING.late}';
  SET session_replication_role = origin`;

/** What hides them, in the words of the table. */
export const PAIRINGS_HIDDEN: readonly [string, string][] = [PAIRING.proposed, PAIRING.renewal].map((id) => [
  `Pairing:${id}`,
  "it was never signed",
]);

/** How the mutations on pairings are tried. */
export const PAIRING_MUTATIONS = (expectedVersion: number): Record<string, (tag: number, when?: string) => object> => ({
  proposePairing: (tag) => ({ kind: "OTHER", name: `结对${tag}`, parties }),
  consentToPairing: (_tag, when) => ({ id: PAIRING.open, party: when === "for an organisation" ? { organisationId } : { communityId } }),
  withdrawConsent: (_tag, when) => ({ id: PAIRING.open, party: when === "for an organisation" ? { organisationId } : { communityId } }),
  updatePairing: () => ({ id: PAIRING.open, expectedVersion, reason: "更名", name: "结对" }),
  signPairing: () => ({ id: PAIRING.open, expectedVersion }),
  movePairing: () => ({ id: PAIRING.open, expectedVersion, to: "DORMANT" }),
  renewPairing: () => ({ id: PAIRING.open }),
  importPairings: () => ({ rows: [pairing("renewal", {})], dryRun: true }),
  recordExchange: () => ({
    pairingId: PAIRING.open,
    kind: "ONLINE",
    from: { communityId },
    to: { organisationId },
    onDate: "2024-03-01",
  }),
  correctExchange: () => ({ id: stableId("pairing-exchange", "visit"), reason: "记错", withdrawn: true }),
  importPairingExchanges: () => ({ rows: [{ ...exchange(), key: "another" }], dryRun: true }),
  addCommitment: () => ({ pairingId: PAIRING.open, owner: { communityId }, title: "展销", dueOn: "2030-01-01" }),
  completeCommitment: (_tag, when) => ({
    id: when === "of an organisation" ? COMMITMENT.organisation : COMMITMENT.community,
    expectedVersion,
    evidence: "照片",
  }),
  updateCommitment: () => ({ id: COMMITMENT.community, expectedVersion, reason: "改期", dueOn: "2030-02-01" }),
  dropCommitment: () => ({ id: COMMITMENT.community, expectedVersion, reason: "误录" }),
  importPairingCommitments: () => ({ rows: [commitment("community", { communityId })], dryRun: true }),
});

/** Which of them name a record, and which record. */
export const PAIRING_TARGETS = [
  {
    type: "Pairing",
    named: [PAIRING.open],
    mutations: [
      "consentToPairing",
      "withdrawConsent",
      "updatePairing",
      "signPairing",
      "movePairing",
      "renewPairing",
      "recordExchange",
      "addCommitment",
    ],
  },
];
