import { commonEntities } from "@gongjian/database";
import { AppointmentEntity } from "./appointment.entity";
import { CalendarDayEntity } from "./calendar-day.entity";
import { CommunityEntity } from "./community.entity";
import { CompoundEntity } from "./compound.entity";
import { HonourEntity } from "./honour.entity";
import { PracticeAdoptionEntity, PracticeEntity } from "./practice.entity";
import { ContactEntity, ContactReadingEntity } from "./contact.entity";
import { FacilityChangeEntity } from "./facility-change.entity";
import { FacilityEntity, FacilityEventEntity } from "./facility.entity";
import { AppointmentLetterEntity, LetterSeriesEntity } from "./letter.entity";
import { MembershipEntity } from "./membership.entity";
import { AuditIssuer1700000000110 } from "./migrations/1700000000110-audit-issuer";
import { IdNumberAttempts1700000000243 } from "./migrations/1700000000243-id-number-attempts";
import { RevokedTokens1700000000111 } from "./migrations/1700000000111-revoked-tokens";
import { Register1700000000001 } from "./migrations/1700000000001-register";
import { Memberships1700000000002 } from "./migrations/1700000000002-memberships";
import { Pairings1700000000130 } from "./migrations/1700000000130-pairings";
import { ExchangeCorrections1700000000132 } from "./migrations/1700000000132-exchange-corrections";
import { Appointments1700000000140 } from "./migrations/1700000000140-appointments";
import { Letters1700000000141 } from "./migrations/1700000000141-letters";
import { ServiceRequests1700000000201 } from "./migrations/1700000000201-service-requests";
import { ServiceAreas1700000000143 } from "./migrations/1700000000143-service-areas";
import { ActivityEvents1700000000144 } from "./migrations/1700000000144-activity-events";
import { Teams1700000000142 } from "./migrations/1700000000142-teams";
import { Honours1700000000151 } from "./migrations/1700000000151-honours";
import { Practices1700000000150 } from "./migrations/1700000000150-practices";
import { Compounds1700000000155 } from "./migrations/1700000000155-compounds";
import { CommunityFigures1700000000154 } from "./migrations/1700000000154-community-figures";
import { Facilities1700000000170 } from "./migrations/1700000000170-facilities";
import { FacilitySearch1700000000195 } from "./migrations/1700000000195-facility-search";
import { OpeningHours1700000000172 } from "./migrations/1700000000172-opening-hours";
import { FacilityDistance1700000000171 } from "./migrations/1700000000171-facility-distance";
import { Suggestions1700000000160 } from "./migrations/1700000000160-suggestions";
import { Contacts1700000000120 } from "./migrations/1700000000120-contacts";
import { PersonalData1700000000121 } from "./migrations/1700000000121-personal-data";
import { ErasureEntity, PersonalRecordEntity } from "./personal.entity";
import { Surveys1700000000180 } from "./migrations/1700000000180-surveys";
import { OrganisationMerges1700000000192 } from "./migrations/1700000000192-organisation-merges";
import { OrganisationReferences1700000000193 } from "./migrations/1700000000193-organisation-references";
import { MergedAdoptions1700000000194 } from "./migrations/1700000000194-merged-adoptions";
import { FacilityCategories1700000000233 } from "./migrations/1700000000233-facility-categories";
import { FacilitiesOfRegions1700000000232 } from "./migrations/1700000000232-facilities-of-regions";
import { FacilityChanges1700000000231 } from "./migrations/1700000000231-facility-changes";
import { OpenMinutes1700000000230 } from "./migrations/1700000000230-open-minutes";
import { AdoptionImports1700000000235 } from "./migrations/1700000000235-adoption-imports";
import { WithheldCounts1700000000236 } from "./migrations/1700000000236-withheld-counts";
import { FormerCreditCodes1700000000237 } from "./migrations/1700000000237-former-credit-codes";
import { TraitedCommunities1700000000238 } from "./migrations/1700000000238-traited-communities";
import { OrganisationBodyCode1700000000191 } from "./migrations/1700000000191-organisation-body-code";
import { ContactsOfAppointments1700000000211 } from "./migrations/1700000000211-contacts-of-appointments";
import { Renewals1700000000250 } from "./migrations/1700000000250-renewals";
import { PairingCorrections1700000000251 } from "./migrations/1700000000251-pairing-corrections";
import { SuggestionsApart1700000000255 } from "./migrations/1700000000255-suggestions-apart";
import { WithdrawnCarryNone1700000000256 } from "./migrations/1700000000256-withdrawn-carry-none";
import { SubjectIssuers1700000000210 } from "./migrations/1700000000210-subject-issuers";
import { SuggestionSearch1700000000190 } from "./migrations/1700000000190-suggestion-search";
import { OrganisationEntity } from "./organisation.entity";
import { PairingEntity, PairingPartyEntity } from "./pairing.entity";
import { PairingCommitmentEntity, PairingExchangeEntity } from "./pairing-work.entity";
import { PersonEntity } from "./person.entity";
import { PopulationEthnicGroupEntity, PopulationSnapshotEntity } from "./population-snapshot.entity";
import { RegionEntity, RegionManagementEntity } from "./region.entity";
import { RegisterPartEntity } from "./register-part.entity";
import { IdNumberAttemptEntity } from "./id-number-attempt.entity";
import { RevokedTokenEntity } from "./revoked-token.entity";
import { ServiceRequestEntity } from "./service-request.entity";
import { ServiceContactEntity } from "./service-contact.entity";
import { SuggestionEntity } from "./suggestion.entity";
import { SuggestionStepEntity } from "./suggestion-step.entity";
import { SurveyEntity, SurveyPeriodEntity, SurveyQuestionEntity, SurveyResponseEntity } from "./survey.entity";
import { ServiceAreaEntity } from "./service-area.entity";
import { TeamActivityEntity, TeamEntity } from "./team.entity";

export { searchVector } from "./columns";
export * from "./appointment.entity";
export * from "./calendar-day.entity";
export * from "./community.entity";
export * from "./compound.entity";
export * from "./honour.entity";
export * from "./id-number-attempt.entity";
export * from "./practice.entity";
export * from "./contact.entity";
export * from "./facility-change.entity";
export * from "./facility.entity";
export * from "./letter.entity";
export * from "./membership.entity";
export * from "./organisation.entity";
export * from "./pairing.entity";
export * from "./pairing-work.entity";
export * from "./personal.entity";
export * from "./person.entity";
export * from "./population-snapshot.entity";
export * from "./region.entity";
export * from "./register-part.entity";
export * from "./revoked-token.entity";
export * from "./service-contact.entity";
export * from "./service-area.entity";
export * from "./service-field";
export * from "./service-request.entity";
export * from "./suggestion.entity";
export * from "./suggestion-step.entity";
export * from "./team.entity";
export * from "./survey.entity";

export const entities = [
  ...commonEntities,
  RegionEntity,
  RegionManagementEntity,
  CommunityEntity,
  OrganisationEntity,
  PopulationSnapshotEntity,
  PopulationEthnicGroupEntity,
  RegisterPartEntity,
  MembershipEntity,
  RevokedTokenEntity,
  IdNumberAttemptEntity,
  PersonEntity,
  AppointmentEntity,
  LetterSeriesEntity,
  AppointmentLetterEntity,
  TeamEntity,
  TeamActivityEntity,
  ServiceAreaEntity,
  PairingEntity,
  PairingPartyEntity,
  PairingCommitmentEntity,
  PairingExchangeEntity,
  CalendarDayEntity,
  SuggestionEntity,
  SuggestionStepEntity,
  ContactEntity,
  ContactReadingEntity,
  PersonalRecordEntity,
  ErasureEntity,
  SurveyEntity,
  SurveyQuestionEntity,
  SurveyPeriodEntity,
  SurveyResponseEntity,
  ServiceContactEntity,
  CompoundEntity,
  PracticeEntity,
  PracticeAdoptionEntity,
  HonourEntity,
  FacilityEntity,
  FacilityEventEntity,
  FacilityChangeEntity,
  ServiceRequestEntity,
];
export const name = "communities" as const;
export const migrations = [
  Register1700000000001,
  Memberships1700000000002,
  AuditIssuer1700000000110,
  RevokedTokens1700000000111,
  Contacts1700000000120,
  PersonalData1700000000121,
  Pairings1700000000130,
  ExchangeCorrections1700000000132,
  Appointments1700000000140,
  Letters1700000000141,
  Teams1700000000142,
  ServiceAreas1700000000143,
  ActivityEvents1700000000144,
  Practices1700000000150,
  Honours1700000000151,
  CommunityFigures1700000000154,
  Compounds1700000000155,
  Suggestions1700000000160,
  Facilities1700000000170,
  FacilityDistance1700000000171,
  OpeningHours1700000000172,
  Surveys1700000000180,
  SuggestionSearch1700000000190,
  OrganisationBodyCode1700000000191,
  OrganisationMerges1700000000192,
  OrganisationReferences1700000000193,
  MergedAdoptions1700000000194,
  FacilitySearch1700000000195,
  ServiceRequests1700000000201,
  SubjectIssuers1700000000210,
  ContactsOfAppointments1700000000211,
  OpenMinutes1700000000230,
  FacilityChanges1700000000231,
  FacilitiesOfRegions1700000000232,
  FacilityCategories1700000000233,
  AdoptionImports1700000000235,
  WithheldCounts1700000000236,
  FormerCreditCodes1700000000237,
  TraitedCommunities1700000000238,
  IdNumberAttempts1700000000243,
  Renewals1700000000250,
  PairingCorrections1700000000251,
  SuggestionsApart1700000000255,
  WithdrawnCarryNone1700000000256,
];
