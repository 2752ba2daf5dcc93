import { randomUUID } from "node:crypto";
import { messageOf, withoutSuggestion } from "@gongjian/subgraph";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import type { Logger } from "pino";

/** Codes that say nothing to a client, or too much. */
const OPAQUE = new Set(["INTERNAL", "INTERNAL_SERVER_ERROR", "DOWNSTREAM_SERVICE_ERROR"]);
const CODE = /^[A-Z][A-Z0-9_]{1,63}$/;
/** Extensions that name subgraphs or show how they are built. */
const INTERNAL_EXTENSIONS = ["serviceName", "stacktrace", "exception", "http", "query", "variables", "url", "response"];

/** The one place through which every error of the gateway leaves. */
export class ErrorMask {
  private readonly requestIds = new WeakMap<object, string>();

  constructor(
    private readonly logger: Logger,
    private readonly count: (code: string) => void,
  ) {}

  /** Remembers the request of errors that are about to be masked, so that the log can name it. */
  belongTo(requestId: string, errors: readonly unknown[]): void {
    for (const error of errors) if (typeof error === "object" && error !== null) this.requestIds.set(error, requestId);
  }

  /** An error as a client may see it. What cannot be shown is logged under the `errorId` that the client gets. */
  mask = (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const { code, ...details } = { ...formatted.extensions };
    if (typeof code !== "string" || !CODE.test(code) || OPAQUE.has(code)) return this.hidden(formatted, error);
    this.count(code);
    for (const key of INTERNAL_EXTENSIONS) delete details[key];
    return { message: withoutSuggestion(formatted.message), ...placeOf(formatted), extensions: { ...details, code } };
  };

  private hidden(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
    this.count("INTERNAL");
    const known = formatted.extensions?.errorId;
    // a subgraph that has masked an error has logged it: its id leads there
    const errorId = typeof known === "string" ? known : randomUUID();
    const requestId = typeof error === "object" && error !== null ? this.requestIds.get(error) : undefined;
    const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
    const { message, stack } = cause instanceof Error ? cause : { message: formatted.message, stack: undefined };
    this.logger.error(
      { errorId, requestId, service: formatted.extensions?.serviceName, cause: message, stack, path: formatted.path },
      "error masked",
    );
    return { message: messageOf("INTERNAL"), ...placeOf(formatted), extensions: { code: "INTERNAL", errorId } };
  }
}

function placeOf({ locations, path }: GraphQLFormattedError): Pick<GraphQLFormattedError, "locations" | "path"> {
  return { ...(locations && { locations }), ...(path && { path }) };
}
