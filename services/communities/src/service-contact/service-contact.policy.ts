import { holds, type Scopes, type Viewer } from "@gongjian/subgraph";

export const CARD_KEEPERS = ["COMMUNITY_WORKER", "OFFICER", "ADMIN"] as const;

/** Workers keep their community's card, officers those of their region, administrators all. */
export const canKeepCard = (viewer: Viewer, scopes: Scopes): boolean => holds(viewer, CARD_KEEPERS, scopes);
