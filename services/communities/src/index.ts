export { communitiesPermissions } from "./permissions";
export * from "./subgraph";
export { commonName } from "./search/search.rules";
export { REFRESH_SCOPES } from "./region/region.scopes";
