import { connectionOf, DateScalar, HanTextScalar } from "@gongjian/subgraph";
import { createUnionType, Field, ID, Int, ObjectType } from "type-graphql";
import { Community } from "../community/community.type";
import { Organisation } from "../organisation/organisation.type";

export const PracticeAdopter = createUnionType({
  name: "PracticeAdopter",
  description: "Who adopted a practice: a community or an organisation.",
  types: () => [Community, Organisation] as const,
});

@ObjectType({
  description: "That a community or an organisation works by a practice of another holder. One that was given up stays on record.",
})
export class PracticeAdoption {
  @Field(() => ID, { description: "The platform's id of the adoption." })
  id: string;

  @Field(() => String, { nullable: true, description: "The external key that imports find it again by." })
  key: string | null;

  @Field(() => DateScalar, { description: "Since which day." })
  since: string;

  @Field(() => DateScalar, { nullable: true, description: "The last day; null while the adopter works by it." })
  endedOn: string | null;

  @Field(() => HanTextScalar, { nullable: true, description: "How it was taken up." })
  note: string | null;

  @Field({ description: "Made up to show how the platform works." })
  illustrative: boolean;

  @Field(() => String, { nullable: true, description: "Where the record comes from, e.g. the id of a report." })
  source: string | null;

  @Field(() => Int, { description: "Rises with every change; pass it as `expectedVersion`." })
  version: number;

  practiceId: string;
  communityId: string | null;
  organisationId: string | null;
}

export const PracticeAdoptionConnection = connectionOf(PracticeAdoption, "PracticeAdoption");
