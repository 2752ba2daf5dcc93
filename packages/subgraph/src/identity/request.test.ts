import { requestIdFrom, scriptFrom } from "./request";

describe("scriptFrom", () => {
  it.each([
    [undefined, null],
    ["", null],
    ["en-GB,en;q=0.9", null],
    ["zh", "zh-Hans"],
    ["zh-CN,zh;q=0.9", "zh-Hans"],
    ["zh-TW", "zh-Hant"],
    ["zh-HK;q=0.8, zh-CN;q=0.5", "zh-Hant"],
    ["zh-CN;q=0.5, zh-Hant;q=0.8", "zh-Hant"],
    ["zh-Hans-TW", "zh-Hans"],
    ["en, zh-TW;q=0", null],
    ["zh;q=nonsense", null],
  ])("%s asks for %s", (header, script) => {
    expect(scriptFrom(header)).toBe(script);
  });
});

describe("requestIdFrom", () => {
  it("keeps harmless ids and replaces all others", () => {
    expect(requestIdFrom("abc-123_4.5:6")).toBe("abc-123_4.5:6");
    for (const bad of [undefined, "", "short", "a b c d e f", "x\ny-1234567", "x".repeat(129), ["abcdefgh", "abcdefgh"]]) {
      expect(requestIdFrom(bad)).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    }
  });
});
