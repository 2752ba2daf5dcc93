import { ETHNIC_GROUPS, ethnicGroup } from "./ethnic-groups";
import { checkPopulation } from "./population.rules";

test("the standard has 56 groups with different codes", () => {
  expect(ETHNIC_GROUPS).toHaveLength(56);
  for (const key of ["letters", "name"] as const) expect(new Set(ETHNIC_GROUPS.map((group) => group[key])).size).toBe(56);
  expect(ETHNIC_GROUPS[0]).toEqual({ code: 1, letters: "HA", name: "汉" });
  expect(ETHNIC_GROUPS[32]).toEqual({ code: 33, letters: "QI", name: "羌" });
  expect(ETHNIC_GROUPS[55]).toEqual({ code: 56, letters: "JN", name: "基诺" });
});

test.each([
  ["4", 4],
  ["04", 4],
  ["ZA", 4],
  ["za", 4],
  ["藏", 4],
  [" 藏族 ", 4],
  ["赫哲族", 53],
  ["漢", 1],
  ["滿族", 11],
  ["維吾爾", 5],
  ["57", undefined],
  ["", undefined],
  ["外星人", undefined],
])("%j is group %s", (text, code) => expect(ethnicGroup(text)?.code).toBe(code));

test.each([
  [{ residents: -1 }, "residents OUT_OF_RANGE"],
  [{ residents: 10_000_001 }, "residents OUT_OF_RANGE"],
  [{ compounds: 10_001 }, "compounds OUT_OF_RANGE"],
  [{ ethnicGroupCount: 0 }, "ethnicGroupCount OUT_OF_RANGE"],
  [{ ethnicGroupCount: 57 }, "ethnicGroupCount OUT_OF_RANGE"],
  [{ ethnicGroupCount: 1, ethnicGroups: [{ group: "汉" }, { group: "藏" }] }, "ethnicGroupCount OUT_OF_RANGE"],
  [{ ethnicGroups: [{ group: "汉" }, { group: "HA" }] }, "ethnicGroups.1.group DUPLICATE_KEY"],
  [{ ethnicGroups: [{ group: "汉", count: -5 }] }, "ethnicGroups.0.count OUT_OF_RANGE"],
  [{ asOf: "2024-06-02" }, "asOf IN_FUTURE"],
  [{ residents: null, ethnicGroups: [] }, "residents REQUIRED"],
  [
    {
      residents: 5,
      ethnicGroups: [
        { group: "汉", count: 3 },
        { group: "藏", count: 3 },
      ],
    },
    "ethnicGroups OUT_OF_RANGE",
  ],
])("%j is refused: %s", (draft, expected) =>
  expect(
    checkPopulation({ asOf: "2024-06-01", residents: 100, ...draft }, "2024-06-01").map(({ field, code }) => `${field} ${code}`),
  ).toEqual([expected]),
);

test("bounds belong to the range", () =>
  expect(
    checkPopulation({ asOf: "2024-06-01", residents: 0, households: 10_000_000, compounds: 10_000, ethnicGroupCount: 56 }, "2024-06-01"),
  ).toEqual([]));

test.each(["ABOUT", "OVER"] as const)("groups may have more people than a number of residents that is %s", (residentsPrecision) =>
  expect(
    checkPopulation({ asOf: "2024-06-01", residents: 100, residentsPrecision, ethnicGroups: [{ group: "汉", count: 101 }] }, "2024-06-01"),
  ).toEqual([]),
);
