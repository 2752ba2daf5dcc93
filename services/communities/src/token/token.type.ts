import { DateTimeScalar } from "@gongjian/subgraph";
import { Field, ObjectType } from "type-graphql";

@ObjectType({ description: "A token that is taken no more, though it has not expired (作废令牌)." })
export class RevokedToken {
  readonly __typename?: "RevokedToken";

  @Field({ description: "Who issued it: the `iss` of the token." })
  issuer: string;

  @Field({ description: "Its `jti`, or the `sid` of the session that it was given in." })
  tokenId: string;

  @Field(() => DateTimeScalar, { description: "Until when it is kept in mind: its own `exp` refuses it from then on." })
  expiresAt: string;

  @Field(() => DateTimeScalar, { description: "When it was revoked." })
  revokedAt: string;

  @Field(() => String, { nullable: true, description: "Why." })
  reason: string | null;
}
