import { LRUCache } from "lru-cache";
import { inTime } from "./stored-memberships";

const MAX_TOKENS = 10_000;
/** How soon it is asked again after a failure, in milliseconds. */
const RETRY_MS = 1_000;
const DEADLINE_MS = 3_000;

/** `unknown`: it could not be had. */
export type Revocation = "good" | "revoked" | "unknown";

export interface RevokedTokensOptions {
  /** Whether one of these ids of a token is revoked; rejects when that cannot be had. */
  lookUp(issuer: string, ids: readonly string[]): Promise<boolean>;
  /** How long an answer is used. A revocation is honoured within it, measured from when the answer was asked for. */
  trustSeconds: number;
  /** Told of each lookup that failed. */
  warn(error: unknown): void;
  /** Milliseconds since 1970; for tests. */
  now?: () => number;
}

/** Which tokens are taken no more: asked once for requests that come together, kept for a stated time and a bounded number of tokens. */
export class RevokedTokens {
  private readonly known = new LRUCache<string, { state: Revocation; goodUntil: number }>({ max: MAX_TOKENS });
  private readonly asked = new Map<string, Promise<Revocation>>();
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
    const { lookUp, trustSeconds, warn } = this.options;
    const since = this.now();
    try {
      const state = (await inTime(lookUp(issuer, ids), DEADLINE_MS)) ? "revoked" : "good";
      this.known.set(key, { state, goodUntil: since + trustSeconds * 1000 });
      return state;
    } catch (error) {
      warn(error);
      this.known.set(key, { state: "unknown", goodUntil: this.now() + Math.min(RETRY_MS, trustSeconds * 1000) });
      return "unknown";
    }
  }
}
