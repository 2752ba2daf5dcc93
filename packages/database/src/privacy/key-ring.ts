import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";

/** Where a private value is stored. It is authenticated with the value, so that a sealed text cannot be moved to another row or column. */
export interface Cell {
  schema: string;
  table: string;
  column: string;
  /** The id of the row. */
  row: string;
}

/** Keys are missing, malformed, or do not open what they are asked to open. Its message never holds a value or a key. */
export class KeyRingError extends Error {
  override readonly name = "KeyRingError";
}

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const WRAPPED_BYTES = NONCE_BYTES + KEY_BYTES + TAG_BYTES;
const ID = /^[A-Za-z0-9_-]{1,32}$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{43}=|[A-Za-z0-9_-]{43}=?)$/;
const SEALED = /^v1\.([A-Za-z0-9_-]{1,32})\.([A-Za-z0-9_-]+)$/;
const NO_SALT = Buffer.alloc(0);

const encrypt = (key: Buffer, plain: Buffer, bound: Buffer): Buffer => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(bound);
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, text, cipher.getAuthTag()]);
};

const decrypt = (key: Buffer, sealed: Buffer, bound: Buffer): Buffer => {
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES }).setAAD(bound);
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
};

const boundTo = ({ schema, table, column, row }: Cell, keyId: string): Buffer =>
  Buffer.from(JSON.stringify(["gongjian", "v1", schema, table, column, row.toLowerCase(), keyId]));

interface RingKey {
  id: string;
  wrap: Buffer;
  index: Buffer;
}

const derived = (secret: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync("sha256", secret, NO_SALT, `gongjian ${purpose}`, KEY_BYTES));

function ringKey(entry: string): RingKey {
  const at = entry.indexOf(":");
  const id = entry.slice(0, at).trim();
  const text = entry.slice(at + 1).trim();
  if (at < 1 || !ID.test(id)) throw new KeyRingError("A data key is written id:base64; an id has 1 to 32 letters, digits, _ and -");
  const secret = BASE64.test(text) ? Buffer.from(text, "base64") : NO_SALT;
  if (secret.length !== KEY_BYTES) throw new KeyRingError(`The data key ${id} is not ${KEY_BYTES} bytes in base64`);
  return { id, wrap: derived(secret, "wrap v1"), index: derived(secret, "index v1") };
}

/**
 * The keys of private data: the first seals, all of them open. Envelope encryption: each value has a random key of its own (AES-256-GCM,
 * NIST SP 800-38D, a nonce of 96 random bits), which is sealed in the same way with a key derived (HKDF, RFC 5869) from the ring's.
 */
export class KeyRing {
  private constructor(private readonly keys: readonly RingKey[]) {}

  /** Reads `id:base64,id2:base64`; the first is current. @throws KeyRingError */
  static parse(text: string): KeyRing {
    const keys = text.split(",").map(ringKey);
    if (new Set(keys.map(({ id }) => id)).size !== keys.length) throw new KeyRingError("Two data keys have the same id");
    return new KeyRing(keys);
  }

  /** The id of the key that seals. */
  get current(): string {
    return this.first.id;
  }

  /** The ids of all keys, the current one first. */
  get ids(): readonly string[] {
    return this.keys.map(({ id }) => id);
  }

  private get first(): RingKey {
    return this.keys[0] as RingKey;
  }

  /** A text that only this ring can read, and only at this place: `v1.<key id>.<base64url>`. Never the same twice. */
  seal(value: string, cell: Cell): string {
    const { id, wrap } = this.first;
    const bound = boundTo(cell, id);
    const own = randomBytes(KEY_BYTES);
    const sealed = Buffer.concat([encrypt(wrap, own, bound), encrypt(own, Buffer.from(value), bound)]);
    return `v1.${id}.${sealed.toString("base64url")}`;
  }

  /** @throws KeyRingError where its key is missing, it was changed, or it comes from another place */
  open(sealed: string, cell: Cell): string {
    const [, id = "", body = ""] = SEALED.exec(sealed) ?? [];
    const key = this.keys.find((one) => one.id === id);
    if (!key) throw new KeyRingError(id === "" ? "A sealed value is malformed" : `The data key ${id} is missing from DATA_KEYS`);
    const bytes = Buffer.from(body, "base64url");
    if (bytes.length < WRAPPED_BYTES + NONCE_BYTES + TAG_BYTES) throw new KeyRingError("A sealed value is cut short");
    try {
      const bound = boundTo(cell, id);
      return decrypt(decrypt(key.wrap, bytes.subarray(0, WRAPPED_BYTES), bound), bytes.subarray(WRAPPED_BYTES), bound).toString();
    } catch {
      throw new KeyRingError(`A value of ${cell.schema}.${cell.table}.${cell.column} was changed, moved, or sealed with another key ${id}`);
    }
  }

  /** The blind index of a normalised value under the current key: equal values of one purpose have the same, and it tells nothing else. */
  index(purpose: string, value: string): string {
    return indexUnder(this.first, purpose, value);
  }

  /** The blind indexes under every key, the current one first: a value that was not yet sealed anew is found under an older one. */
  indexes(purpose: string, value: string): string[] {
    return this.keys.map((key) => indexUnder(key, purpose, value));
  }
}

const indexUnder = ({ id, index }: RingKey, purpose: string, value: string): string =>
  `${id}.${createHmac("sha256", index)
    .update(JSON.stringify([purpose, value]))
    .digest("base64url")}`;
