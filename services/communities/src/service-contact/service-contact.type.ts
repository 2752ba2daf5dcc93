import type { ServiceField } from "@gongjian/entities-communities";
import { AssumedSize, DateScalar, HanTextScalar } from "@gongjian/subgraph";
import { Field, Float, ID, Int, ObjectType } from "type-graphql";
import { ServiceFieldEnum } from "../suggestion/suggestion.type";

@ObjectType({ description: "A line of a service contact card: where to turn to for what." })
export class ServiceContact {
  @Field(() => ID, { description: "The platform's id." })
  id: string;

  @Field({ description: "The external key, unlike any other of the community." })
  key: string;

  @Field(() => ServiceFieldEnum, { description: "The field of public service." })
  field: ServiceField;

  @Field(() => HanTextScalar, { description: "The service." })
  title: string;

  @Field(() => String, { nullable: true, description: "The office's telephone line. Never a person's own." })
  line: string | null;

  @Field(() => HanTextScalar, { nullable: true, description: "Where it is offered." })
  place: string | null;

  @Field(() => HanTextScalar, { nullable: true, description: "When it is offered." })
  hours: string | null;

  @Field({ description: "Whether it is made up to show how the platform works." })
  illustrative: boolean;

  @Field(() => String, { nullable: true, description: "Where the record comes from, e.g. the id of a report." })
  source: string | null;

  communityId: string;
  organisationId: string | null;
  position: number;
}

@ObjectType({ description: "A field of public service with which people were the least content when last asked." })
export class ServiceConcern {
  @Field(() => ServiceFieldEnum, { description: "The field." })
  field: ServiceField;

  @Field(() => Float, { description: "The share of people who were content, 0 to 1 in thousandths." })
  content: number;
}

@ObjectType({
  description: "A community's service contact card 社区服务联系卡: what people turn to whom for, after what they said in the surveys.",
})
export class ServiceContactCard {
  @Field(() => [ServiceContact], { description: "Its lines in order, at most 100." })
  @AssumedSize(10)
  contacts: ServiceContact[];

  @Field(() => [ServiceConcern], {
    description:
      "At most three fields with which people were the least content, and not all were, in the last period that is over and that at least five of them answered.",
  })
  @AssumedSize(3)
  concerns: ServiceConcern[];

  @Field(() => DateScalar, { nullable: true, description: "The last day of that period." })
  surveyedOn: string | null;

  @Field(() => Int, { description: "How many lines it has." })
  count: number;
}
