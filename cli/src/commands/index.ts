import type { Command } from "commander";
import { addAudit } from "./audit";
import { addBackup } from "./backup";
import { addDoctor } from "./doctor";
import { addExport } from "./export";
import { addGrant } from "./grant";
import { addImport } from "./import";
import { addKeys } from "./keys";
import { addMigrate } from "./migrate";
import { addRevokeToken } from "./revoke-token";
import { addServe } from "./serve";
import { addSolve } from "./solve";
import { addStart } from "./start";
import { addTemplate } from "./template";
import { addToken } from "./token";

/** Every command, one file each. */
export function registerCommands(program: Command): void {
  addStart(program);
  addServe(program);
  addMigrate(program);
  addImport(program);
  addExport(program);
  addTemplate(program);
  addToken(program);
  addGrant(program);
  addRevokeToken(program);
  addSolve(program);
  addDoctor(program);
  addAudit(program);
  addBackup(program);
  addKeys(program);
}
