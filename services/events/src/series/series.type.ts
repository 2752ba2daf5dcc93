import { connectionOf, HanTextScalar } from "@gongjian/subgraph";
import { Directive, Field, ID, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "A row of events that belong together and are held again and again (系列): a forum, a yearly salon." })
@Directive('@key(fields: "id")')
export class EventSeries {
  readonly __typename?: "EventSeries";

  @Field(() => ID, { description: "The platform's id of the series." })
  id: string;

  @Field({ description: "The external key that imports find it again by." })
  key: string;

  @Field(() => HanTextScalar, { description: "The name, in the script asked for." })
  name: string;

  @Field(() => HanTextScalar, { nullable: true, description: "What it is, in a few sentences." })
  description: string | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from, e.g. the id of a report." })
  source: string | null;

  @Field(() => Int, { description: "Rises with every change; pass it as `expectedVersion`." })
  version: number;

  regionCode: string | null;
  regionScopeCodes: string[];
}

export const EventSeriesConnection = connectionOf(EventSeries, "EventSeries");
