import { HanTextScalar, DateTimeScalar } from "@gongjian/subgraph";
import { Field, ID, ObjectType } from "type-graphql";

@ObjectType({
  description:
    "A second record of an organisation, which was merged into it. Whatever asks for its id or its key is answered with the organisation.",
})
export class AbsorbedOrganisation {
  @Field(() => ID, { description: "The id that it had, and that other parts of the platform may still name." })
  id: string;

  @Field(() => String, { nullable: true, description: "Its external key, under which imports find the organisation." })
  key: string | null;

  @Field(() => HanTextScalar, { description: "The name that it had, in the script asked for." })
  name: string;

  @Field(() => DateTimeScalar, { description: "When it was merged." })
  mergedAt: string;

  survivorId: string;
}
