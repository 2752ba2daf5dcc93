import { buildSubgraphSchema } from "@apollo/subgraph";
import type { Call, ExecutableSubgraph } from "@gongjian/subgraph";
import { GraphQLError, GraphQLScalarType, parse } from "graphql";

/** Two small federated subgraphs with everything that can differ on the way: scalars that are objects, unions, nulls, errors, waits. */
const FEDERATION = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';

const COMMUNITIES = `${FEDERATION}
scalar Instant
scalar Labels
type Query {
  community(id: ID!): Community
  communities(first: Int = 20, after: String): CommunityConnection!
  all: [Community!]!
  find(ids: [ID!]!): [Community]!
  slow(ms: Int!): String
  fail(how: String!): String
  me: Viewer!
  parties: [Party!]!
  echo(labels: Labels): Labels
}
type Mutation { rename(id: ID!, name: String!): RenameResult! }
interface Party { name: String! }
type Person implements Party { name: String! age: Int }
type Community implements Party @key(fields: "id") {
  id: ID! name: String! founded: Instant labels: Labels broken: String brokenRequired: String! neighbours(first: Int = 5): CommunityConnection!
}
type CommunityConnection { edges: [CommunityEdge!]! nodes: [Community!]! totalCount: Int }
type CommunityEdge { cursor: String! node: Community! }
type Viewer { subject: String! roles: [String!]! requestId: String! script: String }
union RenameResult = Community | NameTaken
type NameTaken { by: Community! }`;

const EVENTS = `${FEDERATION}
type Query { event(id: ID!): Event events: [Event!]! }
type Event @key(fields: "id") { id: ID! title: String! host: Community missing: Community needed: Community! }
type Community @key(fields: "id", resolvable: true) { id: ID! events: [Event!]! busy: Boolean! }`;

const community = (id: string) => ({
  __typename: "Community",
  id,
  name: `社区 ${id}`,
  founded: new Date(Date.UTC(2000, 0, Number(id))),
  labels: { code: id, tags: ["a", undefined, new Date(0)] },
});
const IDS = ["1", "2", "3", "4", "5"];
const connection = (first: number) => {
  const nodes = IDS.slice(0, first).map(community);
  return { nodes, edges: nodes.map((node) => ({ cursor: node.id, node })), totalCount: IDS.length };
};
const asIs = (name: string) => new GraphQLScalarType({ name, serialize: (value) => value, parseValue: (value) => value });
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface Context {
  call: Call;
}

function fail(how: string): never {
  if (how === "forbidden") throw new GraphQLError("You may not do this.", { extensions: { code: "FORBIDDEN", concept: "Need" } });
  throw new Error(`connect to postgres://user:hush@db:5432 failed`);
}

const communityResolvers = {
  Instant: asIs("Instant"),
  Labels: asIs("Labels"),
  Query: {
    community: (_: unknown, { id }: { id: string }) => (IDS.includes(id) ? community(id) : null),
    communities: (_: unknown, { first }: { first: number }) => connection(first),
    all: () => IDS.map(community),
    find: (_: unknown, { ids }: { ids: string[] }) => ids.map((id) => (IDS.includes(id) ? community(id) : null)),
    slow: async (_: unknown, { ms }: { ms: number }) => {
      await wait(ms);
      return "done";
    },
    fail: (_: unknown, { how }: { how: string }) => fail(how),
    me: (_: unknown, __: unknown, { call }: Context) => ({
      subject: call.viewer.subject,
      roles: call.viewer.memberships.map(({ role, scope }) => `${role} ${scope}`),
      requestId: call.requestId,
      script: call.script,
    }),
    parties: () => [community("1"), { __typename: "Person", name: "Anyone", age: null }],
    echo: (_: unknown, { labels }: { labels: unknown }) => labels,
  },
  Mutation: {
    rename: (_: unknown, { id, name }: { id: string; name: string }) =>
      name === "taken" ? { __typename: "NameTaken", by: community("2") } : { ...community(id), name },
  },
  Community: {
    __resolveReference: ({ id }: { id: string }) => (IDS.includes(id) ? community(id) : null),
    broken: () => fail("forbidden"),
    brokenRequired: () => fail("secret"),
    neighbours: (_: unknown, { first }: { first: number }) => connection(first),
  },
};

const event = (id: string) => ({ __typename: "Event", id, title: `活动 ${id}`, host: { __typename: "Community", id } });
const eventResolvers = {
  Query: { event: (_: unknown, { id }: { id: string }) => event(id), events: () => IDS.map(event) },
  Event: {
    __resolveReference: ({ id }: { id: string }) => event(id),
    missing: () => ({ __typename: "Community", id: "99" }),
    needed: () => ({ __typename: "Community", id: "99" }),
  },
  Community: {
    __resolveReference: ({ id }: { id: string }) => ({ __typename: "Community", id }),
    events: async ({ id }: { id: string }) => [event(id)],
    busy: ({ id }: { id: string }) => id !== "3",
  },
};

function toy(name: string, sdl: string, resolvers: object): ExecutableSubgraph & { healthy: boolean } {
  return {
    name,
    sdl,
    healthy: true,
    schema: buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]),
    createContext: (call): Context => ({ call }),
    formatError: (error) =>
      error.extensions.code || !error.originalError
        ? { message: error.message, path: error.path, extensions: { code: "BAD_USER_INPUT", ...error.extensions } }
        : {
            message: "Something went wrong on our side.",
            path: error.path,
            extensions: { code: "INTERNAL", errorId: "subgraph-error-id" },
          },
    async ping() {
      if (!this.healthy) throw new Error("no database");
    },
    close: async () => {},
  };
}

export const toyCommunities = () => toy("communities", COMMUNITIES, communityResolvers);
export const toyEvents = () => toy("events", EVENTS, eventResolvers);
