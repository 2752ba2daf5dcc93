/** Who keeps the records of a community's compounds: the same people who change the community. */
export { canChangeCommunity as canKeepCompound, COMMUNITY_EDITORS as COMPOUND_KEEPERS } from "../community/community.policy";
