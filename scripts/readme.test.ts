import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DEFINITIONS } from "@gongjian/settings";
import { withSettings } from "./readme";

const root = join(__dirname, "..");
const readme = readFileSync(join(root, "README.md"), "utf8");

test("the README tables every setting, as the code has it", () => {
  expect(withSettings(readme)).toBe(readme);
  for (const { variable } of Object.values(DEFINITIONS)) expect(readme).toContain(`\`${variable}\``);
});

const PAGES = ["README.md", "README.zh-CN.md", "docs/ARCHITECTURE.md", "docs/operating.md", "docs/security.md"];
test.each(PAGES)("every file that %s links to is there", (file) => {
  const text = readFileSync(join(root, file), "utf8");
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/gu)].map((match) => match[1]!);
  expect(links.length).toBeGreaterThan(0);
  expect(links.filter((link) => !existsSync(join(root, dirname(file), link)))).toEqual([]);
});

test("every npm script that the README names is there", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> };
  const named = [...readme.matchAll(/npm run ([a-z:]+)/gu)].map((match) => match[1]!);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
