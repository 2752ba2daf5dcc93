import { Query } from "pg";
import { rowTypes } from "./rowTypes";
import type { Statement } from "./statement";

/** What a connection answers a prepared statement with. It stays: a statement whose columns have changed fails (SQLSTATE 0A000) instead. */
interface Shape {
  names: readonly string[];
  parsers: readonly ((text: string) => unknown)[];
}

/** pg's connection, as far as it matters here. */
interface Connection {
  describe(message: object): void;
}

/** What is known of one connection. */
interface Known {
  shapes: Map<string, Shape>;
  /** The same connection, which does not ask for descriptions. */
  silent: Connection;
}

/** pg's query, which its types leave out: messages of the server are handed to these methods. */
interface DriverQuery {
  prepare(connection: Connection): void;
  handleRowDescription(message: { fields: readonly { name: string; dataTypeID: number }[] }): void;
  handleDataRow(message: { fields: readonly (string | null)[] }): void;
}
const DriverQuery = Query as unknown as new (
  config: { name: string; text: string; values: readonly unknown[] },
  callback: (error: Error | null | undefined) => void,
) => DriverQuery;

const connections = new WeakMap<Connection, Known>();

function knownOf(connection: Connection): Known {
  let known = connections.get(connection);
  if (!known) {
    known = { shapes: new Map(), silent: Object.create(connection, { describe: { value: () => undefined } }) as Connection };
    connections.set(connection, known);
  }
  return known;
}

/**
 * One execution of a prepared statement. A connection describes its columns the first time only: describing them takes the server, the wire and
 * the reader of the answer as long as some rows do.
 */
export class PreparedRead extends DriverQuery {
  private readonly found: unknown[] = [];
  private readonly statement: Statement;
  private known: Known | undefined;
  private shape: Shape | undefined;
  private failure: Error | undefined;

  constructor(statement: Statement, values: readonly unknown[], done: (error: Error | null, rows: unknown[]) => void) {
    super({ name: statement.name, text: statement.text, values }, (error) => done(error ?? this.failure ?? null, this.found));
    this.statement = statement;
  }

  override prepare(connection: Connection): void {
    this.known = knownOf(connection);
    this.shape = this.known.shapes.get(this.statement.name);
    super.prepare(this.shape ? this.known.silent : connection);
  }

  override handleRowDescription({ fields }: { fields: readonly { name: string; dataTypeID: number }[] }): void {
    this.shape = { names: fields.map(({ name }) => name), parsers: fields.map(({ dataTypeID }) => rowTypes.getTypeParser(dataTypeID)) };
    this.known?.shapes.set(this.statement.name, this.shape);
  }

  override handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    const { names, parsers } = this.shape as Shape;
    const row: Record<string, unknown> = {};
    try {
      for (let i = 0; i < fields.length; i++) {
        const text = fields[i] as string | null;
        row[names[i] as string] = text === null ? null : (parsers[i] as Shape["parsers"][number])(text);
      }
      this.found.push(row);
    } catch (error) {
      this.failure ??= error as Error;
    }
  }
}
