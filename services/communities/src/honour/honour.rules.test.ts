import fc from "fast-check";
import { checkHonour, titleKeyOf } from "./honour.rules";

const codes = (draft: object) =>
  checkHonour({ title: "示范单位", year: 2019, awarderName: "国家民委", ...draft }, 2024).map(({ field, code }) => `${field} ${code}`);

test("what an honour may be", () => {
  expect(codes({})).toEqual([]);
  expect(codes({ year: 2024, awarderName: null, awarderId: "x" })).toEqual([]);
  expect(codes({ year: 2025 })).toEqual(["year IN_FUTURE"]);
  expect(codes({ year: 1899, title: " " })).toEqual(["title REQUIRED", "year OUT_OF_RANGE"]);
  expect(codes({ year: 2201 })).toEqual(["year OUT_OF_RANGE"]);
  expect(codes({ awarderName: null })).toEqual(["awarderName EXACTLY_ONE"]);
  expect(codes({ awarderId: "x" })).toEqual(["awarderName EXACTLY_ONE"]);
});

test("a title is the same in either script and however it is spaced", () => {
  expect(titleKeyOf("全國民族團結進步 示範單位")).toBe(titleKeyOf("全国民族团结进步示范单位"));
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), fc.nat({ max: 20 }), (title, at) => {
      expect(titleKeyOf(`${title.slice(0, at)} ${title.slice(at)}`)).toBe(titleKeyOf(title));
    }),
  );
});
