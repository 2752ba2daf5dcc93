import { Directive, Field, ID, ObjectType } from "type-graphql";

/** An event, owned by the subgraph events. */
@ObjectType({ description: "An event, as the subgraph communities knows it." })
@Directive('@key(fields: "id")')
export class Event {
  readonly __typename?: "Event";

  @Field(() => ID, { description: "The platform's id of the event." })
  id: string;
}
