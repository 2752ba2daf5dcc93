import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { Failure } from "../failure";
import type { Migrations, Sequence, Table } from "./catalog";

/**
 * A backup is gzipped text: the header, a line of JSON; for each table its description, a line of JSON, then its rows in PostgreSQL's
 * COPY text form, a line each, then `\.`, then the number of rows and their SHA-256; and at last the number of tables.
 */
export const FORMAT = "gongjian-backup";
export const FORMAT_VERSION = 1;
export const END_OF_ROWS = "\\.\n";

export interface Header {
  format: typeof FORMAT;
  version: number;
  /** When its snapshot was taken. */
  at: string;
  migrations: Migrations;
  sequences: Sequence[];
}

export interface Sum {
  rows: number;
  sha256: string;
}

export class Summing {
  private readonly hash = createHash("sha256");
  rows = 0;

  add(chunk: Buffer): Buffer {
    this.hash.update(chunk);
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) this.rows += 1;
    return chunk;
  }

  sum(): Sum {
    return { rows: this.rows, sha256: this.hash.digest("hex") };
  }
}

const CUT_OFF = new Set(["Z_BUF_ERROR", "UNEXPECTED_END"]);
const NEWLINE = 10;
const LONGEST_LINE = 16 * 2 ** 20;

export class BackupReader {
  private rest: Buffer = Buffer.alloc(0);
  private readonly chunks: AsyncIterator<Buffer>;

  constructor(private readonly file: string) {
    const source = createReadStream(file);
    const unpacked = createGunzip();
    source.on("error", (error) => unpacked.destroy(error));
    source.pipe(unpacked);
    this.chunks = unpacked[Symbol.asyncIterator]();
  }

  private damaged(what: string): Failure {
    return new Failure(`${this.file} ${what}. Nothing was changed.`);
  }

  private async more(): Promise<boolean> {
    try {
      const { value, done } = await this.chunks.next();
      if (done) return false;
      this.rest = this.rest.length === 0 ? value : Buffer.concat([this.rest, value]);
      return true;
    } catch (error) {
      const { code = "" } = error as NodeJS.ErrnoException;
      if (CUT_OFF.has(code)) throw this.damaged("is cut off: it is no whole backup");
      if (code.startsWith("Z_")) throw this.damaged("is no backup of gongjian, or it is damaged");
      throw error;
    }
  }

  private take(length: number): Buffer {
    const taken = this.rest.subarray(0, length);
    this.rest = this.rest.subarray(length);
    return taken;
  }

  /** The next line as JSON. */
  async json<T>(): Promise<T> {
    let end = this.rest.indexOf(NEWLINE);
    while (end < 0 && this.rest.length < LONGEST_LINE && (await this.more())) end = this.rest.indexOf(NEWLINE);
    if (end < 0) throw this.damaged("is no backup of gongjian, or it is cut off");
    try {
      return JSON.parse(this.take(end + 1).toString("utf8")) as T;
    } catch {
      throw this.damaged("is no backup of gongjian, or it is damaged");
    }
  }

  /** The rows of the table whose description was read last. */
  async *rows(): AsyncGenerator<Buffer> {
    for (;;) {
      if (this.rest.subarray(0, END_OF_ROWS.length).toString("latin1") === END_OF_ROWS) return void this.take(END_OF_ROWS.length);
      const end = this.rest.indexOf(`\n${END_OF_ROWS}`, 0, "latin1");
      const whole = end >= 0 ? end + 1 : this.rest.lastIndexOf(NEWLINE) + 1;
      if (whole > 0) yield this.take(whole);
      if (end < 0 && !(await this.more())) throw this.damaged("is cut off: it is no whole backup");
    }
  }

  async header(): Promise<Header> {
    const header = await this.json<Header>();
    if (header?.format !== FORMAT) throw this.damaged("is no backup of gongjian");
    if (header.version !== FORMAT_VERSION)
      throw this.damaged(`is a backup of format ${header.version}, and this gongjian reads format ${FORMAT_VERSION}`);
    return header;
  }

  /** The next table's description; null at the end, where the number of tables is compared. */
  async table(read: number): Promise<Table | null> {
    const next = await this.json<Partial<Table> & { tables?: number }>();
    if (typeof next.tables !== "number") return next as Table;
    if (next.tables !== read) throw this.damaged(`says that it has ${next.tables} tables, and has ${read}`);
    // to the file's last byte: its own checksum stands there
    while (this.rest.length === 0 && (await this.more()));
    if (this.rest.length > 0) throw this.damaged("goes on after its end");
    return null;
  }

  async check(sum: Sum, table: string): Promise<void> {
    const written = await this.json<Sum>();
    if (written.rows !== sum.rows || written.sha256 !== sum.sha256)
      throw this.damaged(`is damaged: the checksum of ${table} is not that of its ${sum.rows} rows`);
  }
}
