export { Database, type DatabaseOptions, type SubgraphName, countStatements } from "./database";
export { constraintOf, isConnectionLost } from "./errors";
export { type Statement, type StatementMeter, statement } from "./statement";
export { type Transaction, TransactionAborted } from "./transaction";
