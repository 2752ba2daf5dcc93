import type { PoolClient } from "pg";
import type { DataSource, EntityManager, QueryRunner } from "typeorm";
import { constraintOf, isConnectionLost, isStalePlan, isTransient } from "./errors";
import { rowTypes } from "./rowTypes";
import type { Statement } from "./statement";

/** One running transaction. Await its calls in turn: a connection runs one statement at a time. */
export interface Transaction {
  readonly manager: EntityManager;
  /** Runs a prepared statement inside the transaction; the rows have the same shapes as those of Database.rows. */
  rows<T>(statement: Statement, params?: readonly unknown[]): Promise<T[]>;
}

/** The transaction as the one who ends it sees it. */
export interface EndingTransaction extends Transaction {
  /**
   * One last statement, without parameters, that is sent in one message with COMMIT: the locks it takes are never held while the
   * server waits for this process, which may be busy, paused or gone. It runs after everything else; a second call replaces the first.
   */
  endWith(text: string): void;
}

const MAX_TRIES = 6;
const BACKOFF_MS = 15;
/** in_failed_sql_transaction: "commands ignored until end of transaction block". */
const ABORTED_BEFORE = "25P02";

/** Tells a statement that another part of the code swallowed the error of: PostgreSQL would answer COMMIT with a silent ROLLBACK. */
export class TransactionAborted extends Error {
  override readonly name = "TransactionAborted";
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Full jitter, so that the two sides of a deadlock do not meet again in step. */
const backoff = (attempt: number): Promise<void> => pause(Math.random() * BACKOFF_MS * 2 ** attempt);

class RunningTransaction implements EndingTransaction {
  private last: string | null = null;
  private firstCause: unknown = null;
  private open = true;
  private over = false;

  constructor(
    private readonly runner: QueryRunner,
    private readonly client: PoolClient,
    private readonly count: (text: string) => void,
  ) {}

  get manager(): EntityManager {
    return this.runner.manager;
  }

  async rows<T>(statement: Statement, params: readonly unknown[] = []): Promise<T[]> {
    if (!this.open || this.runner.isReleased) throw new Error("The transaction has ended: its rows() was called too late");
    this.count(statement.text);
    try {
      const result = await this.client.query({ name: statement.name, text: statement.text, values: params as unknown[], types: rowTypes });
      return result.rows as T[];
    } catch (error) {
      this.failed(error);
      throw error;
    }
  }

  /** Keeps the error that aborted the transaction, not the complaints of the statements that came after it. */
  failed(error: unknown): void {
    if (constraintOf(error)?.code !== ABORTED_BEFORE) this.firstCause = error;
  }

  /** What to throw for an error: the deadlock itself where somebody caught it and went on, so that the work is run again. */
  causeOf(error: unknown): unknown {
    const aborted = error instanceof TransactionAborted || constraintOf(error)?.code === ABORTED_BEFORE;
    return aborted && isTransient(this.firstCause) ? this.firstCause : error;
  }

  endWith(text: string): void {
    this.last = text;
  }

  /** COMMIT. PostgreSQL answers ROLLBACK, and no error, when an earlier statement failed and its error was caught. */
  async commit(): Promise<void> {
    this.open = false;
    const text = this.last === null ? "COMMIT" : `${this.last}; COMMIT`;
    this.count(text);
    let command: string | undefined;
    try {
      command = [await this.client.query(text)].flat().at(-1)?.command;
    } catch (error) {
      this.failed(error);
      if (constraintOf(error)?.code === ABORTED_BEFORE) throw this.aborted();
      throw error;
    }
    this.over = true;
    if (command !== "COMMIT") throw this.aborted();
  }

  private aborted(): TransactionAborted {
    return new TransactionAborted("A statement of this transaction failed and its error was caught: nothing was committed", {
      cause: this.firstCause,
    });
  }

  /** A failing ROLLBACK means a dead connection, which the pool drops: the first error is the one that says what happened. */
  async rollback(): Promise<void> {
    this.open = false;
    if (!this.over && !this.runner.isReleased) await this.runner.rollbackTransaction().catch(() => undefined);
    // A statement prepared before a migration fails on this connection for ever: an ended one does not go back to the pool.
    if (isStalePlan(this.firstCause)) void this.client.end().catch(() => undefined);
  }
}

async function attempt<T>(
  dataSource: DataSource,
  running: Map<QueryRunner, RunningTransaction>,
  count: (text: string) => void,
  work: (tx: EndingTransaction) => Promise<T>,
): Promise<T> {
  const runner = dataSource.createQueryRunner("master");
  let transaction: RunningTransaction | null = null;
  try {
    const client = (await runner.connect()) as PoolClient;
    await runner.startTransaction();
    transaction = new RunningTransaction(runner, client, count);
    running.set(runner, transaction);
    const result = await work(transaction);
    await transaction.commit();
    return result;
  } catch (error) {
    if (transaction === null && isConnectionLost(error)) throw new NotBegun(error);
    await transaction?.rollback();
    throw transaction ? transaction.causeOf(error) : error;
  } finally {
    running.delete(runner);
    await runner.release();
  }
}

class NotBegun extends Error {
  constructor(override readonly cause: unknown) {
    super("The connection was lost before the transaction began");
  }
}

/** Remembers, for each running transaction of a data source, the last error that its entity manager met. */
export class TransactionRunner {
  private readonly running = new Map<QueryRunner, RunningTransaction>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly count: (text: string) => void,
  ) {}

  /** Called by the data source's logger: the entity manager's errors count as the transaction's too. */
  failed(runner: QueryRunner | undefined, error: unknown): void {
    const transaction = runner && this.running.get(runner);
    transaction?.failed(error);
  }

  /**
   * Runs `work` in one READ COMMITTED transaction and commits. A deadlock's victim or a serialisation failure (40P01, 40001) is rolled
   * back and the whole work run again, at most five more times; a connection that is lost before BEGIN was answered is replaced once.
   * `work` must therefore do nothing outside the database.
   */
  async run<T>(work: (tx: EndingTransaction) => Promise<T>): Promise<T> {
    let reconnected = false;
    for (let tries = 1; ; tries++) {
      try {
        return await attempt(this.dataSource, this.running, this.count, work);
      } catch (error) {
        if (error instanceof NotBegun) {
          if (reconnected) throw error.cause;
          reconnected = true;
        } else if (!isTransient(error) || tries >= MAX_TRIES) throw error;
        await backoff(tries);
      }
    }
  }
}
