import { holds, scopesOf, type Condition, type Role, type Scopes, type Viewer } from "@gongjian/subgraph";

/** Who acts for a party: its workers or representatives, and officers of the region that it lies in. */
export const PAIRING_ACTORS = ["COMMUNITY_WORKER", "ORGANISATION_REP", "OFFICER", "ADMIN"] as const;
export const PAIRING_IMPORTERS = ["OFFICER", "ADMIN"] as const;
const READERS: readonly Role[] = ["OFFICER", "AUDITOR", "ADMIN"];
const OWN_READERS: readonly Role[] = ["COMMUNITY_WORKER", "ORGANISATION_REP", "AUDITOR"];

/** Whoever acts for one of the parties proposes, signs, moves and renews a pairing, and keeps its log and its list of tasks. */
export const canKeepPairing = (viewer: Viewer, parties: Scopes): boolean => holds(viewer, PAIRING_ACTORS, parties);

/** A party agrees for itself. */
export const canConsent = (viewer: Viewer, party: Scopes): boolean => holds(viewer, PAIRING_ACTORS, party);

/** A list may hold signed pairings: whoever enters it oversees each of the parties. */
export const canImportPairing = (viewer: Viewer, parties: readonly Scopes[]): boolean =>
  parties.length > 0 && parties.every((party) => holds(viewer, PAIRING_IMPORTERS, party));

/** Exchanges and commitments of signed pairings: whoever oversees one of the parties enters lists of them. */
export const canImportPairingWork = (viewer: Viewer, parties: Scopes): boolean => holds(viewer, PAIRING_IMPORTERS, parties);

const OWN = /^(?:community|organisation):/u;

/** Who sees a pairing that was never signed: its parties, and those who oversee one of them. */
export const seesHiddenPairing = (viewer: Viewer, parties: Scopes): boolean =>
  holds(viewer, READERS, parties) ||
  holds(
    viewer,
    OWN_READERS,
    parties.filter((scope) => OWN.test(scope)),
  );

/** Pairings that the viewer may see, with `p`: the signed ones, and those whose parties the viewer acts for or oversees. */
export function visiblePairings(viewer: Viewer): Condition[] {
  const regions = scopesOf(viewer, READERS, "region");
  if (regions.all) return [];
  const communities = scopesOf(viewer, OWN_READERS, "community").ids;
  const organisations = scopesOf(viewer, OWN_READERS, "organisation").ids;
  const ways: Condition[] = [{ sql: "p.signed_on IS NOT NULL", params: [] }];
  if (regions.ids.length > 0)
    ways.push({
      sql: `EXISTS (SELECT 1 FROM pairing_party q LEFT JOIN community c ON c.id = q.community_id LEFT JOIN organisation o ON o.id = q.organisation_id
        JOIN region v ON v.code = coalesce(c.region_code, o.region_code) WHERE q.pairing_id = p.id AND v.scope_codes && ?::text[])`,
      params: [regions.ids],
    });
  if (communities.length + organisations.length > 0)
    ways.push({
      sql: `EXISTS (SELECT 1 FROM pairing_party q WHERE q.pairing_id = p.id
        AND (q.community_id = ANY(?::uuid[]) OR q.organisation_id = ANY(?::uuid[])))`,
      params: [communities, organisations],
    });
  return [{ sql: ways.map(({ sql }) => `(${sql})`).join(" OR "), params: ways.flatMap(({ params }) => params) }];
}
