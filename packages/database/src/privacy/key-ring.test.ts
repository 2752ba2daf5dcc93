import { randomBytes, webcrypto } from "node:crypto";
import fc from "fast-check";
import { type Cell, KeyRing, KeyRingError } from "./key-ring";

const key = (): string => randomBytes(32).toString("base64");
const [a, b] = [`a:${key()}`, `b:${key()}`];
const cell: Cell = { schema: "communities", table: "contact", column: "value", row: "11111111-1111-4111-8111-111111111111" };

test("any text comes back, is never sealed the same twice, and does not stand in what is stored", () =>
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1 }), (value) => {
      const ring = KeyRing.parse(a!);
      const sealed = [ring.seal(value, cell), ring.seal(value, cell)];
      expect(new Set(sealed).size).toBe(2);
      for (const one of sealed) expect(ring.open(one, cell)).toBe(Buffer.from(value).toString());
      if (value.length > 6) expect(Buffer.from(sealed[0]!.split(".")[2]!, "base64url").includes(value)).toBe(false);
    }),
  ));

test("what is stored is AES-256-GCM under a random key of its own, which the first key wraps", async () => {
  const { subtle } = webcrypto;
  const bound = Buffer.from(JSON.stringify(["gongjian", "v1", cell.schema, cell.table, cell.column, cell.row, "b"]));
  const opened = async (key: webcrypto.CryptoKey, sealed: Buffer): Promise<Buffer> =>
    Buffer.from(await subtle.decrypt({ name: "AES-GCM", iv: sealed.subarray(0, 12), additionalData: bound }, key, sealed.subarray(12)));
  const given = await subtle.importKey("raw", Buffer.from(b!.slice(2), "base64"), "HKDF", false, ["deriveKey"]);
  const derivation = { name: "HKDF", hash: "SHA-256", salt: Buffer.alloc(0), info: Buffer.from("gongjian wrap v1") };
  const wrapping = await subtle.deriveKey(derivation, given, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
  const keys = new Set<string>();
  for (const value of ["028-5550-0100", "028-5550-0100", "何小姐"]) {
    const sealed = Buffer.from(KeyRing.parse(`${b},${a}`).seal(value, cell).replace("v1.b.", ""), "base64url");
    const own = await opened(wrapping, sealed.subarray(0, 60));
    keys.add(own.toString("hex"));
    const key = await subtle.importKey("raw", own, "AES-GCM", false, ["decrypt"]);
    expect((await opened(key, sealed.subarray(60))).toString()).toBe(value);
    expect(own).toHaveLength(32);
  }
  expect(keys.size).toBe(3);
});

test.each(["schema", "table", "column", "row"] as const)("a sealed value moved to another %s does not open", (part) => {
  const ring = KeyRing.parse(a!);
  const sealed = ring.seal("028-5550-0100", cell);
  expect(() => ring.open(sealed, { ...cell, [part]: "other" })).toThrow(KeyRingError);
});

test("no changed bit goes unnoticed", () => {
  const ring = KeyRing.parse(a!);
  const [version, id, body] = ring.seal("028-5550-0100", cell).split(".") as [string, string, string];
  const bytes = Buffer.from(body, "base64url");
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const changed = Buffer.from(bytes);
    changed[bit >> 3]! ^= 1 << (bit & 7);
    expect(() => ring.open(`${version}.${id}.${changed.toString("base64url")}`, cell)).toThrow(KeyRingError);
  }
});

test("the first key seals, all open, and a missing one is named", () => {
  const old = KeyRing.parse(a!).seal("x", cell);
  const both = KeyRing.parse(`${b},${a}`);
  expect(both.current).toBe("b");
  expect(both.ids).toEqual(["b", "a"]);
  expect(both.open(old, cell)).toBe("x");
  expect(both.seal("x", cell)).toMatch(/^v1\.b\./);
  expect(() => KeyRing.parse(b!).open(old, cell)).toThrow("The data key a is missing from DATA_KEYS");
  expect(() => KeyRing.parse(`a:${key()}`).open(old, cell)).toThrow(KeyRingError);
});

test("a blind index is equal for equal values of one purpose and one key only", () => {
  const ring = KeyRing.parse(`${b},${a}`);
  expect(ring.index("phone", "+8613800138000")).toBe(ring.index("phone", "+8613800138000"));
  expect(ring.index("phone", "+8613800138000")).not.toBe(ring.index("phone", "+8613800138001"));
  expect(ring.index("phone", "1")).not.toBe(ring.index("id", "1"));
  expect(ring.indexes("phone", "1")).toEqual([KeyRing.parse(b!).index("phone", "1"), KeyRing.parse(a!).index("phone", "1")]);
});

test.each(["", "a", "a:", ":x", `a b:${key()}`, `a:${key()},a:${key()}`, "a:c2hvcnQ=", `${a},`])(
  "%j is no ring, and no error shows a key",
  (text) => {
    try {
      KeyRing.parse(text);
      throw new Error("accepted");
    } catch (error) {
      expect(error).toBeInstanceOf(KeyRingError);
      for (const secret of text.split(/[:,]/).filter((part) => part.length > 8)) expect((error as Error).message).not.toContain(secret);
    }
  },
);
