import "reflect-metadata";
import { Command, CommanderError } from "commander";
import { registerCommands } from "./commands";
import { exitCodeOf, explain } from "./failure";

const program = new Command("gongjian")
  .description("Gongjian (共建): the open platform on which neighbourhoods build together")
  .version("0.1.0")
  .exitOverride()
  .showHelpAfterError("(see --help)");
registerCommands(program);

program.parseAsync(process.argv).catch((error: unknown) => {
  if (error instanceof CommanderError) process.exit(error.exitCode);
  const line = explain(error);
  process.stderr.write(line === null ? `${(error as Error).stack ?? String(error)}\n` : `gongjian: ${line}\n`);
  process.exit(exitCodeOf(error));
});
