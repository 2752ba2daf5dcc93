export { type AuditAnchor, MalformedAnchor, parseAnchors } from "./audit/anchor";
export { addAuditIssuer } from "./audit/tables";
export { isPrivateField, PRIVATE_FIELDS } from "./audit/private";
export { type AuditProblem, type AuditProblemKind, type AuditReport, auditAnchors, verifyAudit } from "./audit/verify";
export {
  type AuditNote,
  type CommandCall,
  type CommandOutcome,
  type CommandTransaction,
  canonicalJson,
  MalformedIdempotencyKey,
  runCommand,
} from "./command";
export { AuditEntry, AuditHead, commonEntities, IdempotencyRecord } from "./common/entities";
export { createCommonTables, dropCommonTables } from "./common/tables";
export { countStatements, Database, type DatabaseOptions, type SubgraphName } from "./database";
export { schemaDrift } from "./drift";
export { type EmbeddedOptions, type EmbeddedServer, startEmbedded } from "./embedded";
export { constraintOf, isConnectionLost, isUnavailable } from "./errors";
export { stableId, uuidv7 } from "./ids";
export { keepSwept, sweepIdempotency } from "./idempotency";
export { databaseOf, databaseUrl, quoteName, roleUrl } from "./names";
export { type Cell, KeyRing, KeyRingError } from "./privacy/key-ring";
export { rotateSealed, type SealedTable } from "./privacy/rotate";
export {
  MIGRATIONS_TABLE,
  openAdminDataSource,
  preparationSource,
  type PreparedDatabase,
  type PrepareOptions,
  prepareDatabase,
  type SubgraphSchema,
} from "./prepare";
export { type Statement, type StatementMeter, statement } from "./statement";
export { type EndingTransaction, type Transaction, TransactionAborted } from "./transaction";
