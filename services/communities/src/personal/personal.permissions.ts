import { ownOr, those, type ConceptPermissions, type Viewer } from "@gongjian/subgraph";
import { canErase, canSeeRecords } from "./personal.policy";

const own = ownOr("isSubjectOf", () => false);
const others = { issuer: "", subject: "" };

export const personalPermissions: ConceptPermissions = {
  concept: "PersonalRecord",
  published: false,
  hidden: {},
  parts: ["IdNumberVerification", "PersonalDataExport", "Erasure"],
  operations: {
    myPersonalRecord: own,
    savePersonalRecord: own,
    exportMyData: own,
    personalRecords: those("canSeeRecords", (viewer: Viewer, { communityId }) => canSeeRecords(viewer, communityId)),
    verifyIdNumber: ownOr("canSeeRecords", (viewer: Viewer, { communityId }) => canSeeRecords(viewer, communityId)),
    erasePersonalData: ownOr("canErase", (viewer: Viewer) => canErase(viewer, others)),
  },
};
