import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { registerCommands } from ".";
import { ROOT } from "../root";

/** Every `gongjian …` of a text, as the words after it up to the end of the command. */
const commandsIn = (text: string): string[][] =>
  [...text.matchAll(/(?:^|[`\s])gongjian ((?:[a-z]+|--)[^`\n#|&…;,]*)/gmu)].map((match) => match[1]!.trim().split(/\s+/u));

const program = new Command("gongjian").exitOverride();
registerCommands(program);

test.each(["README.md", "README.zh-CN.md", "docs/operating.md", "docs/security.md"])(
  "every command that %s names is there, with its options",
  (file) => {
    const named = commandsIn(readFileSync(join(ROOT, file), "utf8")).filter(([name]) => name !== "--help");
    expect(named.length).toBeGreaterThan(1);
    for (const [name, ...words] of named) {
      let command = program.commands.find((one) => one.name() === name);
      expect([name, command?.name()]).toEqual([name, name]);
      const inner = command!.commands.find((one) => one.name() === words[0]);
      command = inner ?? command;
      const options = words.filter((word) => word.startsWith("--"));
      expect([name, options.filter((option) => !command!.options.some(({ long }) => long === option))]).toEqual([name, []]);
    }
  },
);

test("--help lists every command, and of each what it takes", () => {
  const whole = program.helpInformation();
  expect(program.commands.length).toBeGreaterThan(10);
  for (const command of program.commands) {
    expect(whole).toMatch(new RegExp(`^  ${command.name()} .*\\S`, "mu"));
    for (const one of [command, ...command.commands]) {
      const help = one.helpInformation();
      for (const { flags, description } of one.options)
        expect([flags, help.includes(flags), description !== ""]).toEqual([flags, true, true]);
      for (const { description } of one.registeredArguments) expect([one.name(), description !== ""]).toEqual([one.name(), true]);
    }
  }
});
