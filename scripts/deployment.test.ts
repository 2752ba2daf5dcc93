import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DEFINITIONS, readSettings, type Settings } from "@gongjian/settings";
import { parse } from "yaml";
import { SUBGRAPHS } from "../cli/src/platform/subgraphs";
import { openPostgres, subgraphUrl } from "../cli/src/platform/postgres";
import { ROOT, workspaces } from "./workspaces";

interface Service {
  image: string;
  build?: string;
  command?: string[];
  environment: Record<string, string | number>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck: { test?: string[]; disable?: boolean };
  ports?: string[];
}

/** What whoever runs the file has to set, and nothing else. */
const GIVEN: Record<string, string> = {
  INTERNAL_SECRET: "0123456789abcdef0123456789abcdef",
  DATA_KEYS: `k1:${"A".repeat(43)}=`,
  POSTGRES_PASSWORD: "postgresSecret1",
  COMMUNITIES_PASSWORD: "communitiesSecret1",
  EVENTS_PASSWORD: "eventsSecret1",
  MATCHING_PASSWORD: "matchingSecret1",
};

/** ${NAME}, ${NAME:-default} and ${NAME:?} as Compose fills them in, after parsing. */
function interpolated(value: unknown, given: Record<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => interpolated(item, given));
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, interpolated(item, given)]));
  }
  if (typeof value !== "string") return value;
  return value.replaceAll(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, operator?: string, word = "") => {
    if (given[name] === undefined && operator !== "-") throw new Error(`${name} must be given`);
    return given[name] ?? word;
  });
}

const file: unknown = parse(readFileSync(join(ROOT, "docker-compose.yml"), "utf8"), { merge: true });
const { services } = interpolated(file, GIVEN) as { services: Record<string, Service> };
const ours = Object.entries(services).filter(([, { image }]) => image === "gongjian");
const environment = (name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(services[name]!.environment).map(([key, value]) => [key, String(value)]));
const settingsOf = (name: string): Settings => readSettings(environment(name));

describe("docker-compose.yml", () => {
  const serving = [...SUBGRAPHS.map(({ name }) => name as string), "gateway"];

  it("names only settings that there are", () => {
    const known = new Set(Object.values(DEFINITIONS).map(({ variable }) => variable));
    const unknown = Object.keys(services).flatMap((name) =>
      Object.keys(services[name]!.environment).filter((variable) => !known.has(variable) && !variable.startsWith("POSTGRES_")),
    );
    expect(unknown).toEqual([]);
  });

  it("runs what start --split runs, a PostgreSQL and the migrations", () => {
    expect(Object.keys(services).sort()).toEqual([...serving, "migrate", "postgres"].sort());
    for (const name of serving) expect(services[name]!.command).toEqual(["serve", name]);
    expect(services["migrate"]!.command).toEqual(["migrate"]);
  });

  it.each(ours)("gives %s settings that production accepts", (name) => {
    const settings = settingsOf(name);
    expect(settings).toMatchObject({ nodeEnv: "production", demoMode: false, host: "0.0.0.0", internalSecret: GIVEN["INTERNAL_SECRET"] });
  });

  it.each(Object.keys(GIVEN))("does not start without %s", (name) => {
    const { [name]: _, ...rest } = GIVEN;
    expect(() => interpolated(file, rest as Record<string, string>)).toThrow(`${name} must be given`);
  });

  it("serves each subgraph at the port that the others ask it at, and the gateway at the published one", () => {
    for (const { name } of SUBGRAPHS) {
      const port = { communities: "communitiesPort", events: "eventsPort", matching: "matchingPort" } as const;
      const url = { communities: "communitiesUrl", events: "eventsUrl", matching: "matchingUrl" } as const;
      const own = settingsOf(name)[port[name]];
      for (const asking of serving) expect(settingsOf(asking)[url[name]]).toBe(`http://${name}:${own}`);
    }
    expect(services["gateway"]!.ports!.map((mapping) => mapping.split(":").pop())).toEqual([String(settingsOf("gateway").port)]);
  });

  it("lets each subgraph log in as itself alone, with the password that the migrations gave its role", async () => {
    const migrating = settingsOf("migrate");
    for (const subgraph of SUBGRAPHS) {
      const settings = settingsOf(subgraph.name);
      const url = subgraphUrl(settings, subgraph, undefined);
      expect(url).toBe(subgraphUrl(migrating, subgraph, migrating.databaseUrl));
      expect(new URL(url).username).toBe(`${settings.databaseRolePrefix}_${subgraph.name}`);
      expect(environment(subgraph.name)["DATABASE_URL"]).toBeUndefined();
      for (const other of SUBGRAPHS) if (other !== subgraph) expect(() => subgraphUrl(settings, other, undefined)).toThrow("must be set");
    }
    expect(Object.keys(environment("gateway")).filter((variable) => /DATABASE|PASSWORD/.test(variable))).toEqual([]);
    const { adminUrl } = await openPostgres(migrating, undefined as never);
    const postgres = environment("postgres");
    expect(adminUrl).toBe(`postgres://postgres:${postgres["POSTGRES_PASSWORD"]}@postgres:5432/${postgres["POSTGRES_DB"]}`);
  });

  it("gives the container of the migrations what the operator's commands need, and no keys of private data", () => {
    const given = environment("migrate");
    // what cli/test/operating/production.test.ts gives them, where they are run
    const needed = ["DATABASE_URL", "INTERNAL_SECRET", "OIDC_ISSUER", "OIDC_AUDIENCE", "OIDC_JWKS_URL"];
    expect(needed.filter((variable) => !(variable in given))).toEqual([]);
    expect(SUBGRAPHS.map((subgraph) => subgraphUrl(settingsOf("migrate"), subgraph, undefined))).toHaveLength(SUBGRAPHS.length);
    expect(given["DATA_KEYS"]).toBeUndefined();
    const entry = /^ENTRYPOINT (.*)$/mu.exec(readFileSync(join(ROOT, "Dockerfile"), "utf8"))![1]!;
    expect(JSON.parse(entry)).toEqual(["node", expect.any(String), "cli/dist/main.js"]);
  });

  it("asks each service for its readiness at its own port, and starts them in order", () => {
    for (const name of serving) {
      const settings = settingsOf(name);
      const port = {
        communities: settings.communitiesPort,
        events: settings.eventsPort,
        matching: settings.matchingPort,
        gateway: settings.port,
      };
      expect(services[name]!.healthcheck.test!.join(" ")).toContain(`'http://127.0.0.1:${port[name as keyof typeof port]}/ready'`);
    }
    for (const { name } of SUBGRAPHS)
      expect(services[name]!.depends_on).toEqual({ migrate: { condition: "service_completed_successfully" } });
    expect(services["migrate"]!.depends_on).toEqual({ postgres: { condition: "service_healthy" } });
    expect(Object.keys(services["gateway"]!.depends_on!).sort()).toEqual(SUBGRAPHS.map(({ name }) => name as string).sort());
  });
});

describe("Dockerfile", () => {
  const instructions = readFileSync(join(ROOT, "Dockerfile"), "utf8")
    .replaceAll(/^#.*\n/gm, "")
    .replaceAll(/\\\n/g, " ")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => ({ verb: line.split(/\s+/)[0]!, words: line.trim().split(/\s+/).slice(1), line }));
  const of = (verb: string) => instructions.filter((instruction) => instruction.verb === verb);
  const copied = of("COPY")
    .filter(({ words }) => !words.some((word) => word.startsWith("--from=")))
    .flatMap(({ words }) => words.slice(0, -1));
  const ignored = readFileSync(join(ROOT, ".dockerignore"), "utf8").split("\n").filter(Boolean);
  const isIgnored = (file: string) =>
    ignored.some((pattern) => {
      const source = pattern
        .replace(/^\*\*\//, "")
        .replaceAll(".", "\\.")
        .replaceAll("*", "[^/]*");
      return new RegExp(`${pattern.startsWith("**/") ? "(^|/)" : "^"}${source}(/|$)`).test(file);
    });

  it("copies what there is", () => {
    expect(copied.length).toBeGreaterThan(5);
    expect(copied.filter((source) => !existsSync(join(ROOT, source)) || isIgnored(source))).toEqual([]);
  });

  it("copies every workspace", () => {
    const missing = workspaces().filter((folder) => !copied.some((source) => `${folder}/`.startsWith(`${source}/`)));
    expect(missing).toEqual([]);
  });

  it.each([
    "gateway/graphiql/examples/01-round.graphql",
    "gateway/supergraph.graphql",
    "gateway/graphiql/build.mjs",
    "data/demo/needs.csv",
    "data/register/regions.csv",
  ])("has %s, which is read at run time or by the build", (file) => {
    expect(existsSync(join(ROOT, file))).toBe(true);
    expect(copied.some((source) => file.startsWith(`${source}/`))).toBe(true);
    expect(isIgnored(file)).toBe(false);
  });

  it("leaves secrets, data and installed packages of this machine out", () => {
    for (const file of [
      ".env",
      ".gongjian/postgres",
      "node_modules/pg/package.json",
      "cli/node_modules/pg",
      "cli/dist/main.js",
      ".git/config",
    ]) {
      expect([file, isIgnored(file)]).toEqual([file, true]);
    }
  });

  it("ends as a user that is not root, on a Node.js that the packages ask for, with production dependencies", () => {
    const last = instructions.findLastIndex(({ verb }) => verb === "FROM");
    const final = instructions.slice(last);
    expect(final.filter(({ verb }) => verb === "USER").map(({ words }) => words)).toEqual([["node"]]);
    expect(final.some(({ line }) => line.includes("npm ci --omit=dev"))).toBe(true);
    expect(final.some(({ verb }) => verb === "HEALTHCHECK")).toBe(true);
    for (const { words } of of("FROM")) expect(words[0]).toMatch(/^node:(2[24])-bookworm-slim$/);
  });

  it("publishes the ports that the settings name", () => {
    const ports = [DEFINITIONS.port, DEFINITIONS.communitiesPort, DEFINITIONS.eventsPort, DEFINITIONS.matchingPort];
    expect(of("EXPOSE").flatMap(({ words }) => words)).toEqual(ports.map((setting) => String(setting.default)));
  });

  it("starts the command line, which the build writes there", () => {
    expect(of("ENTRYPOINT")[0]!.line).toBe('ENTRYPOINT ["node", "--max-semi-space-size=64", "cli/dist/main.js"]');
    expect(existsSync(join(ROOT, "cli", "src", "main.ts"))).toBe(true);
  });
});
