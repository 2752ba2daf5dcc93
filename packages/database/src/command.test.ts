import fc from "fast-check";
import { canonicalJson } from "./command";

const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, shuffled(member)]),
  );
};

describe("canonicalJson", () => {
  it("is JSON of the same value, whatever the order of the members", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("leaves out what is undefined and keeps amounts of any size", () => {
    expect(canonicalJson({ b: undefined, a: 90071992547409931n, at: new Date(0) })).toBe(
      '{"a":"90071992547409931","at":"1970-01-01T00:00:00.000Z"}',
    );
    expect(canonicalJson(undefined)).toBe("null");
  });
});
