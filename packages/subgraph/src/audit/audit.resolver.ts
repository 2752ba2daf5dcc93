import type { SubgraphName } from "@gongjian/database";
import { Args, Ctx, Query, Resolver } from "type-graphql";
import type { Page } from "../connection/connection";
import { readPage } from "../connection/lists";
import type { SubgraphContext } from "../context/context";
import { badInput } from "../errors";
import { Access, ensure } from "../policy/policy";
import { AuditTrailArgs, checkAuditFilter } from "./audit.inputs";
import { auditTrail } from "./audit.lists";
import { canReadAudit } from "./audit.policy";
import { AuditEntryConnection, type AuditEntry } from "./audit.type";

const made = new Map<SubgraphName, Function>();

/**
 * The root query of a subgraph's audit trail, for its list of resolvers: `auditResolver("communities")` adds `communitiesAuditTrail`.
 * Each subgraph has a trail of its own, and a root field may exist in one subgraph only, hence the prefix.
 */
export function auditResolver(subgraph: SubgraphName): Function {
  const known = made.get(subgraph);
  if (known) return known;
  const field = `${subgraph}AuditTrail`;

  @Resolver()
  class AuditQueries {
    @Query(() => AuditEntryConnection, {
      description: `Who did what in ${subgraph}, the newest first. For auditors and administrators of the whole platform.`,
    })
    @Access("AUDITOR and ADMIN of the whole platform")
    async [field](@Args(() => AuditTrailArgs) args: AuditTrailArgs, @Ctx() context: SubgraphContext): Promise<Page<AuditEntry>> {
      ensure(context.viewer, canReadAudit(context.viewer));
      const filter = args.filter ?? {};
      const problems = checkAuditFilter(filter);
      if (problems.length > 0) throw badInput(problems);
      return readPage<AuditEntry>(context, auditTrail(filter), args);
    }
  }
  made.set(subgraph, AuditQueries);
  return AuditQueries;
}
