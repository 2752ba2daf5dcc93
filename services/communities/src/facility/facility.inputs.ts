import type { FacilityCategory, FacilityState } from "@gongjian/entities-communities";
import { BulkInput, CommandInput, DateScalar, DateTimeScalar, enumType, LARGEST_PAGE, PageArgs } from "@gongjian/subgraph";
import { ArgsType, Field, Float, ID, InputType, Int } from "type-graphql";
import { FacilityCategoryEnum, FacilityStateEnum } from "./facility.type";

@InputType({ description: "One facility. What an import leaves out of one that exists stays; null empties it." })
export class FacilityRow {
  @Field({ description: "The external key, 1 to 100 characters; a facility with it is updated." })
  key: string;

  @Field({ description: "Its name, 1 to 100 characters." })
  name: string;

  @Field(() => FacilityCategoryEnum, { description: "What kind of place." })
  category: FacilityCategory;

  @Field(() => FacilityStateEnum, { description: "How far it is." })
  state: FacilityState;

  @Field(() => ID, { nullable: true, description: "The community that it lies in; either this or the region." })
  communityId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "The street, town or district that it serves as a whole; either this or the community.",
  })
  regionCode?: string | null;

  @Field(() => ID, { nullable: true, description: "The organisation that runs it." })
  operatorId?: string | null;

  @Field(() => Float, { nullable: true, description: "Degrees east; together with the latitude." })
  longitude?: number | null;

  @Field(() => Float, { nullable: true, description: "Degrees north; together with the longitude." })
  latitude?: number | null;

  @Field(() => String, { nullable: true, description: "At most 200 characters." })
  address?: string | null;

  @Field(() => Int, { nullable: true, description: "How many people it holds, 1 to 1,000,000." })
  capacity?: number | null;

  @Field(() => Boolean, { nullable: true, description: "Whether it is a shared space; not when left out." })
  shared?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "Whether it wants an operator: only a shared space without one." })
  wantsOperator?: boolean | null;

  @Field(() => String, { nullable: true, description: "What the place was before, at most 200 characters." })
  formerly?: string | null;

  @Field(() => [String], { nullable: true, description: "What is exhibited, at most 20 of at most 100 characters." })
  exhibitions?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      "When it is open, at most 21 times of the week that do not overlap, as OpenStreetMap writes them (`Mo-Fr 09:00-17:00`) or in Chinese (`周一至周五 9:00-17:00`). A time that ends at or before its beginning ends the next day.",
  })
  openingHours?: string[] | null;

  @Field(() => DateScalar, { description: "By which day its state is known." })
  asOf: string;

  @Field(() => String, { nullable: true, description: "Where the record comes from." })
  source?: string | null;
}

@InputType({ description: "Facilities to enter or correct, found again by external key." })
export class ImportFacilitiesInput extends BulkInput {
  @Field(() => [FacilityRow], { description: "At most 2,000 rows." })
  rows: FacilityRow[];
}

@InputType({ description: "A new facility." })
export class CreateFacilityInput extends CommandInput {
  @Field(() => FacilityRow, { description: "What it is." })
  facility: FacilityRow;
}

@InputType({
  description:
    "A change to one facility. What is left out stays; null empties what may be empty. Name, category and state before it stay in its history.",
})
export class UpdateFacilityInput extends CommandInput {
  @Field(() => ID, { description: "The facility's id." })
  id: string;

  @Field(() => Int, { description: "The version that the change was made against." })
  expectedVersion: number;

  @Field(() => DateScalar, { description: "As of which day it is so; not before the day that its state is known by." })
  asOf: string;

  @Field(() => String, { nullable: true, description: "The new name, 1 to 100 characters." })
  name?: string | null;

  @Field(() => FacilityCategoryEnum, { nullable: true, description: "What kind of place it is now." })
  category?: FacilityCategory | null;

  @Field(() => FacilityStateEnum, { nullable: true, description: "How far it is now." })
  state?: FacilityState | null;

  @Field(() => ID, { nullable: true, description: "The organisation that runs it." })
  operatorId?: string | null;

  @Field(() => Float, { nullable: true, description: "Degrees east; together with the latitude." })
  longitude?: number | null;

  @Field(() => Float, { nullable: true, description: "Degrees north; together with the longitude." })
  latitude?: number | null;

  @Field(() => String, { nullable: true, description: "At most 200 characters." })
  address?: string | null;

  @Field(() => Int, { nullable: true, description: "How many people it holds, 1 to 1,000,000." })
  capacity?: number | null;

  @Field(() => Boolean, { nullable: true, description: "Whether it is a shared space." })
  shared?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "Whether it wants an operator: only a shared space without one." })
  wantsOperator?: boolean | null;

  @Field(() => String, { nullable: true, description: "What the place was before, at most 200 characters." })
  formerly?: string | null;

  @Field(() => [String], { nullable: true, description: "What is exhibited, at most 20 of at most 100 characters." })
  exhibitions?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      "When it is open, at most 21 times of the week that do not overlap, as OpenStreetMap writes them (`Mo-Fr 09:00-17:00`) or in Chinese (`周一至周五 9:00-17:00`). A time that ends at or before its beginning ends the next day.",
  })
  openingHours?: string[] | null;
}

@InputType({
  description:
    "A window of the map in degrees of WGS 84, edges included. Where `west` is greater than `east` it lies across the date line (RFC 7946, section 5.2).",
})
export class MapBounds {
  @Field(() => Float, { description: "The western edge, -180 to 180." })
  west: number;

  @Field(() => Float, { description: "The southern edge, -90 to 90." })
  south: number;

  @Field(() => Float, { description: "The eastern edge, -180 to 180." })
  east: number;

  @Field(() => Float, { description: "The northern edge, -90 to 90; not south of the southern." })
  north: number;
}

@InputType({ description: "Which facilities to list." })
export class FacilityFilter {
  @Field(() => ID, { nullable: true, description: "Only facilities in this region, at any depth, or managed by it." })
  within?: string | null;

  @Field(() => FacilityCategoryEnum, { nullable: true, description: "Only this category." })
  category?: FacilityCategory | null;

  @Field(() => FacilityStateEnum, { nullable: true, description: "Only those that are so far." })
  state?: FacilityState | null;

  @Field(() => Boolean, { nullable: true, description: "Only shared spaces, or only others." })
  shared?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "Only shared spaces that want an operator, or only others." })
  wantsOperator?: boolean | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      "Only those that are open at this instant by their hours of the week at UTC+8, the time of the mainland and of Taiwan; those whose hours are not known are left out. Public holidays are not looked at. Give each page the same instant.",
  })
  openAt?: string | null;

  @Field(() => MapBounds, {
    nullable: true,
    description: "Only those that lie in this window of the map; those without a position do not.",
  })
  bounds?: MapBounds | null;
}

export type FacilityOrder = "NAME_ASC" | "NAME_DESC";
export const FacilityOrderEnum = enumType<FacilityOrder>("FacilityOrder", "How to order facilities.", {
  NAME_ASC: "By name.",
  NAME_DESC: "By name, backwards.",
});

@ArgsType()
export class FacilitiesArgs extends PageArgs {
  @Field(() => FacilityFilter, { nullable: true, description: "Which facilities to list; all when left out." })
  filter?: FacilityFilter | null;

  @Field(() => FacilityOrderEnum, { nullable: true, description: "The order; by name when left out." })
  orderBy?: FacilityOrder | null;
}

@InputType({ description: "From where to look: a community, or a point of WGS 84." })
export class NearestFrom {
  @Field(() => ID, { nullable: true, description: "A community, at its position; instead of a point." })
  communityId?: string | null;

  @Field(() => Float, { nullable: true, description: "Degrees east, -180 to 180; together with the latitude." })
  longitude?: number | null;

  @Field(() => Float, { nullable: true, description: "Degrees north, -90 to 90; together with the longitude." })
  latitude?: number | null;
}

@ArgsType()
export class NearestFacilitiesArgs {
  @Field(() => NearestFrom, { description: "From where." })
  from: NearestFrom;

  @Field(() => [FacilityCategoryEnum], { nullable: true, description: "Only these categories; all when left out." })
  categories?: FacilityCategory[] | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      "Only those that are open at this instant by their hours of the week at UTC+8, the time of the mainland and of Taiwan; those whose hours are not known are left out. Public holidays are not looked at.",
  })
  openAt?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "How far off in a straight line at most, in metres, 1 to 50,000; a walk of fifteen minutes (923 m) when left out.",
  })
  within?: number | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: 20,
    description: `How many to return at most, 1 to ${LARGEST_PAGE}; 20 when left out.`,
  })
  first?: number | null;
}
