import { BY_MODE, DEFINITIONS, type Definition, type Settings } from "./definitions";
import { SettingsError } from "./settings-error";

type Problem = SettingsError["problems"][number];
const MAX_SHOWN = 60;

/**
 * Reads every setting from environment variables; an empty one counts as absent. `overrides` win over the environment.
 * @throws SettingsError naming every broken variable.
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>, overrides: Partial<Settings> = {}): Settings {
  const problems: Problem[] = [];
  const read: Record<string, unknown> = {};
  for (const [name, definition] of Object.entries(DEFINITIONS) as [string, Definition<unknown>][]) {
    read[name] = valueOf(definition, env[definition.variable], problems);
  }
  const given = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
  const settings = { ...read, ...given } as Settings;
  const demoMode = settings.demoMode ?? settings.nodeEnv !== "production";
  const complete: Settings = { ...settings, demoMode, ...missingOf(settings, BY_MODE[demoMode ? "demo" : "otherwise"]) };
  if (problems.length === 0) problems.push(...contradictions(complete));
  if (problems.length > 0) throw new SettingsError(problems);
  return Object.freeze(complete);
}

/** The defaults whose settings were not given. */
function missingOf<T extends object>(settings: Settings, defaults: T): T {
  return Object.fromEntries(Object.entries(defaults).map(([name, standard]) => [name, settings[name as keyof Settings] ?? standard])) as T;
}

function valueOf(definition: Definition<unknown>, value: string | undefined, problems: Problem[]): unknown {
  const { variable, schema, expected, secret } = definition;
  if (value === undefined || value.trim() === "") return definition.default;
  const result = schema.safeParse(value.trim());
  if (result.success) return result.data;
  const shown = secret ? "its value is not usable" : `${JSON.stringify(value.slice(0, MAX_SHOWN))} is not usable`;
  problems.push({ variable, line: `${variable}: ${shown}; expected ${expected}` });
  return definition.default;
}

/** Settings that are good alone and wrong together. */
function contradictions(settings: Settings): Problem[] {
  const problems: Problem[] = [];
  const blame = (name: keyof typeof DEFINITIONS, what: string) => {
    const { variable } = DEFINITIONS[name];
    problems.push({ variable, line: `${variable}: ${what}` });
  };
  const allOrNone = (names: readonly (keyof typeof DEFINITIONS)[], why: string) => {
    const missing = names.filter((name) => settings[name] === undefined);
    if (missing.length === names.length) return;
    for (const name of missing) blame(name, `missing; ${why}`);
  };
  allOrNone(["communitiesUrl", "eventsUrl", "matchingUrl"], "expected the URLs of all three subgraphs, or of none");
  allOrNone(["oidcIssuer", "oidcAudience", "oidcJwksUrl"], "expected OIDC_ISSUER, OIDC_AUDIENCE and OIDC_JWKS_URL together");
  if (settings.oidcJwksUrl && !isSafe(new URL(settings.oidcJwksUrl))) {
    blame("oidcJwksUrl", "keys fetched over http can be forged on the way; expected an https:// URL outside this machine");
  }
  if (settings.nodeEnv === "production" && settings.demoMode && !settings.allowDemoInProduction) {
    blame(
      "demoMode",
      "refused with NODE_ENV=production, for anyone with the data folder can mint tokens; expected ALLOW_DEMO_IN_PRODUCTION=true with it",
    );
  }
  if (!settings.demoMode && settings.internalSecret === undefined) {
    blame("internalSecret", "missing; expected at least 32 random characters, the same for the gateway and all subgraphs");
  }
  if (settings.requestTimeoutMs < settings.headersTimeoutMs) {
    blame("requestTimeoutMs", "shorter than HEADERS_TIMEOUT_MS; expected at least as long, for the headers are a part of the request");
  }
  if (settings.rateLimitStore === "postgres" && !settings.rateLimitDatabaseUrl && !settings.databaseUrl) {
    blame("rateLimitDatabaseUrl", "missing; expected with RATE_LIMIT_STORE=postgres, unless DATABASE_URL is set");
  }
  return problems;
}

function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === "https:" || hostname === "localhost" || hostname === "[::1]" || /^127\./.test(hostname);
}
