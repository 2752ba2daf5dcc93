/**
 * Writes docs/permissions.md from the policies. With `--check` it writes nothing and fails when the committed file differs, or when something
 * that can be reached has no policy.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema } from "graphql";
import { permissionTable, unlisted } from "./permission-table";

const root = join(__dirname, "..");
const FILE = join(root, "docs/permissions.md");

const table = permissionTable(buildSchema(readFileSync(join(root, "gateway/api.graphql"), "utf8")));
const problems = unlisted();
if (!process.argv.includes("--check")) writeFileSync(FILE, table);
else if (readFileSync(FILE, "utf8") !== table) problems.push("docs/permissions.md is not what the policies say; run: npm run permissions");
if (problems.length > 0) {
  process.stderr.write(`${problems.join("\n")}\n`);
  process.exitCode = 1;
}
