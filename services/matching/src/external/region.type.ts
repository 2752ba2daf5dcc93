import { Directive, Field, ID, ObjectType } from "type-graphql";

@ObjectType({ description: "A region, as the subgraph communities knows it." })
@Directive('@key(fields: "code")')
export class Region {
  @Field(() => ID, { description: "The region's code." })
  code: string;
}
