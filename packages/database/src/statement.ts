/** A static SQL statement that the server prepares once a connection and finds again by its name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** Counts the SQL statements that one request sends: `statements` grows by one with each. */
export interface StatementMeter {
  statements: number;
}

const MAX_NAME_BYTES = 63;
const texts = new Map<string, string>();

/**
 * Names a statement once, at module level. The name is at most 63 bytes (PostgreSQL cuts longer ones) and belongs to one text only:
 * a second text under the same name throws here, not on the connection that happened to prepare the other one.
 */
export function statement(name: string, text: string): Statement {
  if (name.length === 0 || Buffer.byteLength(name) > MAX_NAME_BYTES) {
    throw new RangeError(`A statement's name has 1 to ${MAX_NAME_BYTES} bytes: ${JSON.stringify(name)}`);
  }
  const known = texts.get(name);
  if (known !== undefined && known !== text) throw new Error(`Two different statements are called ${name}`);
  texts.set(name, text);
  return Object.freeze({ name, text });
}
