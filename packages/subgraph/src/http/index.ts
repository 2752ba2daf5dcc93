export { BodyError, readBody, readJsonObject } from "./body";
export { type RequestMetrics, requestMetrics } from "./metrics";
export { Refusal } from "./refusal";
export { SECURITY_HEADERS, sendError, sendJson, sendText } from "./respond";
export { refuse, type ServeSubgraphOptions, serveSubgraph } from "./serve";
export { type Handler, listen, type RunningServer, type ServerOptions, whenOver } from "./server";
