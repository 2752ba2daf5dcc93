import { communityScope, SHOWN, those, type ConceptPermissions, type Place } from "@gongjian/subgraph";
import { scopesOfRegion } from "../region/region.policy";
import { canAnswerSurvey, canImportResponses, canKeepSurvey, seesRunningResults } from "./survey.policy";

/** A survey held in the community. */
const scopes = ({ regionScopeCodes, communityId }: Place) => [
  communityScope(communityId),
  ...scopesOfRegion({ scopeCodes: regionScopeCodes }),
];
const keep = those("canKeepSurvey", (viewer, place) => canKeepSurvey(viewer, scopes(place)));
const running = those("seesRunningResults", (viewer, place) => seesRunningResults(viewer, scopes(place)), "while the period runs");

export const surveyPermissions: ConceptPermissions = {
  concept: "Survey",
  hidden: {},
  parts: ["SurveyPeriod", "SurveyPlace", "SurveyQuestion", "SurveyReceipt", "SurveyResult"],
  operations: {
    survey: SHOWN,
    surveys: SHOWN,
    createSurvey: keep,
    reviseSurvey: keep,
    openSurveyPeriod: keep,
    closeSurveyPeriod: keep,
    importSurveys: keep,
    answerSurvey: those("canAnswerSurvey", (viewer, { communityId }) => canAnswerSurvey(viewer, communityId)),
    importSurveyResponses: those("canImportResponses", (viewer, place) => canImportResponses(viewer, scopes(place))),
  },
  fields: { "SurveyPeriod.results": running, "SurveyPlace.results": running },
};
