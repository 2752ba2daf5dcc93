import { connectionOf, HanTextScalar } from "@gongjian/subgraph";
import { Directive, Field, ID, Int, ObjectType } from "type-graphql";

@ObjectType({
  description:
    "Somebody in a public role (人; a person as the Popolo standard has it). What is public of them is their name and their published appointments; somebody without any is not there for the public.",
})
@Directive('@key(fields: "id")')
export class Person {
  @Field(() => ID, { description: "The platform's id of the person." })
  id: string;

  @Field(() => String, { nullable: true, description: "The external key that imports find the person again by." })
  key: string | null;

  @Field(() => HanTextScalar, { description: "The name, in the script asked for." })
  name: string;

  @Field({ description: "Made up to show how the platform works; not a real person." })
  illustrative: boolean;

  @Field(() => String, { nullable: true, description: "Where the record comes from, e.g. the id of a report." })
  source: string | null;

  @Field(() => Int, { description: "Rises with every change; pass it as `expectedVersion`." })
  version: number;
}

export const PersonConnection = connectionOf(Person, "Person");
