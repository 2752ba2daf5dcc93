import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Directive, Query, Resolver } from "type-graphql";
import type { Context } from "../context";

@Resolver()
export class TokenQueries {
  @Query(() => Boolean, {
    description: "Whether one of a token's ids is revoked. For the platform itself, which no token can be.",
  })
  @Directive("@inaccessible")
  @Access("the platform itself")
  tokenIsRevoked(
    @Arg("issuer", () => String, { description: "The `iss` of the token." }) issuer: string,
    @Arg("ids", () => [String], { description: "The `jti` and the `sid` of the token, at most 10." }) ids: string[],
    @Ctx() context: Context,
  ): Promise<boolean> {
    return context.tokens.isRevoked(issuer, ids);
  }
}
