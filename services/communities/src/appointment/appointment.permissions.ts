import { communityScope, organisationScope, SHOWN, those, type ConceptPermissions, type Place } from "@gongjian/subgraph";
import { scopesOfRegion } from "../region/region.policy";
import { canAppoint, canConfer, canImportAppointment, seesHiddenAppointment } from "./appointment.policy";

const atCommunity = ({ regionScopeCodes, communityId }: Place) => [
  communityScope(communityId),
  ...scopesOfRegion({ scopeCodes: regionScopeCodes }),
];
const atOrganisation = ({ regionScopeCodes, organisationId }: Place) => [
  organisationScope(organisationId),
  ...scopesOfRegion({ scopeCodes: regionScopeCodes }),
];

const appoint = [
  those("canAppoint", (viewer, place) => canAppoint(viewer, "HONORARY_DIRECTOR", atCommunity(place)), "at a community"),
  those("canAppoint", (viewer, place) => canAppoint(viewer, "DIRECTOR", atCommunity(place)), "to an office of a community"),
  those("canAppoint", (viewer, place) => canAppoint(viewer, "EXPERT", atOrganisation(place)), "at an organisation"),
];

export const appointmentPermissions: ConceptPermissions = {
  concept: "Appointment",
  hidden: {
    "it is not published": { policy: "seesHiddenAppointment", sees: (viewer, place) => seesHiddenAppointment(viewer, atCommunity(place)) },
    "it is not published, at an organisation": {
      policy: "seesHiddenAppointment",
      sees: (viewer, place) => seesHiddenAppointment(viewer, atOrganisation(place)),
    },
    "it is not published, at a region": {
      policy: "seesHiddenAppointment",
      sees: (viewer, { regionScopeCodes }) => seesHiddenAppointment(viewer, scopesOfRegion({ scopeCodes: regionScopeCodes })),
    },
  },
  parts: ["AppointmentLetter", "AppointmentVerification", "ExpertiseCount"],
  operations: {
    appointment: SHOWN,
    appointments: SHOWN,
    appoint: [...appoint, those("canConfer", (viewer, place) => canConfer(viewer, atOrganisation(place)), "in an organisation's name")],
    updateAppointment: appoint,
    revokeAppointment: appoint,
    verifyAppointment: those("public", () => true),
    issueLetter: [
      those("canConfer", (viewer, place) => canConfer(viewer, atCommunity(place)), "in a community's name"),
      those("canConfer", (viewer, place) => canConfer(viewer, atOrganisation(place)), "in an organisation's name"),
    ],
    importAppointments: those("canImportAppointment", (viewer, place) => canImportAppointment(viewer, atCommunity(place))),
  },
  fields: { "AppointmentLetter.code": those("canConfer", (viewer, place) => canConfer(viewer, atCommunity(place))) },
};
