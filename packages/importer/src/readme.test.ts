import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FILE_ERRORS } from "./errors";
import { PROBLEMS } from "./problem";
import { TABLE_NAMES } from "./tables";

it("the README names every code and every table, and no other code", () => {
  const text = readFileSync(join(__dirname, "..", "README.md"), "utf8");
  const listed = [...text.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code);
  expect(listed.sort()).toEqual([...Object.keys(FILE_ERRORS), ...Object.keys(PROBLEMS)].sort());
  for (const name of TABLE_NAMES) expect(text).toContain(`\`${name}\``);
});
