import { createHash } from "node:crypto";

/**
 * What an entry's hash covers, in order: SQL expressions over the row `entry` that give text or null. The trigger that writes the chain
 * and the statement that reads it for verification are both made from this list.
 */
const COVERED = [
  "entry.id::text",
  // microseconds since 1970: no session setting changes how a number is written
  "(extract(epoch FROM entry.at) * 1000000)::bigint::text",
  "entry.subject",
  "entry.role",
  "entry.action",
  "entry.concept",
  "entry.entity_id",
  "entry.before::text",
  "entry.after::text",
  "entry.request_id",
] as const;

/** Added later: an entry that has none is written as before there was such a column, so that its hash still holds. */
const COVERED_WHERE_THERE = ["entry.issuer"] as const;

/** An array of the covered texts of a row, as SQL. */
export const coveredTexts = (row: string): string =>
  `ARRAY[${[...COVERED, ...COVERED_WHERE_THERE].map((column) => column.replaceAll("entry.", `${row}.`)).join(", ")}]`;

/**
 * The bytes that are hashed, as an SQL expression: the previous hash in hexadecimal, then each text as its length in bytes, a colon and
 * the text itself, or `-` where it is null (nothing, for columns that were added later). The lengths keep two different rows from being written alike.
 */
export const canonicalSql = (previous: string, texts: string): string =>
  [
    `encode(${previous}, 'hex')`,
    ...COVERED.map((_, index) => `coalesce(octet_length(${texts}[${index + 1}]) || ':' || ${texts}[${index + 1}], '-')`),
    ...COVERED_WHERE_THERE.map((_, index) => {
      const text = `${texts}[${COVERED.length + index + 1}]`;
      return `coalesce(octet_length(${text}) || ':' || ${text}, '')`;
    }),
  ].join(" || ");

export type Covered = readonly (string | null)[];

/** The hash of an entry in hexadecimal, from the previous one's and the entry's covered texts. The same as the trigger's. */
export function chainHash(previous: string, texts: Covered): string {
  const hash = createHash("sha256").update(previous);
  texts.forEach((text, index) => {
    if (text !== null) hash.update(`${Buffer.byteLength(text)}:${text}`);
    else if (index < COVERED.length) hash.update("-");
  });
  return hash.digest("hex");
}

/** The covered texts of an entry that stands under another id. */
export const underId = (texts: Covered, id: number): Covered => [String(id), ...texts.slice(1)];

const genesisText = (schema: string): string => `gongjian audit ${schema}`;

/** What the first entry of a schema follows: no chain can be passed off as another schema's. */
export const genesisHash = (schema: string): string => createHash("sha256").update(genesisText(schema)).digest("hex");
