import { LRUCache } from "lru-cache";
import { inTime } from "./stored-memberships";
import { MAX_MEMBERSHIPS, type Membership, type Viewer } from "./viewer";

const MAX_ORGANISATIONS = 10_000;
/** How soon it is asked again after a failure, in milliseconds. */
const RETRY_MS = 1_000;
const DEADLINE_MS = 3_000;
const PREFIX = "organisation:";

export interface MergedOrganisationsOptions {
  /** All ids of each organisation, in the order asked for; rejects when they cannot be had. */
  lookUp(ids: readonly string[]): Promise<readonly (readonly string[])[]>;
  /** How long an answer is used, in seconds. */
  trustSeconds: number;
  /** Told of each lookup that failed. */
  warn(error: unknown): void;
  /** How long a lookup may take, in milliseconds. */
  deadlineMs?: number;
  /** Milliseconds since 1970; for tests. */
  now?: () => number;
}

interface Known {
  ids: readonly string[];
  goodUntil: number;
}

/**
 * Under which ids an organisation is known that a token's own claim names: two records may have been merged since, and what a token says of
 * one of them it says of the organisation. When that cannot be had, the claim holds for the id that it names.
 */
export class MergedOrganisations {
  private readonly known = new LRUCache<string, Known>({ max: MAX_ORGANISATIONS });
  private readonly now: () => number;

  constructor(private readonly options: MergedOrganisationsOptions) {
    this.now = options.now ?? Date.now;
  }

  /** The viewer with each membership over an organisation also under its other ids, at most `MAX_MEMBERSHIPS` in all. Never rejects. */
  async widened(viewer: Viewer): Promise<Viewer> {
    const own = viewer.memberships.filter(({ scope }) => scope.startsWith(PREFIX));
    if (own.length === 0) return viewer;
    const named = [...new Set(own.map(({ scope }) => scope.slice(PREFIX.length)))];
    const unknown = named.filter((id) => (this.known.get(id)?.goodUntil ?? 0) <= this.now());
    if (unknown.length > 0) await this.ask(unknown);
    const more: Membership[] = own.flatMap(({ role, scope }) => {
      const id = scope.slice(PREFIX.length);
      const others = (this.known.get(id)?.ids ?? []).filter((other) => other !== id);
      return others.map((other) => ({ role, scope: `${PREFIX}${other}` }));
    });
    if (more.length === 0) return viewer;
    return Object.freeze({ ...viewer, memberships: Object.freeze([...viewer.memberships, ...more].slice(0, MAX_MEMBERSHIPS)) });
  }

  private async ask(ids: readonly string[]): Promise<void> {
    const { lookUp, trustSeconds, warn, deadlineMs = DEADLINE_MS } = this.options;
    const since = this.now();
    try {
      const found = await inTime(lookUp(ids), deadlineMs);
      ids.forEach((id, index) => this.known.set(id, { ids: found[index] ?? [id], goodUntil: since + trustSeconds * 1000 }));
    } catch (error) {
      warn(error);
      // what was known before goes on to hold until it can be asked again
      for (const id of ids)
        this.known.set(id, { ids: this.known.get(id)?.ids ?? [id], goodUntil: this.now() + Math.min(RETRY_MS, trustSeconds * 1000) });
    }
  }
}
