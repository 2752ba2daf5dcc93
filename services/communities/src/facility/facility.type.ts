import type { FacilityCategory, FacilityState } from "@gongjian/entities-communities";
import { AssumedSize, connectionOf, DateScalar, enumType, HanTextScalar } from "@gongjian/subgraph";
import { Directive, Field, Float, ID, Int, ObjectType } from "type-graphql";
import type { Weekday } from "./opening-hours";

export const FacilityCategoryEnum = enumType<FacilityCategory>(
  "FacilityCategory",
  "What kind of place a facility is, after the facilities of the five-, ten- and fifteen-minute living circles of GB 50180-2018 (《城市居住区规划设计标准》, appendix B), and what else communities have.",
  {
    SERVICE_CENTRE: "Service centre or community complex 社区服务中心、社区服务站、党群服务中心、社区综合体.",
    ELDERLY_CANTEEN: "Canteen for the elderly or the community 老年食堂、社区食堂.",
    CLINIC: "Clinic: health service centre or station, outpatient department 卫生服务中心、卫生服务站、门诊部.",
    SCHOOL: "School 小学、初中、其他学校.",
    KINDERGARTEN: "Kindergarten or nursery 幼儿园、托育点.",
    MARKET: "Market 菜市场、生鲜超市.",
    CULTURE_ROOM: "Culture room or yard 文化活动中心、文化活动站、文化活动室、文化小院.",
    SPORTS_GROUND: "Sports ground, gymnasium or outdoor fitness 运动场地、体育馆、健身房、室外健身场地.",
    LIBRARY: "Library or reading room 图书室.",
    MUSEUM: "Museum or exhibition hall 博物馆、展示馆.",
    PARK: "Park 公园、小游园.",
    BUS_STOP: "Bus stop 公交站.",
    NURSING_HOME: "Nursing home 养老院、老年养护院.",
    ELDERLY_DAY_CARE: "Day care for the elderly 老年人日间照料中心.",
    PHARMACY: "Pharmacy 药店.",
    SHOP: "Shop, supermarket or shopping centre 商场、超市、便利店、社区商业网点.",
    RESTAURANT: "Place to eat 餐饮设施.",
    BANK: "Branch of a bank 银行营业网点.",
    POST_OFFICE: "Post office or parcel point 邮政营业场所、邮件和快递送达设施.",
    TELECOM_SHOP: "Branch of a telecom company 电信营业网点.",
    POLICE_STATION: "Police station or guard post 派出所、治安联防站.",
    FIRE_STATION: "Fire station 消防站.",
    JUDICIAL_OFFICE: "Judicial office 司法所.",
    PUBLIC_TOILET: "Public toilet 公共厕所.",
    WASTE_STATION: "Where household waste is collected or transferred 生活垃圾收集站、垃圾转运站.",
    RECYCLING_POINT: "Where what can be used again is collected 再生资源回收点.",
    METRO_STATION: "Metro or tram station 轨道交通站点.",
    CAR_PARK: "Car park 机动车停车场（库）.",
    BICYCLE_PARKING: "Bicycle parking or shed 非机动车停车场（库）.",
    OTHER: "Anything else.",
  },
);
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

  @Field(() => Facility, { nullable: true, description: "The nearest open facility within the walk; null when none is known." })
  nearest: Facility | null;

  @Field(() => Int, { nullable: true, description: "The walk there in whole minutes, rounded up; null when missing." })
  minutes: number | null;

  @Field(() => Facility, {
    nullable: true,
    description:
      "Where none is known within the walk: an open one of the community itself whose position is not known. The category is neither reached for certain nor missing then.",
  })
  unplaced: Facility | null;
}

@ObjectType({ description: "How many communities of a region reach one category on foot in fifteen minutes." })
export class CategoryCoverage {
  @Field(() => FacilityCategoryEnum, { description: "Which category." })
  category: FacilityCategory;

  @Field(() => Int, { description: "How many of the located communities reach an open facility of it, wherever that lies." })
  communities: number;

  @Field(() => Float, { nullable: true, description: "The same as a share of the located communities, 0 to 1; null when none is located." })
  share: number | null;

  @Field(() => Int, {
    description:
      "How many of the located communities reach none that is known, but have an open one themselves whose position is not known.",
  })
  unplaced: number;
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

  @AssumedSize(29)
  @Field(() => [CategoryCoverage], { description: "Category by category, those that nobody reaches with 0; without OTHER." })
  categories: CategoryCoverage[];
}
