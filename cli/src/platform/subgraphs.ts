import { communitiesSchema, communitiesSubgraph } from "@gongjian/communities";
import type { Database, SubgraphName } from "@gongjian/database";
import * as communities from "@gongjian/entities-communities";
import * as events from "@gongjian/entities-events";
import * as matching from "@gongjian/entities-matching";
import { eventsSchema, eventsSubgraph } from "@gongjian/events";
import { matchingSchema, matchingSubgraph } from "@gongjian/matching";
import type { ErrorLog, ExecutableSubgraph, Peers } from "@gongjian/subgraph";

/** One subgraph: what its schema holds, and how it is put together. */
export interface SubgraphModule {
  name: SubgraphName;
  entities: Function[];
  migrations: Function[];
  schema: () => { sdl: string };
  create: (database: Database, peers: Peers, log: ErrorLog) => ExecutableSubgraph;
}

/** The subgraphs, in the order in which they are migrated. */
export const SUBGRAPHS: readonly SubgraphModule[] = [
  {
    name: "communities",
    entities: communities.entities,
    migrations: communities.migrations,
    schema: communitiesSchema,
    create: communitiesSubgraph,
  },
  { name: "events", entities: events.entities, migrations: events.migrations, schema: eventsSchema, create: eventsSubgraph },
  { name: "matching", entities: matching.entities, migrations: matching.migrations, schema: matchingSchema, create: matchingSubgraph },
];

export const subgraphNamed = (name: string): SubgraphModule => {
  const found = SUBGRAPHS.find((subgraph) => subgraph.name === name);
  if (!found) throw new Error(`There is no subgraph ${name}`);
  return found;
};
