import fc from "fast-check";
import { FACILITY_CATEGORIES } from "@gongjian/entities-communities";
import { ETHNIC_GROUPS } from "../population/ethnic-groups";
import type { PopulationSnapshot } from "../population/population.type";
import { checkCompared, compare, type Compared } from "./comparison.rules";

const community = { kind: "URBAN", traits: ["多民族社区", "老旧小区"] } as unknown as Compared["community"];
const rates = { open: 0, responseRate: null } as Compared["rates"];
const counts = { id: "a", compounds: 2, organisations: 0, teams: 3, facilities: 1, pairings: 1, practices: [], adopted: [], honours: [] };
const little: Compared = { community, region: null, above: null, population: {}, circle: null, rates, counts };
const valueOf = (of: Compared, aspect: string) => compare([of]).find((row) => row.aspect === aspect)!.values[0]!;

test("what is not known is not known to be nothing", () => {
  const known = compare([little]).filter(({ values }) => values[0]!.known);
  expect(known.map(({ aspect }) => aspect)).toEqual([
    "KIND",
    "TRAITS",
    "COMPOUNDS_ON_RECORD",
    "ORGANISATIONS_SERVING",
    "TEAMS",
    "FACILITIES",
    "SUGGESTIONS_OPEN",
    "PAIRINGS",
    "PRACTICES",
    "PRACTICES_ADOPTED",
    "HONOURS",
  ]);
  for (const { values } of compare([little]))
    if (!values[0]!.known) expect(values[0]).toEqual({ known: false, number: null, precision: null, text: null, asOf: null });
  expect(valueOf(little, "ORGANISATIONS_SERVING")).toMatchObject({ known: true, number: 0 });
});

test("a figure says how exact it is and of which day", () => {
  const snapshot = {
    asOf: "2022-01-06",
    residents: 23_000,
    residentsPrecision: "OVER",
    households: null,
    compounds: 23,
    ethnicGroupCount: 18,
    ethnicGroups: ETHNIC_GROUPS.slice(0, 2).map((group) => ({ ...group, count: null, suppressed: false })),
  } as unknown as PopulationSnapshot;
  const newer = { ...snapshot, asOf: "2024-01-31", residents: 24_001, residentsPrecision: "EXACT", compounds: null } as PopulationSnapshot;
  const much = { ...little, population: { residents: snapshot, compounds: snapshot, ethnicGroups: snapshot } };
  expect(valueOf(much, "RESIDENTS")).toEqual({ known: true, number: 23_000, precision: "OVER", text: null, asOf: "2022-01-06" });
  expect(valueOf(much, "HOUSEHOLDS").known).toBe(false);
  const later = { ...much, population: { ...much.population, residents: newer } };
  expect(valueOf(later, "RESIDENTS")).toMatchObject({ number: 24_001, precision: "EXACT", asOf: "2024-01-31" });
  expect(valueOf(later, "COMPOUNDS")).toMatchObject({ number: 23, asOf: "2022-01-06" });
  expect(valueOf(much, "ETHNIC_GROUPS")).toMatchObject({ number: 18, text: "汉、蒙古", asOf: "2022-01-06" });
});

test("every category of the circle is in reach, missing, or at a place that is not known", () => {
  fc.assert(
    fc.property(
      fc.subarray(FACILITY_CATEGORIES),
      fc.subarray(FACILITY_CATEGORIES),
      fc.subarray(FACILITY_CATEGORIES),
      (walked, near, somewhere) => {
        const circle = walked.map((category) => {
          const nearest = near.includes(category) ? ({} as never) : null;
          return { category, nearest, minutes: null, unplaced: nearest === null && somewhere.includes(category) ? ({} as never) : null };
        });
        const [reached, missing] = ["CATEGORIES_IN_REACH", "CATEGORIES_MISSING"].map((aspect) => valueOf({ ...little, circle }, aspect));
        const unknown = walked.filter((category) => somewhere.includes(category) && !near.includes(category));
        expect(reached!.number! + missing!.number! + unknown.length).toBe(walked.length);
        expect(reached!.number).toBe(walked.filter((category) => near.includes(category)).length);
      },
    ),
  );
});

test("two to four, each once", () => {
  const ids = Array.from({ length: 5 }, (_, index) => `01930000-0000-7000-8000-00000000000${index}`);
  const codes = (...given: string[]) => checkCompared(given).map(({ field, code }) => `${field} ${code}`);
  expect(codes(...ids.slice(0, 2))).toEqual([]);
  expect(codes(...ids.slice(0, 4))).toEqual([]);
  expect(codes(ids[0]!)).toEqual(["ids OUT_OF_RANGE"]);
  expect(codes(...ids)).toEqual(["ids OUT_OF_RANGE"]);
  expect(codes(ids[0]!, ids[0]!.toUpperCase(), "x")).toEqual(["ids.1 DUPLICATE_KEY", "ids.2 MALFORMED"]);
});
