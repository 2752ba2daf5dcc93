import { fold } from "@gongjian/hantext";
import fc from "fast-check";
import { matchOf, SCORES } from "./search.score";
import { snippetOf } from "./search.snippet";

test("a snippet is taken around the place, in the text's own script", () => {
  const text = `${"前".repeat(30)}龍泉驛區的居民${"後".repeat(60)}`;
  expect(snippetOf(["標題", text], "龙泉驿")).toEqual({ snippet: `…${"前".repeat(20)}龍泉驛區的居民${"後".repeat(33)}…`, found: 1 });
  expect(snippetOf(["龙泉驿"], "龍泉驛")).toEqual({ snippet: "龙泉驿", found: 0 });
  expect(snippetOf(["A  B 社区"], "Ｂ社區")).toEqual({ snippet: "A  B 社区", found: 0 });
  expect(snippetOf(["龙泉驿"], "lqy")).toEqual({ snippet: "龙泉驿", found: null });
  expect(snippetOf([], "x")).toEqual({ snippet: "", found: null });
});

test("whatever is cut out of a text is found in it again, whole where it fits", () => {
  const text = fc
    .array(fc.constantFrom(..."社區社区門门a Ａ，😀ﬁ"), { minLength: 1, maxLength: 120 })
    .map((characters) => characters.join(""));
  fc.assert(
    fc.property(text, fc.nat(119), fc.integer({ min: 1, max: 12 }), (whole, at, length) => {
      const query = [...whole].slice(at, at + length).join("");
      const { snippet, found } = snippetOf([whole], query);
      const inner = snippet.replace(/^…|…$/gu, "");
      expect(whole).toContain(inner);
      expect([...inner].length).toBeLessThanOrEqual(60);
      if (fold(query) === "") expect(found).toBeNull();
      else {
        expect(found).toBe(0);
        expect(fold(inner).replace(/\s/gu, "")).toContain(fold(query).replace(/\s/gu, ""));
      }
    }),
  );
});

test("each score says by what it was found, and from which query", () => {
  const shortest = 99;
  expect(
    [SCORES.name, SCORES.start, SCORES.part, SCORES.rest].flatMap((base) => [base, base + shortest].map((score) => matchOf(score, 0))),
  ).toEqual(["NAME", "NAME", "NAME_START", "NAME_START", "NAME_PART", "NAME_PART", "READING", "READING"]);
  expect([matchOf(350, 1), matchOf(350, null), matchOf(150, 1)]).toEqual(["TEXT", "READING", "SIMILAR"]);
  expect([...SCORES.wider].flatMap((base) => [SCORES.levelOf(base), SCORES.levelOf(base + shortest)])).toEqual([1, 1, 2, 2]);
  expect([SCORES.levelOf(SCORES.rest), SCORES.levelOf(SCORES.name + shortest)]).toEqual([0, 0]);
});
