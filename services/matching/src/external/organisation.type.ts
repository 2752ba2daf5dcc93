import { Directive, Field, ID, ObjectType } from "type-graphql";

@ObjectType({ description: "An organisation, as the subgraph communities knows it." })
@Directive('@key(fields: "id")')
export class Organisation {
  @Field(() => ID, { description: "The platform's id." })
  id: string;
}
