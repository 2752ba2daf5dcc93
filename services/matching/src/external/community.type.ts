import { Directive, Field, ID, ObjectType } from "type-graphql";

@ObjectType({ description: "A community, as the subgraph communities knows it." })
@Directive('@key(fields: "id")')
export class Community {
  @Field(() => ID, { description: "The platform's id." })
  id: string;
}
