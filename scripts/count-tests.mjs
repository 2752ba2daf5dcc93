/** `count-tests.mjs REPORT STATUS`: the last line of .ci/run from jest's report. A suite that could not run is a failure as well. */
import { readFileSync } from "node:fs";

const [file, status] = process.argv.slice(2);
let report;
try {
  report = JSON.parse(readFileSync(file, "utf8"));
} catch {
  process.stdout.write("0 passed, 1 failed\n");
  process.exit(1);
}
const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
process.stdout.write(`${report.numPassedTests} passed, ${failed} failed\n`);
process.exit(status === "0" && failed === 0 && report.numPassedTests > 0 ? 0 : 1);
