/** One error of an answer. Branch on `code`; the message is constant for a code. */
export interface AnswerError {
  message: string;
  /** `extensions.code` of the answer; `TIMEOUT`, `UNREACHABLE` and `NO_ANSWER` come from the client itself. */
  code: string;
  path?: readonly (string | number)[];
  extensions: Record<string, unknown>;
}

/** The platform answered with errors, or not at all, or not as a GraphQL server does. */
export class ClientError extends Error {
  constructor(
    readonly errors: readonly AnswerError[],
    /** Of HTTP; 0 without an answer. */
    readonly status: number,
    /** What there is of an answer; fields that failed are null. */
    readonly data: unknown,
    options?: { cause?: unknown },
  ) {
    super(errors.map(({ code, message }) => `${code}: ${message}`).join("; "), options);
    this.name = "ClientError";
  }

  /** Whether an error of the answer has this code, e.g. `FORBIDDEN`. */
  has(code: string): boolean {
    return this.errors.some((error) => error.code === code);
  }
}

const own = (code: string, message: string, status: number, cause?: unknown): ClientError =>
  new ClientError([{ message, code, extensions: {} }], status, null, { cause });

export const timedOut = (cause: unknown): ClientError => own("TIMEOUT", "The server did not answer in time", 0, cause);
export const unreachable = (cause: unknown): ClientError => own("UNREACHABLE", "The server could not be reached", 0, cause);
export const noAnswer = (status: number, cause?: unknown): ClientError =>
  own("NO_ANSWER", "The server did not answer as a GraphQL server does", status, cause);
