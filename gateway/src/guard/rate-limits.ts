import type { IncomingMessage } from "node:http";
import { type Call, Refusal } from "@gongjian/subgraph";
import type { Logger } from "pino";
import type { GatewaySettings } from "../settings";
import { networkOf, type Proxies } from "./address";
import { memoryStore, postgresStore, type RateStore, type Who } from "./rate-store";

export type RateSettings = Pick<
  GatewaySettings,
  "rateLimitPerMinute" | "rateLimitViewerPerMinute" | "rateLimitCostPerPoint" | "rateLimitStore" | "rateLimitDatabaseUrl" | "databaseUrl"
>;

/** A caller has used up the points of this minute: 429, with the seconds to wait. */
export class RateLimited extends Refusal {
  constructor(waitMs: number) {
    super(429, "RATE_LIMITED", "Too many requests; wait for the seconds that Retry-After gives", {
      "retry-after": String(Math.max(1, Math.ceil(waitMs / 1000))),
      connection: "close",
    });
    this.name = "RateLimited";
  }
}

/** Takes points from one caller. @throws RateLimited */
export type Take = (points: number) => Promise<void>;

export interface RateLimits {
  /** How to take points from a caller, who is known by a credential or by the address alone; undefined where there is no limit. */
  forCaller(request: IncomingMessage, call: Call): Take | undefined;
  /** As `forCaller`, for one whose credential was not good. */
  forStranger(request: IncomingMessage): Take | undefined;
  /** The points of an operation of this cost. */
  pointsOf(cost: number): number;
  close(): Promise<void>;
}

/** How long a store that failed is left alone: nobody waits for it meanwhile. */
const STORE_REST_MS = 2_000;

/**
 * Points a minute for each signed-in viewer, and for each address of callers without a credential. While the store is down, the public is
 * counted in this process and signed-in viewers are let through: they are accountable, and a gateway cannot tell what others have granted them.
 */
export function rateLimits(settings: RateSettings, proxies: Proxies, logger: Logger, store = storeOf(settings, logger)): RateLimits {
  const limits = { address: settings.rateLimitPerMinute, viewer: settings.rateLimitViewerPerMinute };
  const fallback = memoryStore(limits);
  let restsUntil = 0;

  async function take(who: Who, key: string, points: number): Promise<void> {
    const waitMs = await taken(who, key, points);
    if (waitMs !== null) throw new RateLimited(waitMs);
  }

  async function taken(who: Who, key: string, points: number): Promise<number | null> {
    if (performance.now() >= restsUntil) {
      try {
        return await store.take(who, key, points);
      } catch (error) {
        restsUntil = performance.now() + STORE_REST_MS;
        logger.error({ err: error }, "the store of the rate limits does not answer; the public is counted in this process");
      }
    }
    return who === "viewer" ? null : fallback.take(who, key, points);
  }

  const taker = (who: Who, key: () => string): Take | undefined => {
    if (limits[who] === 0) return undefined;
    const caller = key();
    return (points) => take(who, caller, points);
  };
  const byAddress = (request: IncomingMessage) => taker("address", () => networkOf(proxies.addressOf(request)));

  return {
    // callers that show a credential have been verified by now
    forCaller: (request, { viewer }) =>
      request.headers.authorization === undefined ? byAddress(request) : taker("viewer", () => `${viewer.issuer ?? ""}\n${viewer.subject}`),
    forStranger: byAddress,
    pointsOf: (cost) => Math.max(1, Math.ceil(cost / settings.rateLimitCostPerPoint)),
    close: () => store.close(),
  };
}

function storeOf(settings: RateSettings, logger: Logger): RateStore {
  const points = { address: settings.rateLimitPerMinute, viewer: settings.rateLimitViewerPerMinute };
  const url = settings.rateLimitDatabaseUrl ?? settings.databaseUrl;
  return settings.rateLimitStore === "postgres" && url ? postgresStore(points, url, logger) : memoryStore(points);
}
