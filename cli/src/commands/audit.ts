import { readFileSync } from "node:fs";
import { type AuditReport, auditAnchors, MalformedAnchor, parseAnchors, verifyAudit } from "@gongjian/database";
import type { Command } from "commander";
import { Failure } from "../failure";
import { withDatabase } from "../platform/session";
import { SUBGRAPHS } from "../platform/subgraphs";

const SCHEMAS = SUBGRAPHS.map((subgraph) => subgraph.name);

function readAnchors(file: string) {
  try {
    const anchors = parseAnchors(readFileSync(file === "-" ? 0 : file, "utf8"));
    const unknown = anchors.find((anchor) => !(SCHEMAS as readonly string[]).includes(anchor.schema));
    if (unknown) throw new Failure(`${file} has an anchor of the schema ${unknown.schema}, which is not one of ${SCHEMAS.join(", ")}.`);
    return anchors;
  } catch (error) {
    throw error instanceof MalformedAnchor ? new Failure(`${file}: ${error.message}.`) : error;
  }
}

export const auditLine = ({ schema, entries, problem }: AuditReport): string =>
  problem === null ? `ok   ${schema}: ${entries} entries\n` : `BAD  ${schema}: ${problem.kind} at ${problem.id}. ${problem.message}\n`;

async function verify(options: { json?: boolean; anchor?: string }): Promise<void> {
  const anchors = options.anchor === undefined ? [] : readAnchors(options.anchor);
  const reports = await withDatabase("audit", ({ adminUrl }) => verifyAudit(adminUrl, SCHEMAS, { anchors }));
  process.stdout.write(options.json ? `${JSON.stringify(reports)}\n` : reports.map(auditLine).join(""));
  if (reports.some((report) => report.problem !== null)) process.exitCode = 1;
}

export const addAudit = (program: Command): void => {
  const audit = program.command("audit").description("check that nobody has changed the audit trail");
  audit
    .command("verify")
    .description("recompute the hash chain of every schema; exit code 1 where a link is broken")
    .option("--json", "print JSON: for each schema its name, the entries read and the first problem or null")
    .option("--anchor <file>", "also compare with anchors that were kept elsewhere, JSON or JSON lines; - for standard input")
    .action(verify);
  audit
    .command("anchor")
    .description(
      "print the head of every schema's chain, one JSON object a line, to be kept where the database's administrators cannot write",
    )
    .action(async () => {
      const anchors = await withDatabase("audit", ({ adminUrl }) => auditAnchors(adminUrl, SCHEMAS));
      process.stdout.write(anchors.map((anchor) => `${JSON.stringify(anchor)}\n`).join(""));
    });
};
