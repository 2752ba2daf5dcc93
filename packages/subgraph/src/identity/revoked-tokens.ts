import { LRUCache } from "lru-cache";
import { inTime } from "./stored-memberships";

const MAX_TOKENS = 10_000;
/** How soon it is asked again after a failure, in milliseconds. */
const RETRY_MS = 1_000;
const DEADLINE_MS = 3_000;
/** Ids that are asked about in one lookup at most. */
export const MAX_IDS_ASKED = 100;

/** `unknown`: it could not be had. */
export type Revocation = "good" | "revoked" | "unknown";

export interface RevokedTokensOptions {
  /** Whether one of these ids (at most `MAX_IDS_ASKED`) is revoked; rejects when that cannot be had. */
  lookUp(issuer: string, ids: readonly string[]): Promise<boolean>;
  /** How long an answer is used. A revocation is honoured within it, measured from when the answer was asked for. */
  trustSeconds: number;
  /** Told of each lookup that failed. */
  warn(error: unknown): void;
  /** Milliseconds since 1970; for tests. */
  now?: () => number;
}

/** One token's question, waiting to be asked together with others. */
interface Waiting {
  ids: readonly string[];
  settle: (revoked: Promise<boolean>) => void;
}

/**
 * Which tokens are taken no more: kept for a stated time and a bounded number of tokens. Tokens that come together are asked about together,
 * those that come while an answer is under way with the next one; only where one of them is revoked is each asked about alone.
 */
export class RevokedTokens {
  private readonly known = new LRUCache<string, { state: Revocation; goodUntil: number }>({ max: MAX_TOKENS });
  private readonly asked = new Map<string, Promise<Revocation>>();
  /** By issuer; there while a lookup is about to be sent or under way. */
  private readonly waiting = new Map<string, Waiting[]>();
  private readonly now: () => number;

  constructor(private readonly options: RevokedTokensOptions) {
    this.now = options.now ?? Date.now;
  }

  /** Never rejects. */
  async stateOf(issuer: string, ids: readonly string[]): Promise<Revocation> {
    if (ids.length === 0) return "good";
    const key = JSON.stringify([issuer, ...ids]);
    const known = this.known.get(key);
    if (known && known.goodUntil > this.now()) return known.state;
    let asked = this.asked.get(key);
    if (!asked) {
      asked = this.ask(key, issuer, ids).finally(() => this.asked.delete(key));
      this.asked.set(key, asked);
    }
    return asked;
  }

  private async ask(key: string, issuer: string, ids: readonly string[]): Promise<Revocation> {
    const { trustSeconds, warn } = this.options;
    const since = this.now();
    try {
      const state = (await inTime(this.isRevoked(issuer, ids), DEADLINE_MS)) ? "revoked" : "good";
      this.known.set(key, { state, goodUntil: since + trustSeconds * 1000 });
      return state;
    } catch (error) {
      warn(error);
      this.known.set(key, { state: "unknown", goodUntil: this.now() + Math.min(RETRY_MS, trustSeconds * 1000) });
      return "unknown";
    }
  }

  private isRevoked(issuer: string, ids: readonly string[]): Promise<boolean> {
    return new Promise((resolve) => {
      const one: Waiting = { ids, settle: resolve };
      const waiting = this.waiting.get(issuer);
      if (waiting) return void waiting.push(one);
      this.waiting.set(issuer, [one]);
      setImmediate(() => void this.askWaiting(issuer));
    });
  }

  /** Asks for those that wait, until nobody does. */
  private async askWaiting(issuer: string): Promise<void> {
    for (let batch = this.takeBatch(issuer); batch.length > 0; batch = this.takeBatch(issuer)) await this.askTogether(issuer, batch);
    this.waiting.delete(issuer);
  }

  private takeBatch(issuer: string): Waiting[] {
    const waiting = this.waiting.get(issuer) ?? [];
    let ids = 0;
    const end = waiting.findIndex((one, index) => {
      ids += one.ids.length;
      return index > 0 && ids > MAX_IDS_ASKED;
    });
    return waiting.splice(0, end < 0 ? waiting.length : end);
  }

  /** Never rejects, and takes no longer than a deadline: those who wait for the next batch must not wait for a lookup that hangs. */
  private async askTogether(issuer: string, batch: readonly Waiting[]): Promise<void> {
    const lookUp = (ids: readonly string[]): Promise<boolean> => inTime(this.options.lookUp(issuer, ids), DEADLINE_MS);
    const together = lookUp(batch.flatMap(({ ids }) => ids));
    if (batch.length === 1) batch[0]!.settle(together);
    // one of them is revoked, or nobody can be asked about in such company: then each by itself
    const needsAsking = await together.catch(() => true);
    if (batch.length > 1) for (const { ids, settle } of batch) settle(needsAsking ? lookUp(ids) : together);
  }
}
