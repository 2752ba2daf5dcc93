import type { Database } from "@gongjian/database";
import { entities } from "@gongjian/entities-events";
import {
  auditResolver,
  assembleSubgraph,
  buildSchema,
  type ErrorLog,
  type ExecutableSubgraph,
  type Peers,
  ownDataResolver,
} from "@gongjian/subgraph";
import { Context } from "./context";
import { EventFields } from "./event/event.fields";
import { EventMutations } from "./event/event.mutations";
import { EventQueries } from "./event/event.queries";
import { eventReference } from "./event/event.reference";
import { CommunityFields, MatchFields, OrganisationFields, RegionFields } from "./external/external.fields";
import { Match } from "./external/match.type";
import { OrganiserFields } from "./organiser/organiser.fields";
import { OrganiserMutations } from "./organiser/organiser.mutations";
import { organiserReference } from "./organiser/organiser.reference";
import { SeriesFields } from "./series/series.fields";
import { SeriesMutations } from "./series/series.mutations";
import { SeriesQueries } from "./series/series.queries";
import { seriesReference } from "./series/series.reference";
import { ParticipantFields, SessionFields } from "./session/session.fields";
import { SessionMutations } from "./session/session.mutations";
import { sessionReference } from "./session/session.reference";

export { entities };

/** The executable schema and the SDL of this subgraph. */
export const eventsSchema = () =>
  buildSchema<Context>({
    resolvers: [
      auditResolver("events"),
      ownDataResolver("events"),
      SeriesQueries,
      SeriesMutations,
      SeriesFields,
      EventQueries,
      EventMutations,
      EventFields,
      OrganiserMutations,
      OrganiserFields,
      SessionMutations,
      SessionFields,
      ParticipantFields,
      CommunityFields,
      OrganisationFields,
      RegionFields,
      MatchFields,
    ],
    orphanedTypes: [Match],
    references: {
      EventSeries: seriesReference,
      Event: eventReference,
      Organiser: organiserReference,
      Session: sessionReference,
    },
  });

/** The subgraph over an open database. It does not own the database's life: `close` closes it all the same, as the last user. */
export const eventsSubgraph = (database: Database, peers: Peers, log: ErrorLog): ExecutableSubgraph =>
  assembleSubgraph({
    name: "events",
    ...eventsSchema(),
    database,
    log,
    createContext: (call) => new Context(database, call, peers),
  });
