import { Pool, type PoolConfig } from "pg";
import "reflect-metadata";
import { DataSource, type Logger, type QueryRunner } from "typeorm";
import { isConnectionLost } from "./errors";
import { type KeyRing, KeyRingError } from "./privacy/key-ring";
import { Reads } from "./reads";
import type { Statement, StatementMeter } from "./statement";
import { type EndingTransaction, TransactionRunner } from "./transaction";

export type SubgraphName = "communities" | "events" | "matching";

export interface DatabaseOptions {
  /** Also the name of the schema. */
  subgraph: SubgraphName;
  /** The subgraph role's URL; see prepareDatabase, which returns it. */
  url: string;
  /** Read replicas, taken in turn by `rows`; the primary itself where there are none. */
  readUrls?: string[];
  /** Connections at most, of the write pool and of each read pool. Default 10. */
  poolSize?: number;
  /** The server cancels a statement that takes longer (SQLSTATE 57014). Default 15,000 ms. */
  statementTimeoutMs?: number;
  // biome-ignore lint/complexity/noBannedTypes: entity classes, as TypeORM takes them
  entities: Function[];
  /** What seals and opens private values; needed where the schema stores some. */
  keys?: KeyRing;
  /** Days for which a command's first result is kept under its idempotency key. Default 7. */
  idempotencyDays?: number;
  /** Told of connections that died while idle; they are dropped and replaced, so nothing has to be done. */
  onError?: (error: Error) => void;
}

const DEFAULT_POOL_SIZE = 10;
const DEFAULT_IDEMPOTENCY_DAYS = 7;
const DEFAULT_STATEMENT_TIMEOUT_MS = 15_000;
const CONNECT_TIMEOUT_MS = 5_000;
const RECONNECT_PAUSE_MS = 50;

const observers = new WeakMap<Database, Set<(text: string) => void>>();

/** Sends what TypeORM runs to one place: the statement counter, and the transaction that an error belongs to. */
class StatementLogger implements Logger {
  failed: (runner: QueryRunner | undefined, error: unknown) => void = () => undefined;
  constructor(private readonly count: (text: string) => void) {}
  logQuery(text: string): void {
    this.count(text);
  }
  logQueryError(error: string | Error, _text: string, _params?: unknown, runner?: QueryRunner): void {
    this.failed(runner, error);
  }
  logQuerySlow(): void {}
  logSchemaBuild(): void {}
  logMigration(): void {}
  log(): void {}
}

/** Settings of every connection, given at start-up so that they cost no statement. */
const sessionOptions = (schema: string, statementTimeoutMs: number, readOnly: boolean): string =>
  [
    `search_path=${schema},public`,
    "timezone=UTC",
    "datestyle=ISO",
    "default_transaction_isolation=read\\ committed",
    `statement_timeout=${statementTimeoutMs}`,
    ...(readOnly ? ["default_transaction_read_only=on"] : ["idle_in_transaction_session_timeout=60000"]),
  ]
    .map((setting) => `-c ${setting}`)
    .join(" ");

/**
 * One subgraph's way to its schema: an entity manager for writes, prepared statements for hot reads.
 * All its connections look for tables in the subgraph's schema, then in `public` (extensions).
 */
export class Database {
  private turn = 0;
  private closing: Promise<void> | null = null;
  private readonly transactions: TransactionRunner;

  private constructor(
    /** For writes and entity metadata. Its schema is the subgraph's; it never synchronizes. */
    readonly dataSource: DataSource,
    private readonly reads: readonly Reads[],
    logger: StatementLogger,
    private readonly count: (text: string) => void,
    private readonly state: { closing: boolean },
    private readonly ring: KeyRing | null,
    /** Days for which a command's first result is kept under its idempotency key. */
    readonly idempotencyDays: number,
  ) {
    this.transactions = new TransactionRunner(dataSource, count);
    logger.failed = (runner, error) => this.transactions.failed(runner, error);
  }

  /** Connects to the primary (and fails when it does not answer); replicas are connected to when first read. */
  static async open(options: DatabaseOptions): Promise<Database> {
    const state = { closing: false };
    // A server that ends right after its last user may be gone before the goodbye of a connection that is closing has come.
    const onError = (error: Error): void => {
      if (!state.closing) options.onError?.(error);
    };
    const timeout = options.statementTimeoutMs ?? DEFAULT_STATEMENT_TIMEOUT_MS;
    const max = options.poolSize ?? DEFAULT_POOL_SIZE;
    const watching = new Set<(text: string) => void>();
    const count = (text: string): void => {
      for (const watch of watching) watch(text);
    };
    const logger = new StatementLogger(count);
    const common: PoolConfig = {
      application_name: `gongjian-${options.subgraph}`,
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      max,
    };

    const dataSource = new DataSource({
      type: "postgres",
      url: options.url,
      schema: options.subgraph,
      entities: options.entities,
      synchronize: false,
      migrationsRun: false,
      installExtensions: false,
      logger,
      poolErrorHandler: onError,
      // one stays however long nobody asks: whoever restores a backup sees by it that the service runs
      extra: { ...common, min: 1, options: sessionOptions(options.subgraph, timeout, false) },
    });
    await dataSource.initialize();

    const readUrls = options.readUrls?.length ? options.readUrls : [options.url];
    const reads = readUrls.map((url) => {
      const pool = new Pool({ ...common, pipeline: true, connectionString: url, options: sessionOptions(options.subgraph, timeout, true) });
      pool.on("error", onError);
      // While a connection is lent out the pool does not listen to it, and an error that nobody hears ends the process.
      pool.on("connect", (client) => client.on("error", () => undefined));
      return new Reads(pool);
    });
    const days = options.idempotencyDays ?? DEFAULT_IDEMPOTENCY_DAYS;
    const database = new Database(dataSource, reads, logger, count, state, options.keys ?? null, days);
    observers.set(database, watching);
    return database;
  }

  /** The keys of private data. @throws KeyRingError where it was opened without */
  get keys(): KeyRing {
    if (this.ring === null) throw new KeyRingError("Private data needs DATA_KEYS");
    return this.ring;
  }

  /**
   * Runs a prepared statement on a read-only connection (a replica where there are any) and returns its rows, shaped as rowTypes says.
   * A connection that turns out to be lost is replaced once. A statement that writes fails with SQLSTATE 25006: use `transaction`.
   */
  async rows<T>(statement: Statement, params: readonly unknown[] = [], meter?: StatementMeter): Promise<T[]> {
    if (meter) meter.statements += 1;
    this.count(statement.text);
    try {
      return await this.read<T>(statement, params);
    } catch (error) {
      if (!isConnectionLost(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, RECONNECT_PAUSE_MS));
      return this.read<T>(statement, params);
    }
  }

  private read<T>(statement: Statement, params: readonly unknown[]): Promise<T[]> {
    const reads = this.reads[this.turn++ % this.reads.length] as Reads;
    return reads.rows(statement, params) as Promise<T[]>;
  }

  /**
   * Runs `work` in one READ COMMITTED transaction and commits; whatever it throws rolls back and is thrown on.
   * Deadlocks and serialisation failures run the whole work again (bounded, with backoff), so it must do nothing outside the database.
   */
  transaction<T>(work: (tx: EndingTransaction) => Promise<T>): Promise<T> {
    return this.transactions.run(work);
  }

  /** Resolves when the primary and at least one read pool answer; rejects within about five seconds otherwise. */
  async ping(): Promise<void> {
    await this.dataSource.query("SELECT 1");
    await Promise.any(this.reads.map(({ pool }) => pool.query("SELECT 1")));
  }

  get closed(): boolean {
    return this.state.closing;
  }

  /** Waits for running statements, then closes every connection. Further calls wait for the first. */
  close(): Promise<void> {
    this.state.closing = true;
    this.closing ??= Promise.all([this.dataSource.destroy(), ...this.reads.map(({ pool }) => pool.end())]).then(() => undefined);
    return this.closing;
  }
}

/** Watches every SQL statement that a database sends, transaction control included. For tests. */
export function countStatements(database: Database): { count(): number; reset(): void; texts(): string[] } {
  let texts: string[] = [];
  observers.get(database)?.add((text) => texts.push(text));
  return {
    count: () => texts.length,
    reset: () => {
      texts = [];
    },
    texts: () => [...texts],
  };
}
