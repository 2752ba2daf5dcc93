export { matchingPermissions } from "./permissions";
export * from "./subgraph";
