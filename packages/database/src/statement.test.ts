import fc from "fast-check";
import { types } from "pg";
import { quoteName, roleUrl } from "./names";
import { rowTypes } from "./rowTypes";
import { statement } from "./statement";

describe("statement", () => {
  it("gives a name to one text only", () => {
    expect(statement("unit.a", "SELECT 1")).toEqual(statement("unit.a", "SELECT 1"));
    expect(() => statement("unit.a", "SELECT 2")).toThrow("Two different statements are called unit.a");
  });

  it("refuses names that PostgreSQL would cut", () => {
    expect(() => statement("", "SELECT 1")).toThrow(RangeError);
    expect(() => statement("社".repeat(22), "SELECT 1")).toThrow(RangeError);
    expect(statement("x".repeat(63), "SELECT 1").name).toHaveLength(63);
  });
});

describe("names", () => {
  it("are plain identifiers, and passwords may hold anything", () => {
    for (const bad of ["", "a-b", 'a"', "A", "1a", "x".repeat(64)]) expect(() => quoteName(bad)).toThrow(RangeError);
    expect(quoteName("gongjian_events")).toBe('"gongjian_events"');
    const url = new URL(roleUrl("postgres://admin:x@db:5432/gongjian?sslmode=require", "r", "p/@:? #密"));
    expect(decodeURIComponent(url.password)).toBe("p/@:? #密");
    expect(url.pathname + url.search).toBe("/gongjian?sslmode=require");
  });
});

describe("instants", () => {
  const parse = rowTypes.getTypeParser(1184);
  it.each([
    ["2024-05-01 08:00:00+00", "2024-05-01T08:00:00.000Z"],
    ["2024-05-01 08:00:00.1+00", "2024-05-01T08:00:00.100Z"],
    ["2024-05-01 08:00:00.999999+00", "2024-05-01T08:00:00.999Z"],
    ["2024-05-01 08:00:00.25+08", "2024-05-01T00:00:00.250Z"],
    ["1900-01-01 08:05:43+08:05:43", null],
    ["infinity", null],
  ])("%s is %s", (text, expected) => {
    if (expected === null) expect(() => parse(text)).toThrow(RangeError);
    else expect(parse(text)).toBe(expected);
  });
});

describe("arrays of text", () => {
  const parse = rowTypes.getTypeParser(1009);
  const driver = types.getTypeParser(1009 as never) as (text: string) => unknown;
  // as the server writes them: quoted where an element is empty, reads as NULL, or has what an array is made of
  const written = (element: string | null): string =>
    element === null
      ? "NULL"
      : element === "" || /[{}",\\\s]/u.test(element) || /^null$/iu.test(element)
        ? `"${element.replace(/["\\]/gu, "\\$&")}"`
        : element;
  const element = fc.oneof(fc.constantFrom("NULL", "null", "nullify", "", "a,b", "{}", "养老"), fc.string(), fc.constant(null));

  it("are what the driver reads", () => {
    fc.assert(
      fc.property(fc.array(element), (elements) => {
        const text = `{${elements.map(written).join(",")}}`;
        expect(parse(text)).toEqual(driver(text));
        expect(parse(text)).toEqual(elements);
      }),
    );
    for (const text of ["{{a,b},{c,d}}", "[0:1]={a,b}", "{{NULL}}"]) expect(parse(text)).toEqual(driver(text));
  });
});
