import { readFileSync } from "node:fs";
import { join } from "node:path";
import { formatProblems } from "@gongjian/importer";
import { Failure } from "../failure";
import type { Platform } from "../platform/platform";
import { ROOT } from "../root";
import { loadRegister } from "../register/load";
import { subsetRegister } from "../register/source";
import { askInProcess } from "./ask";
import { runImport } from "./run";
import { IMPORT_TABLES, TABLE_NAMES } from "./tables";

/** The demo's round is shown in negotiation, as the report has it: published, matched, and the two sides talking. */
const STEPS = ["COLLECTING", "PUBLISHED", "MATCHING", "NEGOTIATING"];
const ROUND = "huayang-2024";

const FIND = `query ($key: String!) { roundByKey(key: $key) { id state version } }`;
const ADVANCE = `mutation ($input: AdvanceRoundInput!) { advanceRound(input: $input) { __typename } }`;
const MATCH = `mutation ($input: RunMatchingInput!) { runMatching(input: $input) { __typename } }`;

interface Round {
  id: string;
  state: string;
  version: number;
}

/** Whether the demo has been loaded to its end: its round is what is written last. */
export async function demoIsLoaded(platform: Platform): Promise<boolean> {
  const { roundByKey } = await askInProcess(platform)<{ roundByKey: Round | null }>(FIND, { key: ROUND });
  return roundByKey !== null && ![...STEPS.slice(0, 3), "DRAFT"].includes(roundByKey.state);
}

/** Loads the register of Chengdu and Beijing and the reports' facts, as anybody's files are loaded. A second run changes nothing. */
export async function loadDemo(platform: Platform, adminUrl: string, log: (line: string) => void): Promise<void> {
  const ask = askInProcess(platform);
  const report = await loadRegister(adminUrl, subsetRegister());
  if (report.communities > 0) log(`register of Chengdu and Beijing: ${report.regions} regions, ${report.communities} communities`);
  for (const name of TABLE_NAMES) {
    const file = `${name}.csv`;
    const { created, updated, unchanged, written, problems } = await runImport(
      ask,
      IMPORT_TABLES[name],
      readFileSync(join(ROOT, "data", "demo", file)),
      file,
      { dryRun: false, skipBadRows: false },
    );
    if (!written) {
      throw new Failure(`data/demo/${file} was refused:\n${formatProblems(problems, "text", { table: IMPORT_TABLES[name].definition })}`);
    }
    log(`${file}: ${created} created, ${updated} updated, ${unchanged} unchanged`);
  }
  await negotiate(platform);
}

async function negotiate(platform: Platform): Promise<void> {
  const ask = askInProcess(platform);
  for (;;) {
    const { roundByKey: round } = await ask<{ roundByKey: Round }>(FIND, { key: ROUND });
    const step = STEPS[round.state === "DRAFT" ? 0 : STEPS.indexOf(round.state) + 1];
    if (round.state !== "DRAFT" && !STEPS.includes(round.state)) return;
    if (round.state === "MATCHING") {
      const { runMatching } = await ask<{ runMatching: { __typename: string } }>(MATCH, { input: { roundId: round.id } });
      if (runMatching.__typename !== "MatchingRun") throw new Error(`The demo's round could not be matched: ${runMatching.__typename}`);
    }
    if (step === undefined) return;
    const fresh = (await ask<{ roundByKey: Round }>(FIND, { key: ROUND })).roundByKey;
    const { advanceRound } = await ask<{ advanceRound: { __typename: string } }>(ADVANCE, {
      input: { id: round.id, to: step, expectedVersion: fresh.version },
    });
    if (advanceRound.__typename !== "Round") throw new Error(`The demo's round could not go to ${step}: ${advanceRound.__typename}`);
  }
}
