import type { SubgraphName } from "@gongjian/database";
import { those, type ConceptPermissions } from "../policy/permissions";
import { canReadAudit } from "./audit.policy";

/** Who reads the audit trail of a subgraph. */
export const auditPermissions = (subgraph: SubgraphName): ConceptPermissions => ({
  concept: "AuditEntry",
  published: false,
  hidden: {},
  operations: { [`${subgraph}AuditTrail`]: those("canReadAudit", canReadAudit) },
});
