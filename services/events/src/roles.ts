export { roleAmong } from "@gongjian/subgraph";
