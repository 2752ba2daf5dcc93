import type { Settings } from "@gongjian/settings";

/** What the gateway needs to know, of all settings. */
export type GatewaySettings = Pick<
  Settings,
  | "host"
  | "demoMode"
  | "corsOrigins"
  | "introspection"
  | "bodyLimitBytes"
  | "maxTokens"
  | "maxDepth"
  | "maxAliases"
  | "maxRootFields"
  | "maxDirectives"
  | "maxCost"
  | "defaultListSize"
  | "maxPersistedQueries"
  | "subgraphTimeoutMs"
  | "headersTimeoutMs"
  | "requestTimeoutMs"
  | "shutdownGraceMs"
>;
