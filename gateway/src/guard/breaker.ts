import type { ExecutionResult } from "graphql";

export type BreakerState = "closed" | "half-open" | "open";

export interface BreakerOptions {
  /** Failures in a row that open it; 0: it never opens. */
  failures: number;
  /** Milliseconds that it stays open, until one request is let through to see. */
  cooldownMs: number;
  /** Milliseconds, never running back; for tests. */
  now?: () => number;
}

/** Failures of the way to a subgraph. What a subgraph answers, errors too, shows that the way is good. */
const FAILED_WAY = new Set<unknown>(["SERVICE_UNAVAILABLE", "SERVICE_TIMEOUT"]);

/**
 * Spares a subgraph that cannot be reached, and those who wait for it: after failures in a row it is not asked for a while, and then by one
 * request alone, whose outcome decides. Requests that were under way when it opened do not count any more.
 */
export class Breaker {
  private failed = 0;
  /** When it opened; null while it is closed. */
  private openedAt: number | null = null;
  private probing = false;
  private readonly now: () => number;

  constructor(
    private readonly options: BreakerOptions,
    private readonly onChange: (state: BreakerState) => void = () => {},
  ) {
    this.now = options.now ?? (() => performance.now());
  }

  get state(): BreakerState {
    if (this.openedAt === null) return "closed";
    return this.probing || this.now() - this.openedAt >= this.options.cooldownMs ? "half-open" : "open";
  }

  /** Executes, or returns null at once while it is open. */
  async run(execute: () => Promise<ExecutionResult>): Promise<ExecutionResult | null> {
    if (this.openedAt === null) return this.watch(execute, false);
    if (this.state === "open" || this.probing) return null;
    this.probing = true;
    this.onChange("half-open");
    return this.watch(execute, true);
  }

  private async watch(execute: () => Promise<ExecutionResult>, isProbe: boolean): Promise<ExecutionResult> {
    let worked = false;
    try {
      const result = await execute();
      worked = !isFailedWay(result);
      return result;
    } finally {
      this.note(worked, isProbe);
    }
  }

  private note(worked: boolean, isProbe: boolean): void {
    if (this.openedAt !== null && !isProbe) return;
    if (isProbe) this.probing = false;
    if (worked) {
      this.failed = 0;
      if (this.openedAt === null) return;
      this.openedAt = null;
      this.onChange("closed");
    } else {
      this.failed += 1;
      const opens = isProbe || (this.options.failures > 0 && this.failed >= this.options.failures);
      if (!opens) return;
      this.openedAt = this.now();
      this.onChange("open");
    }
  }
}

function isFailedWay({ data, errors }: ExecutionResult): boolean {
  return data === undefined && errors?.length === 1 && FAILED_WAY.has(errors[0]?.extensions.code);
}
