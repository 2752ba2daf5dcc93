import { Directive, Field, ID, ObjectType } from "type-graphql";

/** An organisation, owned by the subgraph communities. */
@ObjectType({ description: "An organisation, as the subgraph communities knows it." })
@Directive('@key(fields: "id")')
export class Organisation {
  readonly __typename?: "Organisation";

  @Field(() => ID, { description: "The platform's id of the organisation." })
  id: string;

  @Field(() => [ID], { description: "All ids that mean it; the one that it has now first." })
  @Directive("@external")
  ids?: string[];
}
