import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { RevokeTokenInput } from "./token.inputs";
import { RevokeTokenResult } from "./token.results";

@Resolver()
export class TokenMutations {
  @Mutation(() => RevokeTokenResult, {
    description:
      "Revokes a token, or all tokens of a session, for good. It is refused within the seconds of the setting MEMBERSHIP_TRUST_SECONDS. Revoking it again changes nothing.",
  })
  @Access("ADMIN of everything")
  revokeToken(
    @Arg("input", () => RevokeTokenInput, { description: "Which token." }) input: RevokeTokenInput,
    @Ctx() context: Context,
  ): Promise<typeof RevokeTokenResult> {
    return context.tokens.revoke(input) as Promise<typeof RevokeTokenResult>;
  }
}
