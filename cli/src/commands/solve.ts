import { readFileSync } from "node:fs";
import { formatSolution, parseSolveFile, solveAssignment } from "@gongjian/assignment";
import type { Command } from "commander";
import { Failure } from "../failure";

function readJson(file: string): unknown {
  const text = readFileSync(file === "-" ? 0 : file, "utf8");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure(`${file} is not JSON: ${(error as Error).message}`);
  }
}

export const addSolve = (program: Command): void => {
  program
    .command("solve")
    .description("solve an assignment with capacities: who gets whom, so that the sum of score × units is largest")
    .argument(
      "<file>",
      'JSON: {"left":[{"id","capacity"}],"right":[{"id","capacity"}],"edges":[[leftId,rightId,score,limit?]]}; - for standard input',
    )
    .option("--json", "print JSON: pairs, value and prices")
    .action((file: string, options: { json?: boolean }) => {
      const solution = solveAssignment(parseSolveFile(readJson(file)));
      if (options.json) return void process.stdout.write(`${formatSolution(solution)}\n`);
      for (const [left, right, units] of solution.pairs) process.stdout.write(`${left}\t${right}\t${units}\n`);
      process.stdout.write(`value\t${solution.value}\n`);
    });
};
