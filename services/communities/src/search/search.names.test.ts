import { fold } from "@gongjian/hantext";
import fc from "fast-check";
import { fitting, foundFor, nameKeys, type Named } from "./search.names";
import { commonName } from "./search.rules";

const community = (at: number, name: string, scopeCodes: string[]) =>
  ({ id: `id-${at}`, name, identifier: `code-${at}`, scopeCodes }) as unknown as Named;
const keysOf = (texts: readonly string[]) => new Map(texts.map((text) => [text, nameKeys(text)]));

/** What a text stands for, by definition: each record is asked whether the text is one of its codes or its name. */
const compared = (rows: readonly Named[], text: string): Named[] =>
  rows.filter((row) => row.id === text || row.identifier === text || nameKeys(text).includes(fold(commonName(row.name))));

test("a name finds the records that it would be compared with one by one, in their order", () => {
  const name = fc.constantFrom(
    "清波",
    "清波社区",
    "清波社区居委会",
    "白果村",
    "白果村村委会",
    "白果",
    "錦里",
    "锦里",
    "id-1",
    "code-2",
    "",
  );
  fc.assert(
    fc.property(fc.array(name, { maxLength: 12 }), fc.array(name, { maxLength: 8 }), (names, texts) => {
      const rows = names.map((each, at) => community(at, each, at % 2 === 0 ? ["51"] : ["11"]));
      const found = foundFor("COMMUNITY", keysOf(texts), rows);
      for (const text of texts) {
        expect(fitting(found, text, undefined)).toEqual(compared(rows, text));
        expect(fitting(found, text, ["51"])).toEqual(compared(rows, text).filter((row) => row.scopeCodes.includes("51")));
      }
    }),
    { numRuns: 500 },
  );
});

test("an organisation is found by all its names and codes, also those of records merged into it", () => {
  const merged = {
    id: "a",
    name: "甲社",
    names: ["甲社", "乙社"],
    key: "k-a",
    keys: ["k-a", null, "k-b"],
    creditCode: "9151",
    scopeCodes: [],
  };
  const texts = ["乙社", "k-b", "9151", "a", "丙社"];
  const found = foundFor("ORGANISATION", keysOf(texts), [merged as unknown as Named]);
  expect(texts.map((text) => fitting(found, text, undefined).length)).toEqual([1, 1, 1, 1, 0]);
});

test("the longest list over as many records as a country has of a name is a look-up for each name", () => {
  const rows = Array.from({ length: 30_000 }, (_, at) => community(at, `第${at % 3_000}社区居委会`, []));
  const texts = Array.from({ length: 2_000 }, (_, at) => `第${at}社区`);
  const found = foundFor("COMMUNITY", keysOf(texts), rows);
  expect(texts.map((text) => fitting(found, text, undefined).length)).toEqual(texts.map(() => 10));
});
