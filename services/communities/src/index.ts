export * from "./subgraph";
export { commonName } from "./search/search.rules";
