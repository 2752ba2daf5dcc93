import fc from "fast-check";
import { gramsOf, likeness } from "./likeness";

test("texts in either script, with other marks and spaces, have the same pairs", () => {
  expect(gramsOf("小区里加装电梯!")).toEqual(gramsOf("小區裡 加裝電梯。"));
  expect(likeness(gramsOf("希望在小区门口增设非机动车停车棚"), gramsOf("希望小區門口增設非機動車停車棚"))).toBeGreaterThan(0.8);
  expect(likeness(gramsOf("希望在小区门口增设非机动车停车棚"), gramsOf("请增加夜间巡逻"))).toBeLessThan(0.1);
  expect([gramsOf(""), gramsOf("!"), gramsOf("好")]).toEqual([[], [], ["好"]]);
});

test("likeness is symmetric, 1 for the same text, and what multisets of pairs would give", () => {
  const texts = fc.string({ unit: fc.constantFrom(..."社区居民停车电梯加装"), minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(texts, texts, (a, b) => {
      const [x, y] = [gramsOf(a), gramsOf(b)];
      expect(likeness(x, y)).toBe(likeness(y, x));
      expect(likeness(x, x)).toBe(1);
      // the definition with sets, written out another way: 2|A∩B| = |A| + |B| - |A∪B|
      const both = x.length + y.length;
      expect(likeness(x, y)).toBeCloseTo((2 * (both - new Set([...x, ...y]).size)) / both, 12);
    }),
  );
});
