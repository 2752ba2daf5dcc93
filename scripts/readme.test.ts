import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DEFINITIONS } from "@gongjian/settings";
import { Command } from "commander";
import { registerCommands } from "../cli/src/commands";
import { withSettings } from "./readme";

const root = join(__dirname, "..");
const readme = readFileSync(join(root, "README.md"), "utf8");

test("the README tables every setting, as the code has it", () => {
  expect(withSettings(readme)).toBe(readme);
  for (const { variable } of Object.values(DEFINITIONS)) expect(readme).toContain(`\`${variable}\``);
});

test.each(["README.md", "README.zh-CN.md", "docs/ARCHITECTURE.md"])("every file that %s links to is there", (file) => {
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

/** Every `gongjian …` of a text, as the words after it up to the end of the command. */
const commandsIn = (text: string): string[][] =>
  [...text.matchAll(/(?:^|[`\s])gongjian ((?:[a-z]+|--)[^`\n#|&…;,]*)/gmu)].map((match) => match[1]!.trim().split(/\s+/u));

const program = new Command("gongjian").exitOverride();
registerCommands(program);

test.each(["README.md", "README.zh-CN.md", "docs/operating.md"])("every command that %s names is there, with its options", (file) => {
  const named = commandsIn(readFileSync(join(root, file), "utf8")).filter(([name]) => name !== "--help");
  expect(named.length).toBeGreaterThan(3);
  for (const [name, ...words] of named) {
    let command = program.commands.find((one) => one.name() === name);
    expect([name, command?.name()]).toEqual([name, name]);
    const inner = command!.commands.find((one) => one.name() === words[0]);
    command = inner ?? command;
    const options = words.filter((word) => word.startsWith("--"));
    expect([name, options.filter((option) => !command!.options.some(({ long }) => long === option))]).toEqual([name, []]);
  }
});
