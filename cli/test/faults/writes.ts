import { Client } from "pg";
import { type Answer, adminUrlOf, ask, sleep } from "./processes";

const CREATE = `mutation ($input: CreateOrganisationInput!) { result: createOrganisation(input: $input) { __typename ... on Organisation { id key version } } }`;
const IMPORT = `mutation ($input: ImportOrganisationsInput!) { result: importOrganisations(input: $input)
  { __typename ... on BulkOutcome { written created updated unchanged refused } } }`;
const ROWS = 3;
const BATCH_EACH = 4;

/** One mutation with an idempotency key, the external keys of the records that it writes, and its first acknowledged result. */
export interface Write {
  query: string;
  input: object;
  keys: string[];
  result: unknown;
}

const organisation = (key: string) => ({ key, name: `共建测试 ${key}`, kind: "SOCIAL_ORGANISATION", regionCode: "51" });

function writeOf(name: string, index: number): Write {
  const key = `${name}-${index}`;
  if (index % BATCH_EACH !== 0) {
    return { query: CREATE, input: { ...organisation(key), idempotencyKey: key }, keys: [key], result: null };
  }
  const keys = Array.from({ length: ROWS }, (_, row) => `${key}-${row}`);
  return { query: IMPORT, input: { idempotencyKey: key, rows: keys.map(organisation) }, keys, result: null };
}

const send = async (url: string, token: string, { query, input }: Write): Promise<Answer> => ask(url, query, { input }, token);

/** The result of an answer that acknowledges the write; null for one with errors. */
function acknowledged({ data, errors }: Answer): unknown {
  if (errors || !data?.result) return null;
  const { result } = data;
  if (result.__typename !== "Organisation" && !(result.__typename === "BulkOutcome" && result.written)) {
    throw new Error(`refused: ${JSON.stringify(result)}`);
  }
  return result;
}

/** A stream of mutations, a few at a time, that goes on through failures: what failed is sent again until it is acknowledged. */
export class Stream {
  readonly writes: Write[] = [];
  /** Errors that the platform answered with. */
  readonly errors: NonNullable<Answer["errors"]> = [];
  /** Requests whose connection failed. */
  cutOff = 0;
  acknowledgements = 0;
  private static readonly open = new Set<Stream>();
  private stopped = false;
  private readonly writers: Promise<void>[];

  constructor(
    private readonly url: string,
    private readonly token: string,
    private readonly name: string,
    writers = 4,
  ) {
    Stream.open.add(this);
    this.writers = Array.from({ length: writers }, () => this.run());
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      const write = writeOf(this.name, this.writes.length);
      this.writes.push(write);
      while (!this.stopped && write.result === null) await this.attempt(write);
    }
  }

  private async attempt(write: Write): Promise<void> {
    const answer = await send(this.url, this.token, write).catch(() => null);
    if (answer === null) {
      this.cutOff += 1;
      return sleep(20);
    }
    this.errors.push(...(answer.errors ?? []));
    write.result = acknowledged(answer);
    if (write.result === null) return sleep(20);
    this.acknowledgements += 1;
  }

  /** Resolves when no request is under way any more. */
  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.writers);
    Stream.open.delete(this);
  }

  /** For streams that a failed test has left. */
  static async stopAll(): Promise<void> {
    for (const stream of Stream.open) await stream.stop();
  }
}

/** Sends every write again, under its key. */
export async function replay(url: string, token: string, writes: readonly Write[]): Promise<unknown[]> {
  const results: unknown[] = [];
  for (const write of writes) {
    const answer = await send(url, token, write);
    results.push(acknowledged(answer) ?? answer);
  }
  return results;
}

export async function sql<T>(data: string, text: string, params: unknown[] = []): Promise<T[]> {
  const client = new Client({ connectionString: adminUrlOf(data) });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query(text, params)).rows as T[];
  } finally {
    await client.end();
  }
}

/** How many audit entries each organisation has, by its external key; entries without a record count as -1. */
export async function audited(data: string): Promise<Map<string, number>> {
  const rows = await sql<{ key: string; entries: number }>(
    data,
    `SELECT coalesce(o.key, 'no record ' || a.entity_id) AS key, CASE WHEN o.id IS NULL THEN -1 ELSE coalesce(a.entries, 0) END AS entries
     FROM communities.organisation o
     FULL JOIN (SELECT entity_id, count(*)::int AS entries FROM communities.audit_entry WHERE concept = 'organisation' GROUP BY 1) a
       ON a.entity_id = o.id::text`,
  );
  return new Map(rows.map(({ key, entries }) => [key, entries]));
}

/** Idempotency keys that were committed without a result. */
export const unfinishedKeys = (data: string): Promise<{ key: string }[]> =>
  sql(data, "SELECT key FROM communities.idempotency_record WHERE result IS NULL");
