import { type Grant, GRANTS, isReservedSubject, isRole, isScope, ROLES, type Membership } from "@gongjian/subgraph";
import { type Command, Option } from "commander";
import { Failure } from "../failure";
import { openLocalIssuer } from "../platform/identity";
import { loadSettings } from "../platform/settings";

const DEFAULT_HOURS = 8;
const MOST_HOURS = 24 * 30;

/** Roles that stand above every place may be given without a scope. */
const EVERYWHERE = new Set(["ADMIN", "AUDITOR", "SERVICE"]);

export function membership(roleText: string, scope: string | undefined): Membership {
  const role = roleText.toUpperCase().replace(/-/gu, "_");
  if (!isRole(role) || role === "PUBLIC")
    throw new Failure(
      `There is no role ${roleText}. The roles are ${ROLES.filter((known) => known !== "PUBLIC")
        .join(", ")
        .toLowerCase()}.`,
    );
  const whole = scope ?? (EVERYWHERE.has(role) ? "*" : undefined);
  if (whole === undefined)
    throw new Failure(`The role ${roleText} needs --scope, e.g. --scope region:510116003, community:<id> or organisation:<id>.`);
  if (!isScope(whole)) throw new Failure(`${whole} is not a scope. A scope is *, region:<code>, community:<id> or organisation:<id>.`);
  return { role, scope: whole };
}

/** The grants that `--scope` names for a service, separated by commas or spaces. `*` and nothing are none. */
export function grants(scope: string | undefined): readonly Grant[] {
  const words = (scope ?? "").split(/[\s,]+/u).filter((word) => word !== "" && word !== "*");
  const unknown = words.find((word) => !(GRANTS as readonly string[]).includes(word));
  if (unknown !== undefined) throw new Failure(`There is no scope ${unknown} for a service. The scopes are ${GRANTS.join(", ")}.`);
  return GRANTS.filter((grant) => words.includes(grant));
}

export const addToken = (program: Command): void => {
  program
    .command("token")
    .description("mint a token of the local issuer (demo mode only)")
    .option(
      "--role <role>",
      `one of ${ROLES.filter((role) => role !== "PUBLIC")
        .join(", ")
        .toLowerCase()}; without one the token says nothing, and what \`gongjian grant\` has stored for its subject counts`,
    )
    .option(
      "--scope <scope>",
      `region:<code>, community:<id>, organisation:<id>, or * where the role stands above every place; of a service what it may read beyond what is published: ${GRANTS.join(", ")}`,
    )
    .option("--subject <subject>", "who the token is for")
    .addOption(new Option("--hours <hours>", `how long it is good for, ${MOST_HOURS} at most`).default(DEFAULT_HOURS).argParser(Number))
    .action(async (options: { role?: string; scope?: string; subject?: string; hours: number }) => {
      const settings = loadSettings({ database: false });
      if (!settings.demoMode)
        throw new Failure("Tokens of the local issuer are taken in demo mode only. Ask your OpenID Connect provider.");
      if (!(options.hours > 0 && options.hours <= MOST_HOURS)) throw new Failure(`--hours must be more than 0 and at most ${MOST_HOURS}.`);
      const isService = options.role?.toLowerCase() === "service";
      const memberships = options.role === undefined ? [] : [membership(options.role, isService ? "*" : options.scope)];
      const granted = isService ? grants(options.scope) : [];
      const subject = options.subject ?? memberships.map(({ role }) => `demo-${role.toLowerCase().replace(/_/gu, "-")}`)[0];
      if (subject === undefined) throw new Failure("Say with --role what the token's holder may do, or with --subject who it is.");
      if (isReservedSubject(subject)) throw new Failure(`No token may name ${subject}: the platform calls itself so.`);
      const issuer = await openLocalIssuer(settings);
      const viewer = { subject, memberships, ...(granted.length > 0 && { grants: granted }) };
      process.stdout.write(`${await issuer.mint(viewer, Math.round(options.hours * 3600))}\n`);
    });
};
