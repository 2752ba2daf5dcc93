import { IdempotencyConflict } from "@gongjian/subgraph";
import { createUnionType } from "type-graphql";
import { RevokedToken } from "./token.type";

export const RevokeTokenResult = createUnionType({
  name: "RevokeTokenResult",
  description: "The answer of `revokeToken`.",
  types: () => [RevokedToken, IdempotencyConflict] as const,
});
