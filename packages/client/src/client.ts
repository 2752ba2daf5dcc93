import type { ResultOf, TypedDocument, VariablesOf } from "./document";

export interface ClientOptions {
  /** The gateway's or a subgraph's /graphql. */
  url: string;
  /** A person's or a service's bearer token; a function is asked before every request, so that it can renew one. */
  token?: string | (() => string | Promise<string>);
  /** The script to answer Chinese text in; official names in their own when left out. */
  script?: "zh-Hans" | "zh-Hant";
  /** Milliseconds until a request is given up; 10,000 when left out. */
  timeoutMs?: number;
  /** Ask by the document's id first, and send the text only when the server does not know it. Gateway only. */
  persisted?: boolean;
  fetch?: typeof fetch;
}

/** One error of an answer. Branch on `code`; the message is constant for a code. */
export interface AnswerError {
  message: string;
  code: string;
  path?: readonly (string | number)[];
  extensions: Record<string, unknown>;
}

/** The platform answered with errors, or did not answer as a GraphQL server does (`code` `NO_ANSWER`). */
export class ClientError extends Error {
  constructor(
    readonly errors: readonly AnswerError[],
    readonly status: number,
    /** What there is of an answer; fields that failed are null. */
    readonly data: unknown,
  ) {
    super(errors.map((error) => `${error.code}: ${error.message}`).join("; "));
    this.name = "ClientError";
  }

  /** Whether an error of the answer has this code, e.g. `FORBIDDEN`. */
  has(code: string): boolean {
    return this.errors.some((error) => error.code === code);
  }
}

export interface Client {
  /**
   * Executes a generated document.
   * @throws ClientError where the answer has errors
   */
  execute<D extends TypedDocument<unknown, never>>(document: D, ...variables: {} extends VariablesOf<D> ? [VariablesOf<D>?] : [VariablesOf<D>]): Promise<ResultOf<D>>;
}

interface Answer {
  data?: unknown;
  errors?: { message: string; path?: (string | number)[]; extensions?: Record<string, unknown> }[];
}

const UNKNOWN_DOCUMENT = "PERSISTED_QUERY_NOT_FOUND";

const errorsOf = ({ errors = [] }: Answer): AnswerError[] =>
  errors.map(({ message, path, extensions = {} }) => ({ message, code: String(extensions["code"] ?? "UNKNOWN"), ...(path && { path }), extensions }));

/** A typed client of the gateway, or of one subgraph. */
export function createClient(options: ClientOptions): Client {
  const { url, token, script, timeoutMs = 10_000, persisted = false, fetch: send = fetch } = options;

  async function post(body: unknown): Promise<{ status: number; answer: Answer }> {
    const bearer = typeof token === "function" ? await token() : token;
    const response = await send(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/graphql-response+json, application/json",
        ...(bearer && { authorization: `Bearer ${bearer}` }),
        ...(script && { "accept-language": script }),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    try {
      return { status: response.status, answer: JSON.parse(text) as Answer };
    } catch {
      throw new ClientError([{ message: "The server did not answer as a GraphQL server does", code: "NO_ANSWER", extensions: {} }], response.status, null);
    }
  }

  async function request(document: TypedDocument<unknown, never>, variables: unknown): Promise<{ status: number; answer: Answer }> {
    const query = document.toString();
    const hash = document.__meta__?.hash;
    if (!persisted || !hash) return post({ query, variables });
    const extensions = { persistedQuery: { version: 1, sha256Hash: hash } };
    const first = await post({ variables, extensions });
    return errorsOf(first.answer).some((error) => error.code === UNKNOWN_DOCUMENT) ? post({ query, variables, extensions }) : first;
  }

  return {
    async execute(document, ...[variables]) {
      const { status, answer } = await request(document as TypedDocument<unknown, never>, variables ?? {});
      if (answer.errors && answer.errors.length > 0) throw new ClientError(errorsOf(answer), status, answer.data ?? null);
      return answer.data as never;
    },
  };
}
