/** The head of a schema's chain at some time. Kept where nobody who can write the database can write, it shows what was taken away later. */
export interface AuditAnchor {
  schema: string;
  /** How many entries the chain had; 0 for an empty one. */
  id: number;
  /** SHA-256 of the last entry, in hexadecimal. */
  hash: string;
  /** When the last entry was written (ISO 8601); of an empty chain, when it was created. */
  at: string;
}

/** The text holds no anchors. */
export class MalformedAnchor extends Error {
  override readonly name = "MalformedAnchor";
}

const HASH = /^[0-9a-f]{64}$/;

function parse(text: string): unknown[] {
  try {
    return [JSON.parse(text)].flat();
  } catch {
    return text
      .split(/\r?\n/)
      .filter((line) => line.trim() !== "")
      .flatMap((line) => JSON.parse(line) as unknown);
  }
}

/** Reads anchors from JSON (one, or an array) or JSON lines, so that every new one can be appended to the same file. @throws MalformedAnchor */
export function parseAnchors(text: string): AuditAnchor[] {
  let values: unknown[];
  try {
    values = parse(text);
  } catch (error) {
    throw new MalformedAnchor(`The anchors are not JSON: ${(error as Error).message}`);
  }
  if (values.length === 0) throw new MalformedAnchor("There is no anchor in it");
  return values.map((value, index) => {
    const { schema, id, hash, at } = (value ?? {}) as Partial<AuditAnchor>;
    const whole =
      typeof schema === "string" && Number.isSafeInteger(id) && (id as number) >= 0 && typeof hash === "string" && HASH.test(hash);
    if (!whole || typeof at !== "string") throw new MalformedAnchor(`Anchor ${index + 1} is not {schema, id, hash, at}`);
    return { schema, id: id as number, hash, at };
  });
}
