import { Directive, Field, ID, ObjectType } from "type-graphql";

/** Records that the subgraph matching owns. */
@ObjectType({ description: "A round, as the subgraph communities knows it." })
@Directive('@key(fields: "id")')
export class Round {
  @Field(() => ID, { description: "The platform's id of the round." })
  id: string;
}

@ObjectType({ description: "A need, as the subgraph communities knows it." })
@Directive('@key(fields: "id")')
export class Need {
  @Field(() => ID, { description: "The platform's id of the need." })
  id: string;
}

@ObjectType({ description: "An offer, as the subgraph communities knows it." })
@Directive('@key(fields: "id")')
export class Offer {
  @Field(() => ID, { description: "The platform's id of the offer." })
  id: string;
}
