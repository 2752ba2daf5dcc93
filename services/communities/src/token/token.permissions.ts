import { those, type ConceptPermissions } from "@gongjian/subgraph";
import { canAskForRevocation, canRevokeTokens } from "./token.policy";

export const tokenPermissions: ConceptPermissions = {
  concept: "RevokedToken",
  published: false,
  hidden: {},
  operations: {
    tokenIsRevoked: those("canAskForRevocation", canAskForRevocation),
    revokeToken: those("canRevokeTokens", canRevokeTokens),
  },
};
