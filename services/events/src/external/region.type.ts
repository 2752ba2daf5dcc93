import { Directive, Field, ID, ObjectType } from "type-graphql";

/** A region, owned by the subgraph communities. */
@ObjectType({ description: "A region, as the subgraph communities knows it." })
@Directive('@key(fields: "code")')
export class Region {
  readonly __typename?: "Region";

  @Field(() => ID, { description: "The statistical division code, or a code of the region's own scheme." })
  code: string;
}

export const regionOf = (code: string | null): Region | null => (code === null ? null : { __typename: "Region", code });
