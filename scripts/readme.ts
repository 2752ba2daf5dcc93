/** Writes the table of settings into README.md between its markers: `node -C source -r @swc-node/register scripts/readme.ts`. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { settingsTable } from "@gongjian/settings";

const file = join(__dirname, "..", "README.md");
const MARKED = /(<!-- settings -->\n)[\s\S]*?(\n<!-- end of settings -->)/u;

/** The README with today's table of settings in it. */
export const withSettings = (readme: string): string =>
  readme.replace(MARKED, (_match, before: string, after: string) => `${before}${settingsTable().trimEnd()}${after}`);

if (require.main === module) writeFileSync(file, withSettings(readFileSync(file, "utf8")));
