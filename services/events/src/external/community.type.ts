import { Directive, Field, ID, ObjectType } from "type-graphql";

/** A community, owned by the subgraph communities. */
@ObjectType({ description: "A community, as the subgraph communities knows it." })
@Directive('@key(fields: "id")')
export class Community {
  readonly __typename?: "Community";

  @Field(() => ID, { description: "The platform's id of the community." })
  id: string;
}
