import { checkLine, checkServiceContact } from "./service-contact.rules";

test.each(["028-85112345", "12345", "+86 28 8511 2345", "02-2720-8889"])("%s is an office's line", (line) => {
  expect(checkLine(line)).toEqual([]);
});

test.each([
  ["13800138000", "PRIVATE"],
  ["+86 138-0013-8000", "PRIVATE"],
  ["0912345678", "PRIVATE"],
  ["+886912345678", "PRIVATE"],
  ["电话", "MALFORMED"],
  ["1", "MALFORMED"],
  ["1".repeat(30), "MALFORMED"],
])("%s is refused as %s", (line, code) => {
  expect(checkLine(line).map((problem) => problem.code)).toEqual([code]);
});

test("a line has a key, a place on the card and a title", () => {
  expect(checkServiceContact({ key: "", position: 0, title: " " }).map(({ field }) => field)).toEqual(["key", "position", "title"]);
});
