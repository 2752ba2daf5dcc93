import fc from "fast-check";
import { checkCompound, compoundNameKey } from "./compound.rules";

const codes = (draft: object) => checkCompound({ name: "阳光小区", ...draft }).map(({ field, code }) => `${field} ${code}`);

test("what a compound may be", () => {
  expect(codes({})).toEqual([]);
  expect(codes({ households: 0, builtYear: 1958, managerName: "示例物业" })).toEqual([]);
  expect(codes({ households: -1, builtYear: 999 })).toEqual(["households OUT_OF_RANGE", "builtYear OUT_OF_RANGE"]);
  expect(codes({ managerId: "a", managerName: "b" })).toEqual(["managerName EXACTLY_ONE"]);
  expect(codes({ name: " " })).toHaveLength(1);
});

test("a name is the same in either script and however it is spaced", () => {
  expect(compoundNameKey("陽光 小區")).toBe(compoundNameKey("阳光小区"));
  expect(compoundNameKey("阳光小区A区")).not.toBe(compoundNameKey("阳光小区B区"));
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), fc.nat({ max: 20 }), (name, at) => {
      const key = compoundNameKey(name);
      expect(compoundNameKey(`${name.slice(0, at)} ${name.slice(at)}`.trim())).toBe(key);
    }),
  );
});
