import { entities } from "@gongjian/entities-communities";
import type { Database } from "@gongjian/database";
import {
  assembleSubgraph,
  auditResolver,
  buildSchema,
  type ErrorLog,
  type ExecutableSubgraph,
  type Peers,
  shownStub,
} from "@gongjian/subgraph";
import { visibleEvent } from "./external/event.lists";
import {
  AppointmentFields,
  CommunityAppointments,
  EventAppointments,
  OrganisationAppointments,
  RegionAppointments,
} from "./appointment/appointment.fields";
import { AppointmentMutations } from "./appointment/appointment.mutations";
import { AppointmentQueries } from "./appointment/appointment.queries";
import { appointmentReference } from "./appointment/appointment.reference";
import { CalendarMutations } from "./calendar/calendar.mutations";
import { CalendarQueries } from "./calendar/calendar.queries";
import { CommunityFields } from "./community/community.fields";
import { CommunityMutations } from "./community/community.mutations";
import { CommunityQueries } from "./community/community.queries";
import { communityReference } from "./community/community.reference";
import { ComparisonQueries } from "./comparison/comparison.queries";
import { CommunityCompounds, CompoundFields } from "./compound/compound.fields";
import { CompoundMutations } from "./compound/compound.mutations";
import { CompoundQueries } from "./compound/compound.queries";
import { compoundReference } from "./compound/compound.reference";
import { AppointmentContacts, CommunityContacts, ContactFields, OrganisationContacts } from "./contact/contact.fields";
import { CommunityTraitFields } from "./community-trait/community-trait.fields";
import { CommunityTraitMutations } from "./community-trait/community-trait.mutations";
import { CommunityTraitQueries } from "./community-trait/community-trait.queries";
import { PRACTICE_RESOLVERS } from "./practice/practice.resolvers";
import { practiceReference } from "./practice/practice.reference";
import { ContactMutations } from "./contact/contact.mutations";
import { ContactQueries } from "./contact/contact.queries";
import { Context } from "./context";
import {
  CommunityFacilities,
  FacilityConnectionFields,
  FacilityFields,
  OrganisationFacilities,
  RegionFacilities,
} from "./facility/facility.fields";
import { honourReference } from "./honour/honour.reference";
import { FacilityChangeFields, FacilityPast } from "./facility-change/facility-change.fields";
import { FacilityChangeMutations } from "./facility-change/facility-change.mutations";
import { FacilityMutations } from "./facility/facility.mutations";
import { FacilityQueries } from "./facility/facility.queries";
import { facilityReference } from "./facility/facility.reference";
import { AppointmentLetterField, LetterFields } from "./letter/letter.fields";
import { LetterMutations } from "./letter/letter.mutations";
import { LetterQueries } from "./letter/letter.queries";
import { MembershipFields } from "./membership/membership.fields";
import { MembershipMutations } from "./membership/membership.mutations";
import { MembershipQueries } from "./membership/membership.queries";
import { OrganisationFields } from "./organisation/organisation.fields";
import { OrganisationMutations } from "./organisation/organisation.mutations";
import { OrganisationQueries } from "./organisation/organisation.queries";
import { OrganisationMergeFields } from "./organisation-merge/organisation-merge.fields";
import { OrganisationMergeMutations } from "./organisation-merge/organisation-merge.mutations";
import { OrganisationMergeQueries } from "./organisation-merge/organisation-merge.queries";
import { organisationReference } from "./organisation/organisation.reference";
import { PairingCommitmentFields, PairingCommitments } from "./pairing-commitment/pairing-commitment.fields";
import { PairingCommitmentMutations } from "./pairing-commitment/pairing-commitment.mutations";
import { PairingCommitmentQueries } from "./pairing-commitment/pairing-commitment.queries";
import { EventExchanges, PairingExchangeFields, PairingExchanges } from "./pairing-exchange/pairing-exchange.fields";
import { PairingExchangeMutations } from "./pairing-exchange/pairing-exchange.mutations";
import { PairingNetworkFields, PairingNetworkQueries } from "./pairing-network/pairing-network.queries";
import {
  CommunityPairings,
  EventPairings,
  OrganisationPairings,
  OwedVisitFields,
  PairingFields,
  PairingPartyFields,
} from "./pairing/pairing.fields";
import { PairingMutations } from "./pairing/pairing.mutations";
import { PairingQueries } from "./pairing/pairing.queries";
import { pairingReference } from "./pairing/pairing.reference";
import { PersonalFields } from "./personal/personal.fields";
import { PersonalMutations } from "./personal/personal.mutations";
import { PersonalQueries } from "./personal/personal.queries";
import { PersonFields } from "./person/person.fields";
import { PersonMutations } from "./person/person.mutations";
import { PersonQueries } from "./person/person.queries";
import { personReference } from "./person/person.reference";
import { PopulationFields } from "./population/population.fields";
import { PopulationMutations } from "./population/population.mutations";
import { PopulationQueries } from "./population/population.queries";
import { populationReference } from "./population/population.reference";
import { RegionFields } from "./region/region.fields";
import { RegionMutations } from "./region/region.mutations";
import { RegionQueries } from "./region/region.queries";
import { regionReference } from "./region/region.reference";
import { SearchHitConnectionFields, SearchQueries } from "./search/search.queries";
import { CommunityServiceContacts, ServiceContactFields } from "./service-contact/service-contact.fields";
import { CommunityServiceRequests, ServiceRequestFields } from "./service-request/service-request.fields";
import { ServiceRequestMutations } from "./service-request/service-request.mutations";
import { ServiceRequestQueries } from "./service-request/service-request.queries";
import { serviceRequestReference } from "./service-request/service-request.reference";
import { ServiceContactMutations } from "./service-contact/service-contact.mutations";
import {
  CommunitySuggestions,
  EventSuggestions,
  SurveyPeriodSuggestions,
  OrganisationSuggestions,
  RegionSuggestions,
  SuggestionFields,
  SuggestionPlaceRatesFields,
  SuggestionStepFields,
} from "./suggestion/suggestion.fields";
import { SuggestionMutations } from "./suggestion/suggestion.mutations";
import { SuggestionQueries } from "./suggestion/suggestion.queries";
import { suggestionReference } from "./suggestion/suggestion.reference";
import { RegionStatisticsFields } from "./statistics/statistics.fields";
import { TokenMutations } from "./token/token.mutations";
import { TokenQueries } from "./token/token.queries";
import { CommunitySurveys, SurveyFields, SurveyPeriodFields, SurveyPlaceFields } from "./survey/survey.fields";
import { SurveyMutations } from "./survey/survey.mutations";
import { SurveyQueries } from "./survey/survey.queries";
import { surveyReference } from "./survey/survey.reference";
import { CommunityServedBy, OrganisationServes } from "./service-area/service-area.fields";
import { ServiceAreaMutations } from "./service-area/service-area.mutations";
import { CommunityTeams, EventTeamActivities, OrganisationTeam, TeamActivityFields, TeamFields } from "./team/team.fields";
import { TeamMutations } from "./team/team.mutations";
import { TeamQueries } from "./team/team.queries";
import { teamReference } from "./team/team.reference";

export { entities };

/** The executable schema and the SDL of this subgraph. */
export const communitiesSchema = () =>
  buildSchema<Context>({
    resolvers: [
      RegionQueries,
      RegionMutations,
      RegionFields,
      RegionStatisticsFields,
      CommunityQueries,
      CommunityMutations,
      CommunityFields,
      OrganisationQueries,
      OrganisationMutations,
      OrganisationFields,
      OrganisationMergeQueries,
      OrganisationMergeMutations,
      OrganisationMergeFields,
      PopulationQueries,
      PopulationMutations,
      PopulationFields,
      ComparisonQueries,
      CompoundQueries,
      CompoundMutations,
      CompoundFields,
      CommunityCompounds,
      ...PRACTICE_RESOLVERS,
      CommunityTraitQueries,
      CommunityTraitMutations,
      CommunityTraitFields,
      MembershipQueries,
      MembershipMutations,
      MembershipFields,
      ContactQueries,
      ContactMutations,
      ContactFields,
      CommunityContacts,
      OrganisationContacts,
      AppointmentContacts,
      TokenQueries,
      TokenMutations,
      PersonalQueries,
      PersonalMutations,
      PersonalFields,
      PersonQueries,
      PersonMutations,
      PersonFields,
      AppointmentQueries,
      AppointmentMutations,
      AppointmentFields,
      CommunityAppointments,
      OrganisationAppointments,
      RegionAppointments,
      EventAppointments,
      LetterQueries,
      LetterMutations,
      LetterFields,
      AppointmentLetterField,
      ServiceAreaMutations,
      OrganisationServes,
      CommunityServedBy,
      FacilityQueries,
      FacilityMutations,
      FacilityPast,
      FacilityChangeFields,
      FacilityChangeMutations,
      FacilityFields,
      FacilityConnectionFields,
      CommunityFacilities,
      RegionFacilities,
      OrganisationFacilities,
      TeamQueries,
      TeamMutations,
      TeamFields,
      TeamActivityFields,
      OrganisationTeam,
      CommunityTeams,
      EventTeamActivities,
      PairingQueries,
      PairingMutations,
      PairingFields,
      PairingPartyFields,
      OwedVisitFields,
      CommunityPairings,
      OrganisationPairings,
      EventPairings,
      PairingExchanges,
      EventExchanges,
      PairingExchangeFields,
      PairingExchangeMutations,
      PairingCommitments,
      PairingCommitmentFields,
      PairingCommitmentQueries,
      PairingCommitmentMutations,
      PairingNetworkQueries,
      PairingNetworkFields,
      SearchQueries,
      SearchHitConnectionFields,
      CalendarQueries,
      CalendarMutations,
      SuggestionQueries,
      SuggestionMutations,
      SuggestionFields,
      SuggestionStepFields,
      SuggestionPlaceRatesFields,
      CommunitySuggestions,
      OrganisationSuggestions,
      RegionSuggestions,
      EventSuggestions,
      SurveyPeriodSuggestions,
      SurveyQueries,
      SurveyMutations,
      SurveyFields,
      SurveyPeriodFields,
      SurveyPlaceFields,
      CommunitySurveys,
      ServiceContactMutations,
      ServiceContactFields,
      CommunityServiceContacts,
      ServiceRequestQueries,
      ServiceRequestMutations,
      ServiceRequestFields,
      CommunityServiceRequests,
      auditResolver("communities"),
    ],
    references: {
      Region: regionReference,
      Community: communityReference,
      Organisation: organisationReference,
      PopulationSnapshot: populationReference,
      Compound: compoundReference,
      Facility: facilityReference,
      Practice: practiceReference,
      Honour: honourReference,
      Person: personReference,
      Appointment: appointmentReference,
      Pairing: pairingReference,
      Team: teamReference,
      Suggestion: suggestionReference,
      Survey: surveyReference,
      ServiceRequest: serviceRequestReference,
      Event: shownStub(visibleEvent),
    },
  });

/** The subgraph over an open database. It does not own the database's life: `close` closes it all the same, as the last user. */
export const communitiesSubgraph = (database: Database, peers: Peers, log: ErrorLog): ExecutableSubgraph =>
  assembleSubgraph({
    name: "communities",
    ...communitiesSchema(),
    database,
    log,
    createContext: (call) => new Context(database, call, peers),
  });
