export { eventsPermissions } from "./permissions";
export * from "./subgraph";
