import { createHash } from "node:crypto";
import type { Logger } from "pino";
import { Pool } from "pg";
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";

/** Which of the two limits. */
export type Who = "address" | "viewer";
/** Points that each may take in a minute; 0: no limit. */
export type PointsPerMinute = Readonly<Record<Who, number>>;

/** Counts points by the minute. */
export interface RateStore {
  /** Milliseconds until the minute of an exhausted key is over; null when the points could be taken. Rejects when the store cannot tell. */
  take(who: Who, key: string, points: number): Promise<number | null>;
  close(): Promise<void>;
}

const MINUTE_SECONDS = 60;
const SCHEMA = "gongjian_gateway";
const TABLE = "rate_limit";
/** A store that takes longer than this is down: callers must not wait for their own counting. */
const STORE_PATIENCE_MS = 500;

/** In this process. */
export function memoryStore(points: PointsPerMinute): RateStore {
  const limiter = (who: Who) => new RateLimiterMemory({ keyPrefix: who, points: points[who], duration: MINUTE_SECONDS });
  const limiters = { address: limiter("address"), viewer: limiter("viewer") };
  return { take: (who, key, count) => waitOf(limiters[who].consume(key, count)), close: async () => {} };
}

/**
 * In PostgreSQL, for several gateways. A key that is exhausted is remembered here until its minute is over, so that a flood does not reach the
 * database. Keys are hashed: the table says nothing about who asked. Without a crash-safe log, for a lost minute does no harm.
 */
export function postgresStore(points: PointsPerMinute, connectionString: string, logger: Logger): RateStore {
  const pool = new Pool({
    connectionString,
    max: 5,
    connectionTimeoutMillis: STORE_PATIENCE_MS,
    query_timeout: STORE_PATIENCE_MS,
    statement_timeout: STORE_PATIENCE_MS,
    application_name: "gongjian-gateway",
  });
  // a connection that breaks while idle must not end the process; the next query says what is wrong
  pool.on("error", (error) => logger.debug({ err: error }, "a connection of the rate limits broke"));
  let opened: Promise<Record<Who, RateLimiterPostgres>> | undefined;

  async function open(): Promise<Record<Who, RateLimiterPostgres>> {
    const { rows } = await pool.query("SELECT to_regclass($1) AS found", [`${SCHEMA}.${TABLE}`]);
    if (rows[0]?.found === null) await createTable(pool);
    const limiter = (who: Who) =>
      new RateLimiterPostgres({
        storeClient: pool,
        storeType: "pool",
        schemaName: SCHEMA,
        tableName: TABLE,
        tableCreated: true,
        clearExpiredByTimeout: who === "address",
        keyPrefix: who,
        points: points[who],
        duration: MINUTE_SECONDS,
        inMemoryBlockOnConsumed: points[who] + 1,
      });
    return { address: limiter("address"), viewer: limiter("viewer") };
  }

  return {
    async take(who, key, count) {
      opened ??= open();
      opened.catch(() => {
        opened = undefined;
      });
      const limiters = await opened;
      return waitOf(limiters[who].consume(createHash("sha256").update(key).digest("base64url"), count));
    },
    close: () => pool.end(),
  };
}

/** Gateways that start together may both create: the lock makes it one after the other. All in one query is all in one transaction. */
async function createTable(pool: Pool): Promise<void> {
  await pool.query(`
    SELECT pg_advisory_xact_lock(hashtext('${SCHEMA}.${TABLE}'));
    CREATE SCHEMA IF NOT EXISTS ${SCHEMA};
    CREATE UNLOGGED TABLE IF NOT EXISTS ${SCHEMA}.${TABLE} (key varchar(255) PRIMARY KEY, points integer NOT NULL DEFAULT 0, expire bigint)`);
}

async function waitOf(consumed: Promise<RateLimiterRes>): Promise<number | null> {
  try {
    await consumed;
    return null;
  } catch (error) {
    if (error instanceof RateLimiterRes) return error.msBeforeNext;
    throw error;
  }
}
