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
