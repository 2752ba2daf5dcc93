import { auditPermissions, type ConceptPermissions } from "@gongjian/subgraph";
import { appointmentPermissions } from "./appointment/appointment.permissions";
import { calendarPermissions } from "./calendar/calendar.permissions";
import { communityPermissions } from "./community/community.permissions";
import { compoundPermissions } from "./compound/compound.permissions";
import { honourPermissions } from "./honour/honour.permissions";
import { practicePermissions } from "./practice/practice.permissions";
import { contactPermissions, contactReadingPermissions } from "./contact/contact.permissions";
import { facilityPermissions } from "./facility/facility.permissions";
import { membershipPermissions } from "./membership/membership.permissions";
import { organisationPermissions } from "./organisation/organisation.permissions";
import { pairingPermissions } from "./pairing/pairing.permissions";
import { personalPermissions } from "./personal/personal.permissions";
import { personPermissions } from "./person/person.permissions";
import { populationPermissions } from "./population/population.permissions";
import { regionPermissions } from "./region/region.permissions";
import { serviceRequestPermissions } from "./service-request/service-request.permissions";
import { serviceContactPermissions } from "./service-contact/service-contact.permissions";
import { teamPermissions } from "./team/team.permissions";
import { suggestionPermissions } from "./suggestion/suggestion.permissions";
import { tokenPermissions } from "./token/token.permissions";
import { surveyPeriodPermissions, surveyPermissions } from "./survey/survey.permissions";

/** Who may do what in this subgraph, concept by concept: the source of docs/permissions.md and of the test that runs it. */
export const communitiesPermissions: readonly ConceptPermissions[] = [
  regionPermissions,
  communityPermissions,
  organisationPermissions,
  populationPermissions,
  compoundPermissions,
  practicePermissions,
  honourPermissions,
  membershipPermissions,
  tokenPermissions,
  personPermissions,
  appointmentPermissions,
  teamPermissions,
  facilityPermissions,
  pairingPermissions,
  suggestionPermissions,
  surveyPermissions,
  surveyPeriodPermissions,
  serviceContactPermissions,
  serviceRequestPermissions,
  calendarPermissions,
  contactPermissions,
  contactReadingPermissions,
  personalPermissions,
  auditPermissions("communities"),
];
