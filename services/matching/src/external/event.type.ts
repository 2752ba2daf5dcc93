import { Directive, Field, ID, ObjectType } from "type-graphql";

@ObjectType({ description: "An event, as the subgraph events knows it." })
@Directive('@key(fields: "id")')
export class Event {
  @Field(() => ID, { description: "The platform's id." })
  id: string;
}
