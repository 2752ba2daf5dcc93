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

export const SUGGESTION_RAISERS = ["RESIDENT", "COMMUNITY_WORKER", "ORGANISATION_REP", "OFFICER", "ADMIN"] as const;
export const SUGGESTION_TRIAGE = ["COMMUNITY_WORKER", "OFFICER", "ADMIN"] as const;
export const SUGGESTION_HANDLERS = ["COMMUNITY_WORKER", "ORGANISATION_REP", "OFFICER", "ADMIN"] as const;
export const SUGGESTION_IMPORTERS = ["OFFICER", "ADMIN"] as const;
const READERS: readonly Role[] = ["OFFICER", "AUDITOR", "ADMIN"];

/** The scopes of a record's sides that decide about a suggestion. */
export interface SuggestionScopes {
  /** The place that it is about: its community, and its region with all that contain or manage it. */
  place: Scopes;
  /** Who has to answer it, with all that contain or manage them; empty while it is nobody's. */
  assignee: Scopes;
  /** Whether an office or a community holds it: then those who hold it, and those above them, decide, and nobody below. */
  held: boolean;
}

/** In whose name it is raised. */
export interface RaisedFor {
  communityId?: string | null;
  organisationId?: string | null;
}

/** Residents raise in their own community, workers for their community and the regions above it, representatives for their organisation anywhere, officers in their region. */
export function canRaise(viewer: Viewer, place: Scopes, raisedFor: RaisedFor, raiserScopes: Scopes): boolean {
  if (raisedFor.organisationId) return holds(viewer, ["ORGANISATION_REP"], [organisationScope(raisedFor.organisationId)]);
  if (raisedFor.communityId)
    return (
      holds(viewer, ["COMMUNITY_WORKER"], [communityScope(raisedFor.communityId)]) || holds(viewer, ["OFFICER", "ADMIN"], raiserScopes)
    );
  return (
    holds(
      viewer,
      ["RESIDENT", "COMMUNITY_WORKER"],
      place.filter((scope) => scope.startsWith("community:")),
    ) || holds(viewer, ["OFFICER", "ADMIN"], place)
  );
}

/** The place's workers and officers decide whether it is public, and tell merged ones apart; so do the officers of whoever holds it. */
export const canTriage = (viewer: Viewer, { place, assignee }: SuggestionScopes): boolean =>
  holds(viewer, SUGGESTION_TRIAGE, place) || holds(viewer, ["OFFICER"], assignee);

/** Who passes it on, or merges it into another: whoever holds it and those above; those of the place while nobody does, or an organisation. */
export const canPassOn = (viewer: Viewer, scopes: SuggestionScopes): boolean =>
  scopes.held ? holds(viewer, SUGGESTION_TRIAGE, scopes.assignee) : canTriage(viewer, scopes);

/** Whoever it was passed to answers it and reports it done; so do the officers above, and those of the place for an organisation. */
export const canHandle = (viewer: Viewer, { place, assignee, held }: SuggestionScopes): boolean =>
  holds(viewer, SUGGESTION_HANDLERS, assignee) || (!held && holds(viewer, ["OFFICER", "ADMIN"], place));

/** Who passes it up: who may pass it on or answer it, and when it is late everybody who is waiting for it. */
export const canEscalate = (viewer: Viewer, scopes: SuggestionScopes, late: boolean, raiser: boolean): boolean =>
  canPassOn(viewer, scopes) || canHandle(viewer, scopes) || (late && (raiser || canTriage(viewer, scopes)));

/** Officers of the place and administrators enter what was raised in earlier times. */
export const canImportSuggestion = (viewer: Viewer, place: Scopes): boolean => holds(viewer, SUGGESTION_IMPORTERS, place);

interface Raised {
  raisedByIssuer: string | null;
  raisedBySubject: string;
  raiserCommunityId: string | null;
  raiserOrganisationId: string | null;
}

/** Whoever raised it, or who speaks now for the community or organisation in whose name it was raised. */
export const isRaiser = (viewer: Viewer, suggestion: Raised): boolean =>
  (viewer.subject !== "anonymous" &&
    viewer.subject === suggestion.raisedBySubject &&
    (viewer.issuer ?? null) === suggestion.raisedByIssuer) ||
  (suggestion.raiserCommunityId !== null && holds(viewer, ["COMMUNITY_WORKER"], [communityScope(suggestion.raiserCommunityId)])) ||
  (suggestion.raiserOrganisationId !== null && holds(viewer, ["ORGANISATION_REP"], [organisationScope(suggestion.raiserOrganisationId)]));

/** Who sees a suggestion that is not public, beside whoever raised it: those who oversee its place, and those who hold it. */
export const seesHiddenSuggestion = (viewer: Viewer, { place, assignee }: SuggestionScopes): boolean =>
  holds(viewer, READERS, [...place, ...assignee]) ||
  holds(viewer, ["COMMUNITY_WORKER", "AUDITOR"], own([...place, ...assignee], "community:")) ||
  holds(viewer, ["ORGANISATION_REP"], own(assignee, "organisation:"));

const own = (scopes: Scopes, kind: string): Scopes => scopes.filter((scope) => scope.startsWith(kind));

/** Suggestions that the viewer may see, with `s`: the published ones but those taken back, their own, those of their places, and those that they have to answer. */
export function visibleSuggestions(viewer: Viewer): Condition[] {
  const regions = scopesOf(viewer, READERS, "region");
  if (regions.all) return [];
  const communities = scopesOf(viewer, ["COMMUNITY_WORKER", "AUDITOR"], "community").ids;
  const organisations = scopesOf(viewer, ["ORGANISATION_REP"], "organisation").ids;
  const ways: Condition[] = [{ sql: "s.published AND s.state <> 'WITHDRAWN'", params: [] }];
  if (viewer.subject !== "anonymous")
    ways.push({
      sql: "s.raised_by_subject = ? AND s.raised_by_issuer IS NOT DISTINCT FROM ?",
      params: [viewer.subject, viewer.issuer ?? null],
    });
  if (regions.ids.length > 0)
    ways.push({
      sql: "EXISTS (SELECT 1 FROM region v WHERE v.scope_codes && ?::text[] AND v.code IN (s.region_code, s.assignee_region_code))",
      params: [regions.ids],
    });
  if (communities.length > 0)
    ways.push({
      sql: "s.community_id = ANY(?::uuid[]) OR s.assignee_community_id = ANY(?::uuid[]) OR s.raiser_community_id = ANY(?::uuid[])",
      params: [communities, communities, communities],
    });
  if (organisations.length > 0)
    ways.push({
      sql: "s.assignee_organisation_id = ANY(?::uuid[]) OR s.raiser_organisation_id = ANY(?::uuid[])",
      params: [organisations, organisations],
    });
  return [{ sql: ways.map(({ sql }) => `(${sql})`).join(" OR "), params: ways.flatMap(({ params }) => params) }];
}
