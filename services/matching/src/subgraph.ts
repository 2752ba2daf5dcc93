import type { Database } from "@gongjian/database";
import {
  auditResolver,
  assembleSubgraph,
  buildSchema,
  type ErrorLog,
  type ExecutableSubgraph,
  type Peers,
  ownDataResolver,
  shownStub,
} from "@gongjian/subgraph";
import { Context } from "./context";
import { Community } from "./external/community.type";
import { visibleEvent } from "./external/event.lists";
import { Event } from "./external/event.type";
import { CommunityFields, EventFields, OrganisationFields, RegionFields, SuggestionFields } from "./external/external.fields";
import { Facility } from "./external/facility.type";
import { Organisation } from "./external/organisation.type";
import { Region } from "./external/region.type";
import { visibleSuggestion } from "./external/suggestion.lists";
import { Suggestion } from "./external/suggestion.type";
import { AlternativeFields, BlockerFields, MatchFactorFields, MatchFields } from "./match/match.fields";
import { MatchMutations } from "./match/match.mutations";
import { MatchQueries } from "./match/match.queries";
import { matchReference } from "./match/match.reference";
import { MatchingMutations } from "./matching/matching.mutations";
import { NeedFields } from "./need/need.fields";
import { NeedMutations } from "./need/need.mutations";
import { NeedQueries } from "./need/need.queries";
import { needReference } from "./need/need.reference";
import { OfferFields } from "./offer/offer.fields";
import { OfferMutations } from "./offer/offer.mutations";
import { OfferQueries } from "./offer/offer.queries";
import { offerReference } from "./offer/offer.reference";
import {
  CommunityProjectFields,
  FacilityProjectFields,
  OrganisationProjectFields,
  SuggestionProjectFields,
} from "./project/project.external";
import { MatchProjectFields, NeedProjectFields, ProjectFields } from "./project/project.fields";
import { ProjectMutations } from "./project/project.mutations";
import { ProjectQueries } from "./project/project.queries";
import { projectReference } from "./project/project.reference";
import { RoundCommunityFields, RoundFields } from "./round/round.fields";
import { RoundMutations } from "./round/round.mutations";
import { RoundQueries } from "./round/round.queries";
import { roundReference } from "./round/round.reference";

/** The executable schema and the SDL of this subgraph. */
export const matchingSchema = () =>
  buildSchema<Context>({
    resolvers: [
      auditResolver("matching"),
      ownDataResolver("matching"),
      RoundQueries,
      RoundMutations,
      RoundFields,
      RoundCommunityFields,
      NeedQueries,
      NeedMutations,
      NeedFields,
      OfferQueries,
      OfferMutations,
      OfferFields,
      MatchQueries,
      MatchMutations,
      MatchFields,
      MatchFactorFields,
      AlternativeFields,
      BlockerFields,
      MatchingMutations,
      ProjectQueries,
      ProjectMutations,
      ProjectFields,
      NeedProjectFields,
      MatchProjectFields,
      CommunityProjectFields,
      OrganisationProjectFields,
      SuggestionProjectFields,
      FacilityProjectFields,
      CommunityFields,
      OrganisationFields,
      EventFields,
      RegionFields,
      SuggestionFields,
    ],
    orphanedTypes: [Community, Organisation, Event, Region, Suggestion, Facility],
    references: {
      Round: roundReference,
      Need: needReference,
      Offer: offerReference,
      Match: matchReference,
      Project: projectReference,
      Event: shownStub(visibleEvent),
      Suggestion: shownStub(visibleSuggestion),
    },
  });

/** The subgraph over an open database. */
export const matchingSubgraph = (database: Database, peers: Peers, log: ErrorLog): ExecutableSubgraph =>
  assembleSubgraph({ name: "matching", ...matchingSchema(), database, log, createContext: (call) => new Context(database, call, peers) });
