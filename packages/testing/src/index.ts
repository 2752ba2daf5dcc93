export { createTestDatabase, type TestDatabase, type TestSubgraph } from "./database";
