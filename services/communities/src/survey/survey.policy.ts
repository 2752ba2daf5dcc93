import { communityScope, holds, type Scopes, type Viewer } from "@gongjian/subgraph";

export const SURVEY_KEEPERS = ["COMMUNITY_WORKER", "OFFICER", "ADMIN"] as const;
export const RESPONSE_IMPORTERS = ["COMMUNITY_WORKER", "OFFICER", "ADMIN"] as const;

/** Workers keep the surveys of their community, officers those of their region, administrators all. */
export const canKeepSurvey = (viewer: Viewer, scopes: Scopes): boolean => holds(viewer, SURVEY_KEEPERS, scopes);

/** Residents answer where they live. */
export const canAnswerSurvey = (viewer: Viewer, communityId: string): boolean => holds(viewer, ["RESIDENT"], [communityScope(communityId)]);

/** Workers enter what their residents filled in on paper, officers what came in from their region. */
export const canImportResponses = (viewer: Viewer, scopes: Scopes): boolean => holds(viewer, RESPONSE_IMPORTERS, scopes);

/** While a period runs, its results show to whoever keeps the survey, and to auditors. */
export const seesRunningResults = (viewer: Viewer, scopes: Scopes): boolean =>
  canKeepSurvey(viewer, scopes) || holds(viewer, ["AUDITOR"], scopes);
