export { CompositionError, compose, type SubgraphSdl } from "./compose";
export type { Verifier } from "./front/credentials";
export { type Example, readExamples } from "./front/graphiql";
export { createGateway, type Gateway, type GatewayOptions } from "./gateway";
export type { Readiness } from "./readiness";
export type { GatewaySettings } from "./settings";
