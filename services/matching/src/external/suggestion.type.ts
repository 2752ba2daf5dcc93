import { Directive, Field, ID, ObjectType } from "type-graphql";

@ObjectType({ description: "A suggestion, as the subgraph communities knows it." })
@Directive('@key(fields: "id")')
export class Suggestion {
  @Field(() => ID, { description: "The platform's id." })
  id: string;
}
