import { CommandInput, DateTimeScalar } from "@gongjian/subgraph";
import { Field, InputType } from "type-graphql";

@InputType({ description: "A token, or a session's tokens, to take no more." })
export class RevokeTokenInput extends CommandInput {
  @Field({ description: "Who issued it: the `iss` of the token." })
  issuer: string;

  @Field({ description: "The `jti` of the token, or the `sid` of the session, for all tokens that were given in it; 1 to 200 characters." })
  tokenId: string;

  @Field(() => DateTimeScalar, { description: "When it expires by itself: the `exp` of the token, or of the session's last one." })
  expiresAt: string;

  @Field(() => String, { nullable: true, description: "Why, at most 500 characters. It stays in the audit trail: nothing private." })
  reason?: string | null;
}
