import { Client } from "pg";
import { quoteName } from "../names";
import type { AuditAnchor } from "./anchor";
import { type Covered, coveredTexts } from "./chain";
import { AUDIT_TRIGGERS } from "./tables";

/** An entry as verification sees it: the texts that its hash covers, and both hashes in hexadecimal. */
export interface Link {
  id: number;
  texts: Covered;
  previousHash: string;
  hash: string;
}

interface LinkRow {
  texts: (string | null)[];
  previous_hash: string;
  hash: string;
}

const toLink = ({ texts, previous_hash, hash }: LinkRow): Link => ({ id: Number(texts[0]), texts, previousHash: previous_hash, hash });

const linkColumns = (): string =>
  `${coveredTexts("entry")} AS texts, encode(entry.previous_hash, 'hex') AS previous_hash, encode(entry.hash, 'hex') AS hash`;

/** A schema's chain in one snapshot of the database. */
export class ChainReader {
  constructor(
    private readonly client: Client,
    private readonly schema: string,
  ) {}

  private get table(): string {
    return `${quoteName(this.schema)}.audit_entry`;
  }

  async exists(): Promise<boolean> {
    const { rows } = await this.client.query("SELECT to_regclass($1) IS NOT NULL AND to_regclass($2) IS NOT NULL AS there", [
      `${quoteName(this.schema)}.audit_entry`,
      `${quoteName(this.schema)}.audit_head`,
    ]);
    return rows[0].there;
  }

  async head(): Promise<AuditAnchor | null> {
    const { rows } = await this.client.query(`SELECT id::text, encode(hash, 'hex') AS hash, at FROM ${quoteName(this.schema)}.audit_head`);
    return rows[0] ? { schema: this.schema, id: Number(rows[0].id), hash: rows[0].hash, at: rows[0].at.toISOString() } : null;
  }

  /** The triggers that should guard the chain and are missing or disabled. */
  async disabledTriggers(): Promise<string[]> {
    const { rows } = await this.client.query("SELECT tgname FROM pg_trigger WHERE tgrelid = $1::regclass AND tgenabled IN ('O', 'A')", [
      this.table,
    ]);
    const enabled = new Set(rows.map((row) => row.tgname));
    return AUDIT_TRIGGERS.filter((name) => !enabled.has(name));
  }

  /** All entries by id, `batch` at a time. */
  async *links(batch: number): AsyncGenerator<Link> {
    await this.client.query(
      `DECLARE audit_chain NO SCROLL CURSOR FOR SELECT ${linkColumns()} FROM ${this.table} AS entry ORDER BY entry.id`,
    );
    for (;;) {
      const { rows } = await this.client.query<LinkRow>(`FETCH ${batch} FROM audit_chain`);
      for (const row of rows) yield toLink(row);
      if (rows.length < batch) return;
    }
  }

  /** The first entries that fulfil a condition. */
  async find(condition: string, params: readonly unknown[], limit = 2): Promise<Link[]> {
    const { rows } = await this.client.query<LinkRow>(
      `SELECT ${linkColumns()} FROM ${this.table} AS entry WHERE ${condition} ORDER BY entry.id LIMIT ${limit}`,
      params as unknown[],
    );
    return rows.map(toLink);
  }
}

/** Works on a schema's chain as the admin, read only and in one snapshot: entries written meanwhile are not seen. */
export async function withChain<T>(adminUrl: string, schema: string, work: (chain: ChainReader) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: adminUrl, application_name: "gongjian-audit", connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("SET statement_timeout = 0");
    await client.query("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
    return await work(new ChainReader(client, schema));
  } finally {
    await client.end().catch(() => undefined);
  }
}
