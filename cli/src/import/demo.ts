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
/** The round that the services on request of one community are passed on to, and are matched in. */
const REQUESTS = "jifu-requests-2022";

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
  await passOnRequests(platform);
  await negotiate(platform, REQUESTS);
  await negotiate(platform, ROUND);
}

const OPEN = `{ serviceRequests(filter: { state: OPEN }, first: 100) { nodes { id version } } }`;
const PASS_ON = `mutation ($input: PassOnServiceRequestInput!) { passOnServiceRequest(input: $input) { __typename } }`;

/** The demo's community passes its requests on, as its worker would. */
async function passOnRequests(platform: Platform): Promise<void> {
  const ask = askInProcess(platform);
  const { roundByKey: round } = await ask<{ roundByKey: Round }>(FIND, { key: REQUESTS });
  if (!["DRAFT", "COLLECTING", "PUBLISHED"].includes(round.state)) return;
  const { serviceRequests } = await ask<{ serviceRequests: { nodes: { id: string; version: number }[] } }>(OPEN, {});
  for (const { id, version } of serviceRequests.nodes) {
    const { passOnServiceRequest: answer } = await ask<{ passOnServiceRequest: { __typename: string } }>(PASS_ON, {
      input: { id, expectedVersion: version, roundId: round.id },
    });
    if (answer.__typename !== "ServiceRequest") throw new Error(`A request of the demo could not be passed on: ${answer.__typename}`);
  }
}

async function negotiate(platform: Platform, key: string): Promise<void> {
  const ask = askInProcess(platform);
  for (;;) {
    const { roundByKey: round } = await ask<{ roundByKey: Round }>(FIND, { key });
    const step = STEPS[round.state === "DRAFT" ? 0 : STEPS.indexOf(round.state) + 1];
    if (round.state !== "DRAFT" && !STEPS.includes(round.state)) return;
    if (round.state === "MATCHING") {
      const { runMatching } = await ask<{ runMatching: { __typename: string } }>(MATCH, { input: { roundId: round.id } });
      if (runMatching.__typename !== "MatchingRun") throw new Error(`The demo's round could not be matched: ${runMatching.__typename}`);
    }
    if (step === undefined) return;
    const fresh = (await ask<{ roundByKey: Round }>(FIND, { key })).roundByKey;
    const { advanceRound } = await ask<{ advanceRound: { __typename: string } }>(ADVANCE, {
      input: { id: round.id, to: step, expectedVersion: fresh.version },
    });
    if (advanceRound.__typename !== "Round") throw new Error(`The demo's round could not go to ${step}: ${advanceRound.__typename}`);
  }
}
