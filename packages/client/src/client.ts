import type { TypedDocument } from "./document";
import { type AnswerError, ClientError, noAnswer, timedOut, unreachable } from "./errors";

export interface ClientOptions {
  /** The gateway's or a subgraph's /graphql. */
  url: string;
  /** A person's or a service's bearer token; a function is asked before every request, so that it can renew one. */
  token?: string | (() => string | Promise<string>);
  /** The script to answer Chinese text in; official names in their own when left out. */
  script?: "zh-Hans" | "zh-Hant";
  /** Milliseconds until an HTTP request is given up; 10,000 when left out. */
  timeoutMs?: number;
  /** Ask by the document's hash first, and send the text only when the server does not know it. Gateway only: subgraphs want the text. */
  persisted?: boolean;
  /** Instead of the global one. */
  fetch?: typeof fetch;
}

export interface CallOptions {
  /** Gives the request up; the promise is rejected with the signal's reason, as by fetch. */
  signal?: AbortSignal;
}

/** What comes after the document: variables may be left out where none is required. */
export type Arguments<Variables> =
  Record<string, never> extends Variables ? [variables?: Variables, options?: CallOptions] : [variables: Variables, options?: CallOptions];

export interface Client {
  /**
   * Executes a generated document.
   * @throws ClientError where the answer has errors, or there is none
   */
  execute<Result, Variables>(document: TypedDocument<Result, Variables>, ...rest: Arguments<NoInfer<Variables>>): Promise<Result>;
}

interface Answer {
  status: number;
  data: unknown;
  errors: AnswerError[];
}

const UNKNOWN_HASH = "PERSISTED_QUERY_NOT_FOUND";
const ACCEPT = "application/graphql-response+json, application/json;q=0.9";

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

function errorOf(error: unknown): AnswerError {
  const { message, path, extensions } = isObject(error) ? error : {};
  const details = isObject(extensions) ? extensions : {};
  return {
    message: String(message),
    code: String(details["code"] ?? "UNKNOWN"),
    ...(Array.isArray(path) && { path: path as (string | number)[] }),
    extensions: details,
  };
}

/** @throws ClientError where a text is not the answer of a GraphQL server */
function answerOf(status: number, text: string): Answer {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw noAnswer(status, error);
  }
  if (!isObject(body)) throw noAnswer(status);
  const { data = null, errors } = body;
  const found = Array.isArray(errors) ? errors.map(errorOf) : [];
  if (found.length === 0 && !isObject(data)) throw noAnswer(status);
  return { status, data, errors: found };
}

/** A typed client of the gateway, or of one subgraph. */
export function createClient(options: ClientOptions): Client {
  const { url, token, script, timeoutMs = 10_000, persisted = false, fetch: send = fetch } = options;

  async function post(body: object, given: AbortSignal | undefined): Promise<Answer> {
    const bearer = typeof token === "function" ? await token() : token;
    const headers = {
      "content-type": "application/json",
      accept: ACCEPT,
      ...(bearer && { authorization: `Bearer ${bearer}` }),
      ...(script && { "accept-language": script }),
    };
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = given ? AbortSignal.any([given, timeout]) : timeout;
    try {
      const response = await send(url, { method: "POST", headers, body: JSON.stringify(body), signal });
      return answerOf(response.status, await response.text());
    } catch (error) {
      if (error instanceof ClientError) throw error;
      given?.throwIfAborted();
      throw timeout.aborted ? timedOut(error) : unreachable(error);
    }
  }

  async function request(document: TypedDocument<unknown, never>, variables: unknown, signal: AbortSignal | undefined): Promise<Answer> {
    const query = document.toString();
    if (!persisted) return post({ query, variables }, signal);
    const extensions = { persistedQuery: { version: 1, sha256Hash: document.__meta__.hash } };
    const first = await post({ variables, extensions }, signal);
    return first.errors.some(({ code }) => code === UNKNOWN_HASH) ? post({ query, variables, extensions }, signal) : first;
  }

  return {
    async execute<Result, Variables>(document: TypedDocument<Result, Variables>, ...[variables, call]: Arguments<NoInfer<Variables>>) {
      const { status, data, errors } = await request(document, variables ?? {}, call?.signal);
      if (errors.length > 0) throw new ClientError(errors, status, data);
      return data as Result;
    },
  };
}
