export * from "./subgraph";
