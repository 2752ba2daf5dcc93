import fc from "fast-check";
import { checkParts, checkPractice, DEEPEST_PART, MOST_PARTS, partsFrom, patternOf, type PartDraft } from "./practice.rules";

const items = (...labels: string[]): PartDraft[] => labels.map((label) => ({ label }));
const codes = (parts: PartDraft[]) => checkParts(parts).map(({ field, code }) => `${field} ${code}`);

/** One core, five drives, three reforms and one governance. */
const MODEL: PartDraft[] = [
  { label: "一核引领", count: 1 },
  { label: "五化驱动", count: 5, items: items("力量集约化", "参与多元化", "治理同步化", "运营市场化", "服务精准化") },
  { label: "三改", count: 3, items: items("改机制", "改空间", "改服务") },
  { label: "一治", count: 1, items: items("强治理") },
];

test("a model is called by its numbers", () => {
  expect(codes(MODEL)).toEqual([]);
  expect(patternOf(partsFrom(MODEL))).toBe("1-5-3-1");
  expect(patternOf(partsFrom([...MODEL, { label: "其他" }]))).toBeNull();
  expect(patternOf(partsFrom(MODEL.slice(0, 1)))).toBeNull();
  expect(patternOf([])).toBeNull();
});

test("a number agrees with what is listed, and labels, depth and size are bounded", () => {
  expect(codes([{ label: "五化", count: 5, items: items("一", "二") }])).toEqual(["parts.0.count COUNT_MISMATCH"]);
  expect(codes([{ label: "五化", count: 0 }, { label: " " }])).toEqual(["parts.0.count OUT_OF_RANGE", "parts.1.label REQUIRED"]);
  const deep = (depth: number): PartDraft => ({ label: "层", items: depth === 1 ? [] : [deep(depth - 1)] });
  expect(codes([deep(DEEPEST_PART)])).toEqual([]);
  expect(codes([deep(DEEPEST_PART + 1)])).toEqual(["parts.0.items.0.items.0.items TOO_DEEP"]);
  expect(codes(Array.from({ length: MOST_PARTS }, () => ({ label: "项" })))).toEqual([]);
  expect(codes([{ label: "总", items: Array.from({ length: MOST_PARTS }, () => ({ label: "项" })) }])).toEqual(["parts TOO_MANY"]);
});

test("what a practice may be", () => {
  const problems = (draft: object) => checkPractice({ name: "二仙样本", ...draft }).map(({ field, code }) => `${field} ${code}`);
  expect(problems({})).toEqual([]);
  expect(problems({ name: "", key: "", summary: "x".repeat(2001) })).toEqual(["key REQUIRED", "name REQUIRED", "summary TOO_LONG"]);
  expect(problems({ eventIds: Array.from({ length: 51 }, () => "x") })).toEqual(["eventIds TOO_MANY"]);
});

test("parts keep their order, labels and numbers at every depth", () => {
  const label = fc.string({ minLength: 1, maxLength: 5 }).filter((text) => text === text.trim() && text !== "");
  const level = (items: fc.Arbitrary<PartDraft[]>): fc.Arbitrary<PartDraft> =>
    fc.record({ label, count: fc.option(fc.integer({ min: 1, max: 9 })), items });
  const leaf = level(fc.constant([]));
  const part = level(fc.array(level(fc.array(leaf, { maxLength: 2 })), { maxLength: 2 }));
  fc.assert(fc.property(fc.array(part, { maxLength: 4 }), (parts) => expect(partsFrom(partsFrom(parts))).toEqual(parts)));
});
