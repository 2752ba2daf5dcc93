import { resolve } from "node:path";
import cliProgress from "cli-progress";
import { Failure } from "../failure";
import type { Session } from "../platform/session";
import { loadRegister } from "./load";
import { countryRegister, fetchCountry, subsetRegister, type Register } from "./source";

export interface RegisterOptions {
  all?: boolean;
  from?: string;
  again?: boolean;
}

async function registerOf(options: RegisterOptions, session: Session): Promise<Register> {
  if (options.from === undefined && !options.all) return subsetRegister();
  const folder = options.from ?? (await fetchCountry(resolve(session.settings.dataDir), (line) => process.stderr.write(`${line}\n`)));
  try {
    return countryRegister(folder);
  } catch (error) {
    throw new Failure((error as Error).message);
  }
}

/** Loads the register with a progress bar (on a terminal) and says what came of it. */
export async function importRegister(options: RegisterOptions, session: Session): Promise<void> {
  const register = await registerOf(options, session);
  const bar = new cliProgress.SingleBar(
    {
      format: "{bar} {percentage}% | {value} of {total} communities | province {part} | {eta_formatted} left",
      hideCursor: true,
      stream: process.stderr,
      noTTYOutput: false,
    },
    cliProgress.Presets.shades_classic,
  );
  const shown = process.stderr.isTTY === true;
  const started = performance.now();
  if (shown) bar.start(register.size, 0, { part: "" });
  const report = await loadRegister(session.adminUrl, register, {
    again: options.again === true,
    onProgress: ({ communities, part }) => {
      if (shown) bar.update(communities, { part });
      else process.stderr.write(`${communities} of ${register.size} communities, province ${part}\n`);
    },
  });
  if (shown) bar.stop();
  const seconds = (performance.now() - started) / 1000;
  const rate = Math.round((report.regions + report.communities) / seconds);
  process.stdout.write(
    `${register.name}: ${report.regions} regions and ${report.communities} communities in ${seconds.toFixed(1)} s (${rate} rows/s)${report.skipped > 0 ? `; ${report.skipped} provinces were there already` : ""}\n`,
  );
}
