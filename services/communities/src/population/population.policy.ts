/** Who records population figures of a community: the same people who change the community. */
export { canChangeCommunity as canRecordPopulation, COMMUNITY_EDITORS as POPULATION_RECORDERS } from "../community/community.policy";
