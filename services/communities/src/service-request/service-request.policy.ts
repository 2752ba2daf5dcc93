import {
  communityScope,
  holds,
  organisationScope,
  scopesOf,
  type Condition,
  type Role,
  type Scopes,
  type Viewer,
} from "@gongjian/subgraph";

export const REQUEST_RAISERS = ["RESIDENT", "COMMUNITY_WORKER", "ORGANISATION_REP", "OFFICER", "ADMIN"] as const;
export const REQUEST_KEEPERS = ["COMMUNITY_WORKER", "OFFICER", "ADMIN"] as const;
export const REQUEST_PASSERS = ["COMMUNITY_WORKER", "ORGANISATION_REP", "OFFICER", "ADMIN"] as const;
const READERS: readonly Role[] = ["OFFICER", "AUDITOR", "ADMIN"];

const community = (place: Scopes): Scopes => place.filter((scope) => scope.startsWith("community:"));

/** Residents and workers of the community, representatives of the carrying organisation, officers of the place. */
export const canRaiseRequest = (viewer: Viewer, place: Scopes, organisationId: string | null | undefined): boolean =>
  holds(viewer, ["RESIDENT", "COMMUNITY_WORKER"], community(place)) ||
  holds(viewer, ["OFFICER", "ADMIN"], place) ||
  (typeof organisationId === "string" && holds(viewer, ["ORGANISATION_REP"], [organisationScope(organisationId)]));

/** The community's workers, officers of the place and administrators decline requests and correct them. */
export const canKeepRequest = (viewer: Viewer, place: Scopes): boolean => holds(viewer, REQUEST_KEEPERS, place);

/** So do they pass them on; an offer also whoever represents the organisation that carries it. The round's own rules come on top. */
export const canPassOnRequest = (viewer: Viewer, place: Scopes, organisationId: string | null): boolean =>
  canKeepRequest(viewer, place) || (organisationId !== null && holds(viewer, ["ORGANISATION_REP"], [organisationScope(organisationId)]));

/** Whoever arranges it reads the note beside whoever raised it: no auditor, and each reading of another's is logged. */
export const canReadNote = canPassOnRequest;

export const canImportRequests = (viewer: Viewer, place: Scopes): boolean => canKeepRequest(viewer, place);

export const isOwnRequest = (viewer: Viewer, raised: { raisedByIssuer: string | null; raisedBySubject: string | null }): boolean =>
  viewer.subject !== "anonymous" && viewer.subject === raised.raisedBySubject && (viewer.issuer ?? null) === raised.raisedByIssuer;

/** Who sees a request, beside whoever raised it. */
export const seesRequest = (viewer: Viewer, place: Scopes, organisationId: string | null): boolean =>
  holds(viewer, READERS, place) ||
  holds(viewer, ["COMMUNITY_WORKER", "AUDITOR"], community(place)) ||
  (organisationId !== null && holds(viewer, ["ORGANISATION_REP"], [organisationScope(organisationId)]));

/** The same as a condition, with `q` for the request. */
export function visibleRequests(viewer: Viewer): Condition[] {
  const regions = scopesOf(viewer, READERS, "region");
  if (regions.all) return [];
  const communities = [
    ...scopesOf(viewer, ["COMMUNITY_WORKER", "AUDITOR"], "community").ids,
    ...scopesOf(viewer, READERS, "community").ids,
  ].map(communityScope);
  const organisations = scopesOf(viewer, ["ORGANISATION_REP"], "organisation").ids;
  const ways: Condition[] = [{ sql: "false", params: [] }];
  if (viewer.subject !== "anonymous")
    ways.push({
      sql: "q.raised_by_subject = ? AND q.raised_by_issuer IS NOT DISTINCT FROM ?",
      params: [viewer.subject, viewer.issuer ?? null],
    });
  if (regions.ids.length > 0)
    ways.push({
      sql: "EXISTS (SELECT 1 FROM community c JOIN region v ON v.code = c.region_code WHERE c.id = q.community_id AND v.scope_codes && ?::text[])",
      params: [regions.ids],
    });
  if (communities.length > 0)
    ways.push({
      sql: "q.community_id = ANY(?::uuid[])",
      params: [[...new Set(communities)].map((scope) => scope.slice("community:".length))],
    });
  if (organisations.length > 0) ways.push({ sql: "q.organisation_id = ANY(?::uuid[])", params: [organisations] });
  return [{ sql: ways.map(({ sql }) => `(${sql})`).join(" OR "), params: ways.flatMap(({ params }) => params) }];
}
