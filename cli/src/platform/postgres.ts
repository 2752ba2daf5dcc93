import { createHmac } from "node:crypto";
import { resolve } from "node:path";
import {
  Database,
  type EmbeddedServer,
  KeyRing,
  keepSwept,
  prepareDatabase,
  roleUrl,
  startEmbedded,
  type SubgraphName,
} from "@gongjian/database";
import { dataKeys, internalSecret, type Settings } from "@gongjian/settings";
import type { Logger } from "pino";
import { embeddedFailure } from "./failures";
import { SUBGRAPHS, type SubgraphModule } from "./subgraphs";

/** A PostgreSQL that is there to be used: the embedded one, or the one that DATABASE_URL names. */
export interface Postgres {
  /** May create roles and schemas. */
  adminUrl: string;
  /** Signs off from the embedded server, which ends with its last user; nothing for an outside one. */
  stop: () => Promise<void>;
}

const REVIVE_MS = 500;

export async function openPostgres(settings: Settings, logger: Logger): Promise<Postgres> {
  if (settings.databaseUrl) return { adminUrl: settings.databaseUrl, stop: async () => undefined };
  try {
    const dataDir = resolve(settings.dataDir, "postgres");
    const server = await startEmbedded({ dataDir, log: (line) => logger.info(line) });
    const stopKeeping = keepAlive(server, logger);
    return {
      adminUrl: server.url,
      stop: () => {
        stopKeeping();
        return server.stop();
      },
    };
  } catch (error) {
    throw embeddedFailure(error, settings);
  }
}

/** Nobody else would start the embedded server again when it is killed; the connections find it by themselves. @returns what ends it */
function keepAlive(server: EmbeddedServer, logger: Logger): () => void {
  let busy = false;
  let told = "";
  const complain = (error: unknown): void => {
    const reason = (error as Error).message;
    if (reason !== told) logger.error({ reason }, "the embedded PostgreSQL has ended and cannot be used");
    told = reason;
  };
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    server
      .revive()
      .then((had) => had && logger.warn("the embedded PostgreSQL had ended and was started again"), complain)
      .finally(() => {
        busy = false;
      });
  }, REVIVE_MS);
  timer.unref();
  return () => clearInterval(timer);
}

const ownUrl = (settings: Settings, name: SubgraphName): string | undefined =>
  ({ communities: settings.communitiesDatabaseUrl, events: settings.eventsDatabaseUrl, matching: settings.matchingDatabaseUrl })[name];

/** The password of a subgraph's role: the one its own URL has, otherwise derived, so that every process of an installation knows it. */
const rolePassword = (settings: Settings, { name }: SubgraphModule): string => {
  const own = ownUrl(settings, name);
  if (own) return decodeURIComponent(new URL(own).password);
  return createHmac("sha256", internalSecret(settings)).update(`database role ${settings.databaseRolePrefix}_${name}`).digest("base64url");
};

/** The URL that a subgraph logs in with: its own setting, or its role on the given server. */
export function subgraphUrl(settings: Settings, subgraph: SubgraphModule, adminUrl: string | undefined): string {
  const own = ownUrl(settings, subgraph.name);
  if (own) return own;
  if (!adminUrl) throw new Error(`${subgraph.name.toUpperCase()}_DATABASE_URL or DATABASE_URL must be set`);
  return roleUrl(adminUrl, `${settings.databaseRolePrefix}_${subgraph.name}`, rolePassword(settings, subgraph));
}

/** Creates what is missing (database, roles, schemas) and runs the migrations that have not run yet, or of those the named ones. */
export async function migrate(
  settings: Settings,
  adminUrl: string,
  logger: Logger,
  only?: Readonly<Record<string, readonly string[]>>,
): Promise<string[]> {
  const { migrated } = await prepareDatabase({
    adminUrl,
    rolePrefix: settings.databaseRolePrefix,
    subgraphs: SUBGRAPHS.map((subgraph) => ({
      name: subgraph.name,
      entities: subgraph.entities,
      migrations: only ? subgraph.migrations.filter(({ name }) => only[subgraph.name]?.includes(name)) : subgraph.migrations,
      password: rolePassword(settings, subgraph),
    })),
    log: (line) => logger.info(line),
  });
  return migrated;
}

/** The subgraphs that store private data. The others are not given its keys. */
const PRIVATE: ReadonlySet<SubgraphName> = new Set(["communities"]);

/**
 * @param readsPrivate false for who neither reads nor writes private data, and so needs none of its keys
 * @throws SettingsError where the subgraph stores private data and there are no keys for it
 */
export async function openDatabase(
  settings: Settings,
  subgraph: SubgraphModule,
  adminUrl: string | undefined,
  logger: Logger,
  readsPrivate = true,
): Promise<Database> {
  const database = await Database.open({
    subgraph: subgraph.name,
    url: subgraphUrl(settings, subgraph, adminUrl),
    readUrls: settings.databaseReadUrls.map((url) =>
      roleUrl(url, `${settings.databaseRolePrefix}_${subgraph.name}`, rolePassword(settings, subgraph)),
    ),
    poolSize: settings.databasePoolSize,
    idempotencyDays: settings.idempotencyDays,
    entities: subgraph.entities,
    ...(readsPrivate && PRIVATE.has(subgraph.name) && { keys: KeyRing.parse(dataKeys(settings)) }),
    onError: (error) => logger.warn({ subgraph: subgraph.name, reason: error.message }, "a database connection was lost"),
  });
  keepSwept(database, (error) => logger.warn({ subgraph: subgraph.name, reason: (error as Error).message }, "old results were not swept"));
  return database;
}
