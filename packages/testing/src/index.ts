export { createTestDatabase, type TestDatabase, type TestSubgraph } from "./database";
export { type Answer, ask, callOf, someone } from "./viewers";
export { readPdf } from "./pdf";
