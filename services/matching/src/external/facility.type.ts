import { Directive, Field, ID, ObjectType } from "type-graphql";

@ObjectType({ description: "A facility, as the subgraph communities knows it." })
@Directive('@key(fields: "id")')
export class Facility {
  @Field(() => ID, { description: "The platform's id." })
  id: string;
}
