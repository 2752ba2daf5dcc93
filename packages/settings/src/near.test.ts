import fc from "fast-check";
import { DEFINITIONS, nearNames } from ".";
import { slips } from "./near";

const NAMES = Object.values(DEFINITIONS).map(({ variable }) => variable);

test.each([
  ["PROT", "PORT"],
  ["PRT", "PORT"],
  ["PORTT", "PORT"],
  ["port", "PORT"],
  ["DATABSE_URL", "DATABASE_URL"],
  ["DATA-DIR", "DATA_DIR"],
  ["LOGLEVEL", "LOG_LEVEL"],
  ["INTERNAL_SECERT", "INTERNAL_SECRET"],
])("%s was meant to be %s", (given, meant) => {
  expect(nearNames({ [given]: "1" })).toEqual([{ given, meant }]);
});

test.each([
  "PATH",
  "HOME",
  "POST",
  "SORT",
  "HOSTNAME",
  "PGHOST",
  "PGPORT",
  "DB_HOST",
  "https_proxy",
  "LOGNAME",
  "npm_config_loglevel",
  "COLOR",
])("%s is somebody else's", (given) => expect(nearNames({ [given]: "1" })).toEqual([]));

test("our own names and variables that are not set say nothing", () => {
  expect(nearNames(Object.fromEntries(NAMES.map((name) => [name, "1"])))).toEqual([]);
  expect(nearNames({ PROT: "", PRT: undefined })).toEqual([]);
});

/** Another way to count: what can be reached by one slip. */
function oneSlip(text: string, letters: string): Set<string> {
  const found = new Set<string>();
  for (let at = 0; at <= text.length; at++) {
    for (const letter of letters) {
      found.add(text.slice(0, at) + letter + text.slice(at));
      if (at < text.length) found.add(text.slice(0, at) + letter + text.slice(at + 1));
    }
    if (at < text.length) found.add(text.slice(0, at) + text.slice(at + 1));
    if (at + 1 < text.length) found.add(text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2));
  }
  found.delete(text);
  return found;
}

test("one slip is what leaving out, adding, changing or swapping one letter gives, and nothing else", () => {
  const word = fc.string({ unit: fc.constantFrom("A", "B", "C"), maxLength: 6 });
  fc.assert(
    fc.property(word, word, (one, other) => {
      expect(slips(one, other) === 1).toBe(oneSlip(one, "ABC").has(other));
      expect(slips(one, other)).toBe(slips(other, one));
      expect(slips(one, other) === 0).toBe(one === other);
    }),
  );
});
