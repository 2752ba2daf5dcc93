import type { SubgraphEndpoint } from "@gongjian/subgraph";
import type { Breaker, BreakerState } from "./guard";

export interface Readiness {
  ready: boolean;
  services: Record<string, "ok" | "unavailable">;
  /** Whether the gateway asks a subgraph (closed), tries again (half-open), or does not for now (open). */
  breakers: Record<string, BreakerState>;
}

const PATIENCE_MS = 2_000;
const KEPT_MS = 500;

/** Asks every subgraph whether it can answer; however often it is called, they are asked twice a second at most. */
export function readiness(endpoints: readonly SubgraphEndpoint[], breakers: ReadonlyMap<string, Breaker>): () => Promise<Readiness> {
  let last: { asked: number; answer: Promise<Omit<Readiness, "breakers">> } | undefined;
  return async () => {
    if (!last || performance.now() - last.asked > KEPT_MS) last = { asked: performance.now(), answer: ask(endpoints) };
    return { ...(await last.answer), breakers: Object.fromEntries([...breakers].map(([name, { state }]) => [name, state])) };
  };
}

async function ask(endpoints: readonly SubgraphEndpoint[]): Promise<Omit<Readiness, "breakers">> {
  const states = await Promise.all(endpoints.map(async (endpoint) => [endpoint.name, await stateOf(endpoint)] as const));
  return { ready: states.every(([, state]) => state === "ok"), services: Object.fromEntries(states) };
}

async function stateOf(endpoint: SubgraphEndpoint): Promise<"ok" | "unavailable"> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer")), PATIENCE_MS);
  });
  try {
    await Promise.race([endpoint.healthy(), patience]);
    return "ok";
  } catch {
    return "unavailable";
  } finally {
    clearTimeout(timer);
  }
}
