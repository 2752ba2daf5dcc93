import { Access, MAX_IDS_ASKED } from "@gongjian/subgraph";
import { Arg, Ctx, Directive, Query, Resolver } from "type-graphql";
import type { Context } from "../context";

@Resolver()
export class TokenQueries {
  @Query(() => Boolean, {
    description: "Whether one of these ids of tokens is revoked. For the platform itself, which no token can be.",
  })
  @Directive("@inaccessible")
  @Access("the platform itself")
  tokenIsRevoked(
    @Arg("issuer", () => String, { description: "The `iss` of the token." }) issuer: string,
    @Arg("ids", () => [String], { description: `The \`jti\` and the \`sid\` of one token or several, at most ${MAX_IDS_ASKED}.` })
    ids: string[],
    @Ctx() context: Context,
  ): Promise<boolean> {
    return context.tokens.isRevoked(issuer, ids);
  }
}
