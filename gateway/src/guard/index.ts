export { Proxies } from "./address";
export { Breaker, type BreakerState } from "./breaker";
export { InFlight } from "./in-flight";
export { type RateLimits, rateLimits, type Take } from "./rate-limits";
export { type Asked, type Safelist, safelist } from "./safelist";
