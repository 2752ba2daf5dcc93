import { LRUCache } from "lru-cache";
import { type Membership, parseViewer, type Viewer } from "./viewer";

const MAX_SUBJECTS = 10_000;
/** How soon it is asked again after a failure, in milliseconds. */
const RETRY_MS = 1_000;
const DEADLINE_MS = 3_000;

export interface StoredMembershipsOptions {
  /** The memberships of a subject that count now; rejects when they cannot be had. */
  lookUp(issuer: string, subject: string): Promise<readonly Membership[]>;
  /** How long an answer is used. A revocation is honoured within it, measured from when the answer was asked for. */
  trustSeconds: number;
  /** Told of each lookup that failed. */
  warn(error: unknown): void;
  /** How long a lookup may take, in milliseconds. */
  deadlineMs?: number;
  /** Milliseconds since 1970; for tests. */
  now?: () => number;
}

interface Known {
  viewer: Viewer;
  goodUntil: number;
}

/**
 * What the platform itself stores about who may do what, by issuer and subject: asked once for requests that come together, kept for a
 * stated time and for a bounded number of subjects. When it cannot be had, the subject has no memberships.
 */
export class StoredMemberships {
  private readonly known = new LRUCache<string, Known>({ max: MAX_SUBJECTS });
  private readonly asked = new Map<string, Promise<Viewer>>();
  private readonly now: () => number;

  constructor(private readonly options: StoredMembershipsOptions) {
    this.now = options.now ?? Date.now;
  }

  /** The viewer with the memberships that are stored for them, and no others. Never rejects. */
  async viewerOf({ issuer, subject }: Viewer): Promise<Viewer> {
    if (issuer === undefined) return { subject, memberships: [] };
    // neither has control characters
    const key = `${issuer}\n${subject}`;
    const known = this.known.get(key);
    if (known && known.goodUntil > this.now()) return known.viewer;
    let asked = this.asked.get(key);
    if (!asked) {
      asked = this.ask(key, issuer, subject).finally(() => this.asked.delete(key));
      this.asked.set(key, asked);
    }
    return asked;
  }

  private async ask(key: string, issuer: string, subject: string): Promise<Viewer> {
    const { lookUp, trustSeconds, warn, deadlineMs = DEADLINE_MS } = this.options;
    const since = this.now();
    try {
      const viewer = parseViewer(subject, await inTime(lookUp(issuer, subject), deadlineMs), issuer);
      if (!viewer) throw new Error("The stored memberships are malformed");
      this.known.set(key, { viewer, goodUntil: since + trustSeconds * 1000 });
      return viewer;
    } catch (error) {
      warn(error);
      const viewer = { issuer, subject, memberships: [] };
      this.known.set(key, { viewer, goodUntil: this.now() + Math.min(RETRY_MS, trustSeconds * 1000) });
      return viewer;
    }
  }
}

/** The result, or a rejection when it does not come within so many milliseconds. */
export function inTime<T>(result: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => reject(new Error("There was no answer in time")), ms);
    result.then(resolve, reject).finally(() => clearTimeout(deadline));
  });
}
