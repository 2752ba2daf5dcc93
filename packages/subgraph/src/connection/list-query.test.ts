import fc from "fast-check";
import { PublicError } from "../errors";
import { boundTo, decodeCursor, encodeCursor, type ListQuery } from "./list-query";

const list = (tag = "needs:TITLE_ASC"): ListQuery => ({
  select: "n.id",
  from: "need n",
  where: [],
  ordering: { tag, keys: [{ sql: "n.title", field: "title", type: "text" }], direction: "ASC" },
});
const cursorOf = (asked: object, tag?: string): string => encodeCursor(boundTo(list(tag), asked).ordering, { title: "助餐" });
const follows = (cursor: string, asked: object, tag?: string): boolean => {
  try {
    expect(decodeCursor(boundTo(list(tag), asked).ordering, cursor)).toEqual(["助餐"]);
    return true;
  } catch (error) {
    if (error instanceof PublicError && error.code === "CURSOR_INVALID") return false;
    throw error;
  }
};

test("a cursor goes on in the list that handed it out, whatever the page size", () => {
  const filter = { kind: "SERVICE", tags: ["a", "b"] };
  expect(follows(cursorOf({ filter, first: 5 }), { filter, first: 100, after: "x" })).toBe(true);
  expect(follows(cursorOf({ filter }), { filter: { tags: ["a", "b"], kind: "SERVICE" } })).toBe(true);
});

test.each([
  ["another filter", { filter: { kind: "SERVICE" } }, { filter: { kind: "GOODS" } }],
  ["a filter where there was none", {}, { filter: { kind: "GOODS" } }],
  ["no filter where there was one", { filter: { kind: "GOODS" } }, {}],
  ["more of a filter", { filter: { kind: "GOODS" } }, { filter: { kind: "GOODS", state: "OPEN" } }],
  ["a filter in another order", { filter: { states: ["A", "B"] } }, { filter: { states: ["B", "A"] } }],
  ["another order", { orderBy: "TITLE_ASC" }, { orderBy: "TITLE_DESC" }],
])("a cursor is refused with %s", (_, before, now) => {
  expect(follows(cursorOf(before), now)).toBe(false);
});

test("a cursor is refused by another list with the same filter", () => {
  const filter = { filter: { kind: "GOODS" } };
  expect(follows(cursorOf(filter), filter, "offers:TITLE_ASC")).toBe(false);
});

test("what is left out, null and an empty filter ask the same", () => {
  const asked = [{}, { filter: null }, { filter: {} }, { filter: { kind: null }, orderBy: undefined }, { filter: { near: {} } }];
  for (const before of asked) for (const now of asked) expect(follows(cursorOf(before), now)).toBe(true);
});

test("two filters share cursors exactly when they say the same", () => {
  const filter = fc.record({ a: fc.constantFrom(1, 2, "1"), b: fc.constantFrom("x", "y", true), c: fc.constantFrom(["x"], ["x", "y"]) });
  fc.assert(
    fc.property(filter, filter, (one, other) => {
      const same = one.a === other.a && one.b === other.b && one.c.length === other.c.length;
      expect(follows(cursorOf({ filter: one }), { filter: other })).toBe(same);
    }),
  );
});
