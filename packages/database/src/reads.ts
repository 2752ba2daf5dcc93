import type { Writable } from "node:stream";
import type { Pool, PoolClient, Submittable } from "pg";
import { isConnectionLost, isStalePlan } from "./errors";
import { PreparedRead } from "./prepared-read";
import { rowTypes } from "./rowTypes";
import type { Statement } from "./statement";

/** Statements that share one way to the server at most: they are answered one after the other. */
const MAX_TOGETHER = 8;
/** A statement that takes longer on average goes alone, so that no other waits behind it. Milliseconds. */
const QUICK_MS = 25;
/** What the newest time weighs in the average. */
const WEIGHT = 0.25;

interface Read {
  statement: Statement;
  params: readonly unknown[];
  resolve: (rows: unknown[]) => void;
  reject: (error: unknown) => void;
}

/**
 * Reads over one pool. Quick statements that come up in the same turn of the event loop, of whatever requests, are sent together on one
 * connection (pipelining): a write and a read of the socket serve them all. Each fails alone; only a lost connection fails all.
 */
export class Reads {
  private waiting: Read[] = [];
  /** Average milliseconds of each statement by name; their number is bounded by the code. */
  private readonly averages = new Map<string, number>();

  constructor(readonly pool: Pool) {}

  rows(statement: Statement, params: readonly unknown[]): Promise<unknown[]> {
    return new Promise((resolve, reject) => {
      const read = { statement, params, resolve, reject };
      // one that is not known yet may be slow
      if ((this.averages.get(statement.name) ?? Number.POSITIVE_INFINITY) > QUICK_MS) return void this.send([read]);
      if (this.waiting.push(read) === 1) setImmediate(() => this.sendWaiting());
    });
  }

  private sendWaiting(): void {
    const reads = this.waiting;
    this.waiting = [];
    for (let at = 0; at < reads.length; at += MAX_TOGETHER) void this.send(reads.slice(at, at + MAX_TOGETHER));
  }

  /** Never rejects: each read is told. */
  private async send(reads: readonly Read[]): Promise<void> {
    let client: PoolClient;
    try {
      client = await this.pool.connect();
    } catch (error) {
      for (const { reject } of reads) reject(error);
      return;
    }
    let broken = false;
    let last = performance.now();
    const took = ({ name }: Statement): void => {
      const now = performance.now();
      const average = this.averages.get(name);
      this.averages.set(name, average === undefined ? now - last : average + WEIGHT * (now - last - average));
      last = now;
    };
    const ask = ({ statement, params, resolve, reject }: Read): Promise<void> =>
      new Promise((settle) => {
        const done = (error: Error | null | undefined, rows: unknown[]): void => {
          took(statement);
          if (!error) resolve(rows);
          else if (isStalePlan(error)) {
            broken = true;
            const { text } = statement;
            return void client
              .query({ text, values: params as unknown[], types: rowTypes })
              .then((result) => resolve(result.rows), reject)
              .finally(settle);
          } else {
            if (isConnectionLost(error)) broken = true;
            reject(error);
          }
          settle();
        };
        client.query(new PreparedRead(statement, params, done) as unknown as Submittable);
      });
    const { stream } = (client as unknown as { connection: { stream: Writable } }).connection;
    stream.cork();
    const asked = reads.map(ask);
    stream.uncork();
    await Promise.all(asked);
    client.release(broken);
  }
}
