import { mkdtempSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { DEFINITIONS, internalSecret, printable, readSettings, SettingsError, settingsTable } from ".";

const SECRET = "s".repeat(32);

function messageOf(env: Record<string, string>): string {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  throw new Error("the settings were accepted");
}

describe("readSettings", () => {
  it("has a default for an empty environment, and takes empty variables for absent ones", () => {
    const settings = readSettings({ PORT: "", DATABASE_URL: " " });
    expect(settings).toMatchObject({
      port: 4000,
      host: "127.0.0.1",
      dataDir: ".gongjian",
      demoMode: true,
      databaseUrl: undefined,
      corsOrigins: [],
    });
  });

  it("reads every kind of value", () => {
    const settings = readSettings({
      PORT: "0",
      DEMO_MODE: "no",
      INTERNAL_SECRET: SECRET,
      CORS_ORIGINS: "https://a.example, http://localhost:5173",
      DATABASE_READ_URLS: "postgres://a/x,postgres://b/x",
      LOG_LEVEL: "debug",
      TRUSTED_PROXIES: "10.0.0.0/8, ::1",
      SAFELIST_EXEMPT_ROLES: "SERVICE,ADMIN",
    });
    expect(settings.trustedProxies).toEqual(["10.0.0.0/8", "::1"]);
    expect(settings.safelistExemptRoles).toEqual(["SERVICE", "ADMIN"]);
    expect(settings.port).toBe(0);
    expect(settings.demoMode).toBe(false);
    expect(settings.corsOrigins).toEqual(["https://a.example", "http://localhost:5173"]);
    expect(settings.databaseReadUrls).toEqual(["postgres://a/x", "postgres://b/x"]);
    expect(settings.logLevel).toBe("debug");
  });

  it("lets overrides win, but not undefined ones", () => {
    expect(readSettings({ PORT: "5000" }, { port: 6000 }).port).toBe(6000);
    expect(readSettings({ PORT: "5000" }, { port: undefined }).port).toBe(5000);
  });

  it.each([
    ["PORT", "http", 'PORT: "http" is not usable; expected a whole number from 0 to 65535'],
    ["PORT", "70000", 'PORT: "70000" is not usable; expected a whole number from 0 to 65535'],
    ["PORT", "1e3", 'PORT: "1e3" is not usable; expected a whole number from 0 to 65535'],
    ["DEMO_MODE", "maybe", 'DEMO_MODE: "maybe" is not usable; expected true or false'],
    ["CORS_ORIGINS", "*", 'CORS_ORIGINS: "*" is not usable; expected origins such as https://example.org, separated by commas'],
    ["CORS_ORIGINS", "https://a.example/path", expect.stringContaining("CORS_ORIGINS:")],
    [
      "DATABASE_URL",
      "mysql://u:hush@h/d",
      "DATABASE_URL: its value is not usable; expected a URL that begins with postgres:// or postgresql://",
    ],
    ["TRUSTED_PROXIES", "10.0.0.0/33", expect.stringContaining("TRUSTED_PROXIES:")],
    ["TRUSTED_PROXIES", "proxy.example", expect.stringContaining("TRUSTED_PROXIES:")],
    ["SAFELIST_EXEMPT_ROLES", "PUBLIC", expect.stringContaining("expected some of SERVICE, ADMIN, separated by commas")],
    ["REQUEST_TIMEOUT_MS", "9999", expect.stringContaining("REQUEST_TIMEOUT_MS: shorter than HEADERS_TIMEOUT_MS")],
    ["RATE_LIMIT_STORE", "postgres", expect.stringContaining("RATE_LIMIT_DATABASE_URL: missing; expected with RATE_LIMIT_STORE=postgres")],
    ["INTERNAL_SECRET", "short", "INTERNAL_SECRET: its value is not usable; expected at least 32 characters"],
    ["EVENTS_URL", "http://127.0.0.1:4002", expect.stringContaining("COMMUNITIES_URL: missing; expected the URLs of all three")],
    [
      "OIDC_ISSUER",
      "https://id.example",
      expect.stringContaining("OIDC_AUDIENCE: missing; expected OIDC_ISSUER, OIDC_AUDIENCE and OIDC_JWKS_URL together"),
    ],
  ])("names the broken variable %s=%s, and no secret", (variable, value, line) => {
    expect(messageOf({ [variable]: value })).toEqual(line);
  });

  it("reports each broken variable on a line of its own", () => {
    expect(messageOf({ PORT: "x", LOG_LEVEL: "loud" }).split("\n")).toHaveLength(2);
  });

  it("in production wants a secret, and refuses demo mode unless it is allowed by name", () => {
    expect(messageOf({ NODE_ENV: "production" })).toContain("INTERNAL_SECRET: missing");
    expect(messageOf({ NODE_ENV: "production", INTERNAL_SECRET: SECRET, DEMO_MODE: "true" })).toContain("DEMO_MODE: refused");
    expect(readSettings({ NODE_ENV: "production", INTERNAL_SECRET: SECRET }).demoMode).toBe(false);
    expect(readSettings({ NODE_ENV: "production", DEMO_MODE: "true", ALLOW_DEMO_IN_PRODUCTION: "true" }).demoMode).toBe(true);
  });

  it("limits rates and connections outside demo mode, unless told otherwise", () => {
    const limits = ({ rateLimitPerMinute, rateLimitViewerPerMinute, maxConnectionsPerAddress }: ReturnType<typeof readSettings>) => [
      rateLimitPerMinute,
      rateLimitViewerPerMinute,
      maxConnectionsPerAddress,
    ];
    const production = { NODE_ENV: "production", INTERNAL_SECRET: SECRET };
    expect(limits(readSettings({}))).toEqual([0, 0, 0]);
    expect(limits(readSettings(production))).toEqual([600, 1_200, 200]);
    expect(limits(readSettings({ ...production, RATE_LIMIT_PER_MINUTE: "0", MAX_CONNECTIONS_PER_ADDRESS: "7" }))).toEqual([0, 1_200, 7]);
    expect(limits(readSettings({ RATE_LIMIT_VIEWER_PER_MINUTE: "5" }))).toEqual([0, 5, 0]);
  });

  it("takes an issuer's keys over http from this machine only", () => {
    const oidc = { OIDC_ISSUER: "https://id.example", OIDC_AUDIENCE: "gongjian" };
    expect(messageOf({ ...oidc, OIDC_JWKS_URL: "http://id.example/keys" })).toContain("OIDC_JWKS_URL: keys fetched over http");
    expect(readSettings({ ...oidc, OIDC_JWKS_URL: "http://127.0.0.1:9/keys" }).oidcAudience).toBe("gongjian");
  });

  it("either reads or answers with one line a variable, whatever the environment holds", () => {
    const variables = Object.values(DEFINITIONS).map(({ variable }) => variable);
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...variables), fc.oneof(fc.string(), fc.integer().map(String), fc.webUrl())), (env) => {
        try {
          readSettings(env);
        } catch (error) {
          expect(error).toBeInstanceOf(SettingsError);
          for (const line of (error as SettingsError).message.split("\n")) expect(line).toMatch(/^[A-Z_]+: /);
        }
      }),
    );
  });
});

describe("settingsTable", () => {
  it("has a row for every setting", () => {
    const table = settingsTable();
    for (const { variable, description } of Object.values(DEFINITIONS)) {
      expect(table).toContain(`\`${variable}\``);
      expect(table).toContain(description);
    }
    for (const row of table.split("\n")) expect(row.match(/(?<!\\)\|/g)).toHaveLength(4);
  });
});

describe("printable", () => {
  it("shows no secret", () => {
    const shown = printable(readSettings({ INTERNAL_SECRET: SECRET, DATABASE_URL: "postgres://u:hush@h/d" }));
    expect(JSON.stringify(shown)).not.toMatch(/hush|sss/);
    expect(shown).toMatchObject({ port: 4000, internalSecret: "[set]" });
  });
});

describe("internalSecret", () => {
  it("makes one secret, keeps it for its owner alone, and yields to a given one", () => {
    const dataDir = join(mkdtempSync(join(tmpdir(), "gongjian-")), "data");
    const made = internalSecret({ internalSecret: undefined, dataDir });
    expect(made.length).toBeGreaterThanOrEqual(32);
    expect(internalSecret({ internalSecret: undefined, dataDir })).toBe(made);
    expect(statSync(join(dataDir, "internal-secret")).mode & 0o777).toBe(0o600);
    expect(internalSecret({ internalSecret: SECRET, dataDir })).toBe(SECRET);
  });
});
