import { Directive, Field, ID, ObjectType } from "type-graphql";
import { Community } from "./community.type";
import { Organisation } from "./organisation.type";

/** A match, owned by the subgraph matching; its two sides come along when `metAt` is asked for. */
@ObjectType({ description: "A match, as the subgraph matching knows it." })
@Directive('@key(fields: "id")')
export class Match {
  @Field(() => ID, { description: "The platform's id of the match." })
  id: string;

  @Field(() => Community, { nullable: true, description: "The community that has the need." })
  @Directive("@external")
  community?: Community | null;

  @Field(() => Organisation, { nullable: true, description: "The organisation that makes the offer." })
  @Directive("@external")
  organisation?: Organisation | null;
}
