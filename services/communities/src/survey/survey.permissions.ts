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
  parts: ["SurveyQuestion"],
  operations: { survey: SHOWN, surveys: SHOWN, createSurvey: keep, reviseSurvey: keep, importSurveys: keep },
};

export const surveyPeriodPermissions: ConceptPermissions = {
  concept: "SurveyPeriod",
  hidden: {},
  parts: ["SurveyPlace", "SurveyReceipt", "SurveyResult"],
  operations: {
    openSurveyPeriod: keep,
    closeSurveyPeriod: keep,
    answerSurvey: those("canAnswerSurvey", (viewer, { communityId }) => canAnswerSurvey(viewer, communityId)),
    importSurveyResponses: those("canImportResponses", (viewer, place) => canImportResponses(viewer, scopes(place))),
  },
  fields: { "SurveyPeriod.results": running, "SurveyPlace.results": running },
};
