export { AUDIT_READERS, canReadAudit } from "./audit.policy";
export { auditResolver } from "./audit.resolver";
export { AuditEntry, AuditEntryConnection, JsonScalar } from "./audit.type";
export * from "./audit.permissions";
