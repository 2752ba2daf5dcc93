import { Directive, Field, ID, ObjectType } from "type-graphql";

@ObjectType({ description: "An organisation, as the subgraph communities knows it." })
@Directive('@key(fields: "id")')
export class Organisation {
  @Field(() => ID, { description: "The platform's id." })
  id: string;

  @Field(() => [ID], { description: "All ids that mean it; the one that it has now first." })
  @Directive("@external")
  ids?: string[];
}
