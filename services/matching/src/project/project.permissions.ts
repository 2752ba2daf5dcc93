import { EVALUATORS } from "@gongjian/entities-matching";
import { SHOWN, those, type ConceptPermissions, type Hidden, type Place, type Viewer } from "@gongjian/subgraph";
import { seesHiddenNeed } from "../visibility";
import { canCompleteMilestone, canEvaluate, canKeepProject } from "./project.policy";

const hidden: Hidden = { policy: "seesHiddenNeed", sees: seesHiddenNeed };
const keep = those("canKeepProject", (viewer: Viewer, place: Place) => canKeepProject(viewer, place));

export const projectPermissions: ConceptPermissions = {
  concept: "Project",
  hidden: { "its need's round is not published": hidden, "its need is withdrawn": hidden },
  parts: ["Milestone", "Evaluation"],
  operations: {
    project: SHOWN,
    projects: SHOWN,
    createProject: keep,
    updateProject: keep,
    advanceProject: keep,
    addMilestone: keep,
    updateMilestone: keep,
    acceptMilestone: keep,
    completeMilestone: [
      those("canCompleteMilestone", (viewer, place) => canCompleteMilestone(viewer, "COMMUNITY", place), "the community's"),
      those("canCompleteMilestone", (viewer, place) => canCompleteMilestone(viewer, "ORGANISATION", place), "the organisation's"),
    ],
    evaluateProject: EVALUATORS.map((evaluator) =>
      those("canEvaluate", (viewer, place) => canEvaluate(viewer, evaluator, place), `as ${evaluator}`),
    ),
  },
};
