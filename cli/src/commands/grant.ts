import type { Settings } from "@gongjian/settings";
import { LOCAL_ISSUER, type Membership } from "@gongjian/subgraph";
import type { Command } from "commander";
import { Failure } from "../failure";
import { askInProcess, type Ask } from "../import/ask";
import { withPlatform } from "../platform/session";
import { membership } from "./token";

export interface Holder {
  subject: string;
  issuer: string;
}

export interface Terms {
  startsOn?: string;
  endsOn?: string;
  reason?: string;
}

interface Stored {
  id: string;
  startsOn: string;
  endsOn: string | null;
  revokedAt: string | null;
  version: number;
}

/** Grants a role, so that somebody can be the first to grant. @returns the membership's id */
export async function grant(ask: Ask, holder: Holder, held: Membership, terms: Terms = {}): Promise<string> {
  const { result } = await ask<{ result: { __typename: string; id: string } }>(
    `mutation ($input: GrantMembershipInput!) { result: grantMembership(input: $input) { __typename ... on Membership { id } } }`,
    { input: { ...holder, ...held, ...terms } },
  );
  if (result.__typename !== "Membership")
    throw new Failure(`${holder.subject} of ${holder.issuer} is ${held.role} over ${held.scope} on some of those days already.`);
  return result.id;
}

/** Revokes a role for all times that it was granted for. @returns the memberships' ids */
export async function revoke(ask: Ask, holder: Holder, held: Membership, reason?: string): Promise<string[]> {
  const { memberships } = await ask<{ memberships: { nodes: Stored[] } }>(
    `query ($filter: MembershipFilter) { memberships(filter: $filter, first: 100) { nodes { id startsOn endsOn revokedAt version } } }`,
    { filter: { ...holder, ...held } },
  );
  const standing = memberships.nodes.filter(({ revokedAt }) => revokedAt === null);
  if (standing.length === 0) throw new Failure(`${holder.subject} of ${holder.issuer} is not ${held.role} over ${held.scope}.`);
  for (const { id, version } of standing) {
    const { result } = await ask<{ result: { __typename: string } }>(
      `mutation ($input: RevokeMembershipInput!) { result: revokeMembership(input: $input) { __typename } }`,
      { input: { id, expectedVersion: version, ...(reason && { reason }) } },
    );
    if (result.__typename !== "Membership") throw new Failure(`The membership ${id} has been changed meanwhile. Try again.`);
  }
  return standing.map(({ id }) => id);
}

interface Options extends Terms {
  subject: string;
  issuer?: string;
  role: string;
  scope?: string;
}

/** The issuer that was named, or the one whose tokens are taken. */
export function issuerOf(given: string | undefined, { oidcIssuer, demoMode }: Pick<Settings, "oidcIssuer" | "demoMode">): string {
  const issuer = given ?? oidcIssuer ?? (demoMode ? LOCAL_ISSUER : undefined);
  if (issuer === undefined) throw new Failure("Say with --issuer who signs the subject's tokens, or set OIDC_ISSUER.");
  return issuer;
}

/** So that whoever may migrate may grant, without the keys of private data. */
const NOTHING_PRIVATE = { readsPrivate: false };

/** What both commands are told about whose role it is. */
const about = (command: Command): Command =>
  command
    .requiredOption("--subject <subject>", "whose: the `sub` of their tokens, of a service its client id")
    .option("--issuer <issuer>", "who signs their tokens, as `iss` names it; OIDC_ISSUER when left out, in demo mode the local issuer")
    .requiredOption("--role <role>", "the role, e.g. admin or officer")
    .option("--scope <scope>", "region:<code>, community:<id>, organisation:<id>, or * where the role stands above every place")
    .option("--reason <reason>", "why, for the audit trail");

export const addGrant = (program: Command): void => {
  about(program.command("grant").description("grant a role as the operator, e.g. to the first administrator"))
    .option("--starts-on <date>", "the first day on which it counts, YYYY-MM-DD; today when left out")
    .option("--ends-on <date>", "the last day on which it counts; until it is revoked when left out")
    .action(async ({ subject, issuer: named, role, scope, ...terms }: Options) => {
      const held = membership(role, scope);
      const { id, issuer } = await withPlatform(
        "grant",
        async ({ platform, settings }) => {
          const holder = { subject, issuer: issuerOf(named, settings) };
          return { id: await grant(askInProcess(platform), holder, held, terms), issuer: holder.issuer };
        },
        NOTHING_PRIVATE,
      );
      process.stdout.write(`${subject} of ${issuer} is ${held.role} over ${held.scope}: membership ${id}\n`);
    });
  about(program.command("revoke").description("revoke a role as the operator")).action(
    async ({ subject, issuer: named, role, scope, reason }: Options) => {
      const held = membership(role, scope);
      const { ids, issuer } = await withPlatform(
        "revoke",
        async ({ platform, settings }) => {
          const holder = { subject, issuer: issuerOf(named, settings) };
          return { ids: await revoke(askInProcess(platform), holder, held, reason), issuer: holder.issuer };
        },
        NOTHING_PRIVATE,
      );
      process.stdout.write(`${subject} of ${issuer} is no longer ${held.role} over ${held.scope}: membership ${ids.join(", ")}\n`);
    },
  );
};
