import type { FacilityCategory, FacilityState } from "@gongjian/entities-communities";
import { AssumedSize, connectionOf, DateScalar, enumType, HanTextScalar } from "@gongjian/subgraph";
import { Directive, Field, Float, ID, Int, ObjectType } from "type-graphql";
import type { Weekday } from "./opening-hours";

export const FacilityCategoryEnum = enumType<FacilityCategory>("FacilityCategory", "What kind of place a facility is.", {
  SERVICE_CENTRE: "Service centre or community complex 党群服务中心、社区综合体.",
  ELDERLY_CANTEEN: "Canteen for the elderly 老年食堂.",
  CLINIC: "Clinic 卫生服务站.",
  SCHOOL: "School 学校.",
  KINDERGARTEN: "Kindergarten or nursery 幼儿园、托育点.",
  MARKET: "Market 菜市场.",
  CULTURE_ROOM: "Culture room or yard 文化活动室、文化小院.",
  SPORTS_GROUND: "Sports ground 运动场地.",
  LIBRARY: "Library or reading room 图书室.",
  MUSEUM: "Museum or exhibition hall 博物馆、展示馆.",
  PARK: "Park 公园、小游园.",
  BUS_STOP: "Bus stop 公交站.",
  OTHER: "Anything else.",
});
export const FacilityStateEnum = enumType<FacilityState>("FacilityState", "How far a facility is.", {
  PLANNED: "Planned 规划.",
  BUILDING: "Being built 在建.",
  OPEN: "Open 开放.",
  CLOSED: "Closed 关闭.",
});

export const WeekdayEnum = enumType<Weekday>("Weekday", "A day of the week, Monday first (ISO 8601).", {
  MONDAY: "Monday.",
  TUESDAY: "Tuesday.",
  WEDNESDAY: "Wednesday.",
  THURSDAY: "Thursday.",
  FRIDAY: "Friday.",
  SATURDAY: "Saturday.",
  SUNDAY: "Sunday.",
});

@ObjectType({ description: "A time of the week at which a place is open." })
export class OpeningPeriod {
  @Field(() => [WeekdayEnum], { description: "The days on which it begins, Monday first." })
  days: Weekday[];

  @Field({ description: "When it begins, `HH:MM`." })
  opens: string;

  @Field({ description: "When it ends, `HH:MM`, 24:00 at most; at or before the beginning it is of the next day." })
  closes: string;
}

@ObjectType({ description: "A place that serves a community, or a street, town or district as a whole (阵地/空间)." })
@Directive('@key(fields: "id")')
export class Facility {
  @Field(() => ID, { description: "The platform's id of the facility." })
  id: string;

  @Field({ description: "The external key." })
  key: string;

  @Field(() => HanTextScalar, { description: "Its name." })
  name: string;

  @Field(() => FacilityCategoryEnum, { description: "What kind of place." })
  category: FacilityCategory;

  @Field(() => FacilityStateEnum, { description: "How far it is." })
  state: FacilityState;

  @Field(() => HanTextScalar, { nullable: true, description: "Its address." })
  address: string | null;

  @Field(() => Int, { nullable: true, description: "How many people it holds; null when not known." })
  capacity: number | null;

  @Field({ description: "Whether it is a shared space." })
  shared: boolean;

  @Field({ description: "Whether it is a shared space that wants an operator." })
  wantsOperator: boolean;

  @Field(() => HanTextScalar, { nullable: true, description: "What the place was before." })
  formerly: string | null;

  @Field(() => [HanTextScalar], { description: "What is exhibited there." })
  exhibitions: string[];

  @Field(() => [String], {
    description:
      "When it is open, by the clock of the place: times of the week as OpenStreetMap writes them, e.g. `Mo-Fr 09:00-17:00`; none: not known.",
  })
  openingHours: string[];

  @Field(() => DateScalar, { description: "By which day its state is known." })
  asOf: string;

  @Field(() => String, { nullable: true, description: "Where the record comes from, e.g. the id of a report." })
  source: string | null;

  @Field(() => Int, { description: "Rises with every change; pass it as `expectedVersion`." })
  version: number;

  communityId: string | null;
  regionCode: string | null;
  operatorId: string | null;
  longitude: number | null;
  latitude: number | null;
}
export const FacilityConnection = connectionOf(Facility, "Facility");

@ObjectType({ description: "What a facility was as of a day. Written with every change of name, category or state, and never changed." })
export class FacilityEvent {
  @Field(() => Int, { description: "The version of the facility that it was with." })
  version: number;

  @Field(() => HanTextScalar, { description: "Its name then." })
  name: string;

  @Field(() => FacilityCategoryEnum, { description: "What kind of place it was then." })
  category: FacilityCategory;

  @Field(() => FacilityStateEnum, { description: "How far it was then." })
  state: FacilityState;

  @Field(() => DateScalar, { description: "As of which day." })
  asOf: string;

  facilityId: string;
}

@ObjectType({ description: "A facility, and how far off it is." })
export class NearbyFacility {
  @Field(() => Facility, { description: "The facility." })
  facility: Facility;

  @Field(() => Int, { description: "How far off it is in a straight line, in whole metres." })
  metres: number;

  @Field(() => Int, { description: "The walk there in whole minutes, rounded up: the straight line times 1.3, at 80 m a minute." })
  minutes: number;
}

@ObjectType({ description: "One category of the fifteen-minute service circle of a community (十五分钟生活圈)." })
export class ServiceCircleEntry {
  @Field(() => FacilityCategoryEnum, { description: "Which category." })
  category: FacilityCategory;

  @Field(() => Facility, { nullable: true, description: "The nearest open facility within the walk; null when the category is missing." })
  nearest: Facility | null;

  @Field(() => Int, { nullable: true, description: "The walk there in whole minutes, rounded up; null when missing." })
  minutes: number | null;
}

@ObjectType({ description: "How many communities of a region reach one category on foot in fifteen minutes." })
export class CategoryCoverage {
  @Field(() => FacilityCategoryEnum, { description: "Which category." })
  category: FacilityCategory;

  @Field(() => Int, { description: "How many of the located communities reach an open facility of it, wherever that lies." })
  communities: number;

  @Field(() => Float, { nullable: true, description: "The same as a share of the located communities, 0 to 1; null when none is located." })
  share: number | null;
}

@ObjectType({
  description:
    "What the communities of a region reach on foot in fifteen minutes. Only communities with a position can be looked at: compare `located` with `communities`.",
})
export class ServiceCoverage {
  @Field(() => Int, { description: "Communities in the region, at any depth or managed by it." })
  communities: number;

  @Field(() => Int, { description: "Those of them whose position is known." })
  located: number;

  @AssumedSize(12)
  @Field(() => [CategoryCoverage], { description: "Category by category, those that nobody reaches with 0; without OTHER." })
  categories: CategoryCoverage[];
}
