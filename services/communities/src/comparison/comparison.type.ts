import type { Precision } from "@gongjian/entities-communities";
import { AssumedSize, DateScalar, enumType, HanTextScalar } from "@gongjian/subgraph";
import { Field, Float, ObjectType } from "type-graphql";
import { Community } from "../community/community.type";
import { PrecisionEnum } from "../population/population.type";
import type { ComparisonAspect } from "./comparison.rules";

export const ComparisonAspectEnum = enumType<ComparisonAspect>("ComparisonAspect", "In what communities are compared.", {
  KIND: "What kind of neighbourhood it is. A text.",
  REGION: "Where it lies: its region, and the one above. A text.",
  TRAITS: "What characterises it. A text with their number.",
  RESIDENTS: "People who live there, by the latest population snapshot that says.",
  HOUSEHOLDS: "Households, by the latest population snapshot that says.",
  COMPOUNDS: "Compounds that it counted, by the latest population snapshot that says.",
  COMPOUNDS_ON_RECORD: "Compounds that have a record.",
  ETHNIC_GROUPS: "How many ethnic groups live there, by the latest population snapshot that says, and those that it names.",
  ORGANISATIONS_SERVING: "Organisations that say they serve it, or a region that contains or manages it.",
  TEAMS: "Teams of residents that are at home there.",
  FACILITIES: "Open facilities that lie in it.",
  CATEGORIES_IN_REACH: "Categories of facility that are within a walk of fifteen minutes; known where its position is.",
  CATEGORIES_MISSING: "Categories of facility that are not; known where its position is.",
  SUGGESTIONS_OPEN: "Suggestions with a next step due, published or not, as in `Community.suggestionRates`.",
  RESPONSE_RATE: "Suggestions that were answered, of those raised, 0 to 1; known when one was raised.",
  PAIRINGS: "Pairings in force: signed, active or dormant.",
  PRACTICES: "Practices that it holds. Their names with their number.",
  PRACTICES_ADOPTED: "Practices of others that it adopted and has not given up. Their names with their number.",
  HONOURS: "What it was honoured with itself, the latest first, each with its year; not what its practices were.",
});

@ObjectType({ description: "What is known of one community in one aspect." })
export class ComparisonValue {
  @Field({ description: "Whether anything is known. What is not known is no 0 and no empty text." })
  known: boolean;

  @Field(() => Float, { nullable: true, description: "The figure, where the aspect is one." })
  number: number | null;

  @Field(() => PrecisionEnum, { nullable: true, description: "How exact the figure is, where that is said." })
  precision: Precision | null;

  @Field(() => HanTextScalar, { nullable: true, description: "The aspect in words, or what the figure counts." })
  text: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The day that it is of; null: of this moment." })
  asOf: string | null;
}

@ObjectType({ description: "One aspect of the communities that are compared." })
export class ComparisonRow {
  @Field(() => ComparisonAspectEnum, { description: "Which aspect." })
  aspect: ComparisonAspect;

  @Field(() => HanTextScalar, { description: "What it is called." })
  label: string;

  @AssumedSize(4)
  @Field(() => [ComparisonValue], { description: "One value for each community, in the order asked for." })
  values: ComparisonValue[];
}

@ObjectType({ description: "Two to four communities side by side." })
export class CommunityComparison {
  @AssumedSize(4)
  @Field(() => [Community], { description: "The communities, in the order asked for." })
  communities: Community[];

  @AssumedSize(19)
  @Field(() => [ComparisonRow], { description: "All aspects, in the order of their enum, also those in which nothing is known." })
  rows: ComparisonRow[];
}
