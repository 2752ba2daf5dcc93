import { randomBytes } from "node:crypto";
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
