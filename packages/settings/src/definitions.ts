import { flag, listOf, networks, oneOf, origins, type Parser, text, url, urls, wholeNumber } from "./parsers";

/** One setting: the environment variable it is read from, what it means, and what it is when the variable is absent or empty. */
export interface Definition<T, D extends T | undefined = T | undefined> extends Parser<T> {
  variable: string;
  description: string;
  default: D;
  /** What the table says instead of the default, for defaults that depend on other settings. */
  defaultText?: string;
  /** Never shown in messages or logs. */
  secret: boolean;
}

interface Extra {
  secret?: boolean;
  defaultText?: string;
}

function setting<T>(variable: string, parser: Parser<T>, standard: T, description: string, extra?: Extra): Definition<T, T>;
function setting<T>(variable: string, parser: Parser<T>, standard: undefined, description: string, extra?: Extra): Definition<T, undefined>;
function setting<T>(variable: string, parser: Parser<T>, standard: T | undefined, description: string, extra: Extra = {}) {
  return { ...parser, variable, default: standard, description, secret: extra.secret ?? false, defaultText: extra.defaultText };
}

const port = wholeNumber(0, 65_535);
const postgres = url("postgres:", "postgresql:");
const http = url("http:", "https:");
const path = text("a path", /^[^\0]{1,4000}$/);
const milliseconds = wholeNumber(1, 3_600_000, "milliseconds");
const subgraphUrl = (variable: string, name: string) =>
  setting(variable, http, undefined, `Where the ${name} subgraph is served; set all three to run the gateway over separate processes`);
const subgraphDatabase = (variable: string, name: string) =>
  setting(variable, postgres, undefined, `The ${name} subgraph's own login`, { secret: true, defaultText: "derived from `DATABASE_URL`" });

/** Every setting there is. The README's table is made from this. */
export const DEFINITIONS = {
  port: setting("PORT", port, 4000, "Port of the gateway; 0 takes any free one"),
  host: setting("HOST", text("a host name or address", /^[A-Za-z0-9.:_-]{1,253}$/), "127.0.0.1", "Address to listen on; 0.0.0.0 for all"),
  dataDir: setting("DATA_DIR", path, ".gongjian", "Folder of the embedded database, local keys and generated secrets"),
  logLevel: setting(
    "LOG_LEVEL",
    oneOf("fatal", "error", "warn", "info", "debug", "trace", "silent"),
    "info",
    "The least serious log lines written",
  ),
  logFormat: setting("LOG_FORMAT", oneOf("json", "text"), undefined, "How log lines are written: for programs or for people", {
    defaultText: "`json` in production and of `gongjian serve` away from a terminal, otherwise `text`",
  }),
  nodeEnv: setting("NODE_ENV", oneOf("development", "test", "production"), "development", "production turns demo conveniences off"),

  databaseUrl: setting("DATABASE_URL", postgres, undefined, "An outside PostgreSQL", {
    secret: true,
    defaultText: "the embedded PostgreSQL",
  }),
  databaseReadUrls: setting("DATABASE_READ_URLS", urls("postgres:", "postgresql:"), [], "Read replicas, separated by commas", {
    secret: true,
  }),
  databasePoolSize: setting("DATABASE_POOL_SIZE", wholeNumber(1, 200), 10, "Connections of each subgraph"),
  databaseRolePrefix: setting(
    "DATABASE_ROLE_PREFIX",
    text("lower-case letters, digits and _, 40 at most", /^[a-z][a-z0-9_]{0,39}$/),
    "gongjian",
    "What the names of the login roles begin with; for two installations in one PostgreSQL",
  ),
  communitiesDatabaseUrl: subgraphDatabase("COMMUNITIES_DATABASE_URL", "communities"),
  eventsDatabaseUrl: subgraphDatabase("EVENTS_DATABASE_URL", "events"),
  matchingDatabaseUrl: subgraphDatabase("MATCHING_DATABASE_URL", "matching"),

  communitiesUrl: subgraphUrl("COMMUNITIES_URL", "communities"),
  eventsUrl: subgraphUrl("EVENTS_URL", "events"),
  matchingUrl: subgraphUrl("MATCHING_URL", "matching"),
  communitiesPort: setting("COMMUNITIES_PORT", port, 4001, "Port of the communities subgraph as a process of its own"),
  eventsPort: setting("EVENTS_PORT", port, 4002, "Port of the events subgraph as a process of its own"),
  matchingPort: setting("MATCHING_PORT", port, 4003, "Port of the matching subgraph as a process of its own"),

  demoMode: setting("DEMO_MODE", flag, undefined, "A local issuer of tokens and Apollo Studio's origin are trusted", {
    defaultText: "true, unless `NODE_ENV=production`",
  }),
  allowDemoInProduction: setting("ALLOW_DEMO_IN_PRODUCTION", flag, false, "Permits `DEMO_MODE=true` together with `NODE_ENV=production`"),
  internalSecret: setting(
    "INTERNAL_SECRET",
    text("at least 32 characters", /^.{32,}$/),
    undefined,
    "Signs what the gateway tells the subgraphs",
    {
      secret: true,
      defaultText: "in demo mode generated once in `DATA_DIR`; otherwise required",
    },
  ),
  dataKeys: setting(
    "DATA_KEYS",
    text(
      "id:base64 of 32 bytes, several separated by commas",
      /^[A-Za-z0-9_-]{1,32}:[A-Za-z0-9+/_-]{43}=?(?:\s*,\s*[A-Za-z0-9_-]{1,32}:[A-Za-z0-9+/_-]{43}=?)*$/,
    ),
    undefined,
    "The keys that private data is encrypted with where it is stored (communities): the first encrypts, all decrypt",
    { secret: true, defaultText: "in demo mode generated once in `DATA_DIR`; otherwise required where communities runs" },
  ),
  oidcIssuer: setting("OIDC_ISSUER", http, undefined, "The OpenID Connect provider whose tokens are taken, as its tokens' `iss` names it"),
  oidcAudience: setting("OIDC_AUDIENCE", text("a text", /^.{1,500}$/), undefined, "The `aud` that tokens must carry"),
  oidcJwksUrl: setting("OIDC_JWKS_URL", http, undefined, "Where the provider publishes its keys; https outside this machine"),
  oidcClaimMemberships: setting(
    "OIDC_CLAIM_MEMBERSHIPS",
    flag,
    false,
    "Whether the memberships that the provider's tokens claim (`gongjian:memberships`) are believed: they are then all that the holder has",
  ),
  idempotencyDays: setting(
    "IDEMPOTENCY_DAYS",
    wholeNumber(1, 365, "days"),
    7,
    "How long the first result of a mutation is kept under its `idempotencyKey`: after it the same key is a new request",
  ),
  membershipTrustSeconds: setting(
    "MEMBERSHIP_TRUST_SECONDS",
    wholeNumber(1, 300, "seconds"),
    30,
    "How long stored memberships are used before they are looked up again: a revocation is honoured within it",
  ),
  clockToleranceSeconds: setting("CLOCK_TOLERANCE_SECONDS", wholeNumber(0, 300, "seconds"), 30, "How far the provider's clock may be off"),

  publicUrl: setting(
    "PUBLIC_URL",
    http,
    undefined,
    "Where people reach the gateway, as it is printed on letters of appointment; as each request names it when left out",
  ),
  corsOrigins: setting("CORS_ORIGINS", origins, [], "Origins of web pages that may ask the gateway, separated by commas"),
  introspection: setting("INTROSPECTION", flag, true, "Whether the schema can be read through the gateway"),
  bodyLimitBytes: setting("BODY_LIMIT_BYTES", wholeNumber(1_000, 100_000_000, "bytes"), 1_000_000, "Largest request body"),
  responseLimitBytes: setting(
    "RESPONSE_LIMIT_BYTES",
    wholeNumber(10_000, 1_000_000_000, "bytes"),
    50_000_000,
    "Largest answer, of a subgraph and of the gateway",
  ),
  maxTokens: setting("MAX_TOKENS", wholeNumber(50, 20_000), 2_000, "Lexical tokens of a document"),
  maxDepth: setting("MAX_DEPTH", wholeNumber(3, 100), 16, "Levels of fields in an operation"),
  maxAliases: setting("MAX_ALIASES", wholeNumber(0, 1_000), 30, "Aliases in an operation, fragments expanded"),
  maxRootFields: setting("MAX_ROOT_FIELDS", wholeNumber(1, 1_000), 20, "Root fields of an operation"),
  maxDirectives: setting("MAX_DIRECTIVES", wholeNumber(0, 1_000), 50, "Directives in a document"),
  maxCost: setting("MAX_COST", wholeNumber(10, 100_000_000), 50_000, "Fields that an operation may answer with, lists at their page size"),
  defaultListSize: setting("DEFAULT_LIST_SIZE", wholeNumber(1, 1_000), 20, "Rows that cost counts for a list that names no page size"),
  maxPersistedQueries: setting("MAX_PERSISTED_QUERIES", wholeNumber(10, 100_000), 1_000, "Automatic persisted queries kept"),

  rateLimitPerMinute: setting(
    "RATE_LIMIT_PER_MINUTE",
    wholeNumber(0, 10_000_000, "points"),
    undefined,
    "Points a minute for the callers of one address (an IPv6 network of 64 bits) that show no credential; 0: no limit",
    { defaultText: "`0` in demo mode, otherwise `600`" },
  ),
  rateLimitViewerPerMinute: setting(
    "RATE_LIMIT_VIEWER_PER_MINUTE",
    wholeNumber(0, 10_000_000, "points"),
    undefined,
    "Points a minute for one signed-in viewer; 0: no limit",
    { defaultText: "`0` in demo mode, otherwise `1200`" },
  ),
  rateLimitCostPerPoint: setting(
    "RATE_LIMIT_COST_PER_POINT",
    wholeNumber(1, 100_000_000),
    1_000,
    "Cost (as `MAX_COST` counts it) that an operation has for each point of the rate limits; every request takes one at least, and a mutation one for each of its root fields",
  ),
  rateLimitStore: setting(
    "RATE_LIMIT_STORE",
    oneOf("memory", "postgres"),
    "memory",
    "Where points are counted: memory for one gateway, postgres for several",
  ),
  rateLimitDatabaseUrl: setting(
    "RATE_LIMIT_DATABASE_URL",
    postgres,
    undefined,
    "The PostgreSQL of `RATE_LIMIT_STORE=postgres`, by a login that may create a schema, or owns `gongjian_gateway`",
    { secret: true, defaultText: "`DATABASE_URL`" },
  ),
  trustedProxies: setting(
    "TRUSTED_PROXIES",
    networks,
    [],
    "Addresses and networks of the proxies in front, separated by commas; `X-Forwarded-For` is believed from them alone",
  ),
  safelist: setting(
    "SAFELIST",
    path,
    undefined,
    "A JSON file of documents by their SHA-256 hash; with it no other operation is executed, and a hash alone is enough to ask for one",
    { defaultText: "none: any operation within the limits" },
  ),
  safelistExemptRoles: setting("SAFELIST_EXEMPT_ROLES", listOf("SERVICE", "ADMIN"), [], "Roles whose holders may ask beyond the safelist"),

  maxInFlight: setting(
    "MAX_IN_FLIGHT",
    wholeNumber(1, 100_000),
    1_000,
    "Requests that the gateway reads and answers at a time; beyond it callers are told to come again",
  ),
  maxConnections: setting("MAX_CONNECTIONS", wholeNumber(1, 1_000_000), 10_000, "Connections to the gateway"),
  maxConnectionsPerAddress: setting(
    "MAX_CONNECTIONS_PER_ADDRESS",
    wholeNumber(0, 1_000_000),
    undefined,
    "Connections of one address, trusted proxies excepted; 0: no limit",
    { defaultText: "`0` in demo mode, otherwise `200`" },
  ),
  keepAliveTimeoutMs: setting("KEEP_ALIVE_TIMEOUT_MS", milliseconds, 30_000, "Time that an idle connection is kept open"),
  breakerFailures: setting(
    "BREAKER_FAILURES",
    wholeNumber(0, 10_000),
    10,
    "Failures in a row of the way to a subgraph after which it is not asked for a while; 0: it always is",
  ),
  breakerCooldownMs: setting("BREAKER_COOLDOWN_MS", milliseconds, 5_000, "Time until a subgraph that failed is tried again"),

  subgraphTimeoutMs: setting("SUBGRAPH_TIMEOUT_MS", milliseconds, 10_000, "Time that a subgraph has to answer"),
  headersTimeoutMs: setting("HEADERS_TIMEOUT_MS", milliseconds, 10_000, "Time that a client has to send its headers"),
  requestTimeoutMs: setting("REQUEST_TIMEOUT_MS", milliseconds, 30_000, "Time that a client has to send its whole request"),
  shutdownGraceMs: setting("SHUTDOWN_GRACE_MS", milliseconds, 10_000, "Time that requests in flight have to finish at shutdown"),
} satisfies Record<string, Definition<never, never> | Definition<unknown>>;

type Definitions = typeof DEFINITIONS;
type Value<D> = D extends Definition<infer T, infer S> ? T | S : never;
type Read = { readonly [K in keyof Definitions]: Value<Definitions[K]> };

/** What stands in for absent settings whose default depends on demo mode. */
export const BY_MODE = {
  demo: { rateLimitPerMinute: 0, rateLimitViewerPerMinute: 0, maxConnectionsPerAddress: 0 },
  otherwise: { rateLimitPerMinute: 600, rateLimitViewerPerMinute: 1_200, maxConnectionsPerAddress: 200 },
} as const satisfies Record<string, Partial<Record<keyof Definitions, number>>>;

type ByMode = keyof (typeof BY_MODE)["demo"];

/** Every setting, read and checked. Settings that were not given and have no default are undefined. */
export type Settings = Omit<Read, "demoMode" | ByMode> & { readonly demoMode: boolean } & { readonly [K in ByMode]: number };
