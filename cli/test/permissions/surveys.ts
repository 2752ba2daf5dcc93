import { stableId } from "@gongjian/database";
import { GROUND } from "./ground";

const { communityId } = GROUND;
const QUESTIONS = [{ field: "HEALTH", kind: "RATING", text: "就医方便吗" }];
export const SURVEY = stableId("survey", "open");
export const PERIOD = stableId("surveyPeriod", `${SURVEY} 本期`);

/** A survey of the community whose period has been open for long and goes on. */
export const SURVEYS = [
  {
    key: "open",
    communityId,
    title: "公共服务调查",
    questions: QUESTIONS,
    periods: [{ name: "本期", startsOn: "2020-01-01", endsOn: "2199-12-31" }],
  },
];

/** How the mutations on surveys and cards are tried. */
export const SURVEY_MUTATIONS = (expectedVersion: number): Record<string, (tag: number) => object> => ({
  createSurvey: (tag) => ({ communityId, title: `调查${tag}`, questions: QUESTIONS }),
  reviseSurvey: () => ({ id: SURVEY, expectedVersion, questions: QUESTIONS }),
  openSurveyPeriod: (tag) => ({ surveyId: SURVEY, name: `期次${tag}`, startsOn: `${1900 + tag}-01-01`, endsOn: `${1900 + tag}-12-31` }),
  closeSurveyPeriod: () => ({ id: PERIOD, expectedVersion }),
  answerSurvey: () => ({ periodId: PERIOD, communityId, answers: [{ position: 1, value: 4 }] }),
  importSurveys: () => ({ rows: [{ key: "open", communityId, title: "公共服务调查", questions: QUESTIONS }], dryRun: true }),
  importSurveyResponses: (tag) => ({
    rows: [{ key: `try-${tag}`, surveyKey: "open", period: "本期", communityId, answers: [{ position: 1, value: 4 }] }],
    dryRun: true,
  }),
  importServiceContacts: () => ({
    rows: [{ key: "jobs", communityId, position: 1, field: "EMPLOYMENT", title: "就业服务" }],
    dryRun: true,
  }),
});
