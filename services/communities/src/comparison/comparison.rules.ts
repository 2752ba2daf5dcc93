import type { CommunityKind, FacilityCategory } from "@gongjian/entities-communities";
import { isUuid, type InputProblem } from "@gongjian/subgraph";
import type { Community } from "../community/community.type";
import { isMissing } from "../facility/facility.rules";
import type { ServiceCircleEntry } from "../facility/facility.type";
import type { KnownPopulation } from "../population/population.service";
import type { PopulationSnapshot } from "../population/population.type";
import type { Region } from "../region/region.type";
import type { SuggestionRates } from "../suggestion/suggestion.figures";
import type { ComparisonRow, ComparisonValue } from "./comparison.type";

const LEAST = 2;
const MOST = 4;

/** What a community is compared in, counted by one statement for all. */
export interface ComparisonCounts {
  id: string;
  compounds: number;
  organisations: number;
  teams: number;
  facilities: number;
  pairings: number;
  /** The names of the practices that it holds, and of those of others that it works by. */
  practices: readonly string[];
  adopted: readonly string[];
  /** What it was honoured with itself, the latest first. */
  honours: readonly { title: string; year: number }[];
}

/** All that is known of one community. */
export interface Compared {
  community: Community;
  region: Region | null;
  above: Region | null;
  population: KnownPopulation;
  /** Null when its position is not known. */
  circle: readonly ServiceCircleEntry[] | null;
  rates: SuggestionRates;
  counts: ComparisonCounts;
}

const UNKNOWN: ComparisonValue = { known: false, number: null, precision: null, text: null, asOf: null };
const figure = (number: number | null | undefined, more: Partial<ComparisonValue> = {}): ComparisonValue =>
  number === null || number === undefined ? UNKNOWN : { ...UNKNOWN, known: true, number, ...more };
const words = (text: string): ComparisonValue => ({ ...UNKNOWN, known: true, text });
/** How many, and which; none is known to be none. */
const listing = (items: readonly string[]): ComparisonValue => figure(items.length, { text: items.length === 0 ? null : items.join("、") });

const KINDS: Record<CommunityKind, string> = { URBAN: "城市社区", VILLAGE: "村", LI: "里" };
const CATEGORIES: Record<FacilityCategory, string> = {
  SERVICE_CENTRE: "服务中心",
  ELDERLY_CANTEEN: "老年食堂",
  CLINIC: "卫生服务站",
  SCHOOL: "学校",
  KINDERGARTEN: "幼儿园或托育点",
  MARKET: "菜市场",
  CULTURE_ROOM: "文化活动室",
  SPORTS_GROUND: "运动场地",
  LIBRARY: "图书室",
  MUSEUM: "博物馆或展示馆",
  PARK: "公园",
  BUS_STOP: "公交站",
  NURSING_HOME: "养老院",
  ELDERLY_DAY_CARE: "日间照料中心",
  PHARMACY: "药店",
  SHOP: "商店",
  RESTAURANT: "餐饮",
  BANK: "银行网点",
  POST_OFFICE: "邮政快递",
  TELECOM_SHOP: "电信网点",
  POLICE_STATION: "派出所",
  FIRE_STATION: "消防站",
  JUDICIAL_OFFICE: "司法所",
  PUBLIC_TOILET: "公共厕所",
  WASTE_STATION: "垃圾收集站",
  RECYCLING_POINT: "再生资源回收点",
  METRO_STATION: "地铁站",
  CAR_PARK: "停车场",
  BICYCLE_PARKING: "自行车棚",
  OTHER: "其他",
};

const snapshot = (population: PopulationSnapshot | undefined, number: (of: PopulationSnapshot) => number | null): ComparisonValue =>
  population === undefined ? UNKNOWN : figure(number(population), { asOf: population.asOf });

const residents = ({ population }: Compared): ComparisonValue => {
  const value = snapshot(population.residents, (of) => of.residents);
  return value.known ? { ...value, precision: population.residents!.residentsPrecision } : value;
};

/** How many were counted, else how many are named; the names are those that the snapshot publishes. */
const ethnicGroups = ({ population }: Compared): ComparisonValue => {
  const named = (population.ethnicGroups?.ethnicGroups ?? []).filter(({ count }) => count !== 0).map(({ name }) => name);
  const value = snapshot(population.ethnicGroups, (of) => of.ethnicGroupCount ?? (named.length || null));
  return value.known && named.length > 0 ? { ...value, text: named.join("、") } : value;
};

const categories = ({ circle }: Compared, reached: boolean): ComparisonValue =>
  circle === null
    ? UNKNOWN
    : listing(circle.filter((entry) => (reached ? entry.nearest !== null : isMissing(entry))).map(({ category }) => CATEGORIES[category]));

/** What stands in each row, in the order in which the rows are shown. */
const ASPECTS = {
  KIND: ["类别", ({ community }) => words(KINDS[community.kind])],
  REGION: ["所在区划", ({ region, above }) => (region === null ? UNKNOWN : words(`${above?.name ?? ""}${region.name}`))],
  TRAITS: ["社区特点", ({ community }) => listing(community.traits)],
  RESIDENTS: ["居民人数", residents],
  HOUSEHOLDS: ["户数", ({ population }) => snapshot(population.households, (of) => of.households)],
  COMPOUNDS: ["小区数", ({ population }) => snapshot(population.compounds, (of) => of.compounds)],
  COMPOUNDS_ON_RECORD: ["在册小区", ({ counts }) => figure(counts.compounds)],
  ETHNIC_GROUPS: ["民族", ethnicGroups],
  ORGANISATIONS_SERVING: ["服务组织", ({ counts }) => figure(counts.organisations)],
  TEAMS: ["居民队伍", ({ counts }) => figure(counts.teams)],
  FACILITIES: ["开放阵地", ({ counts }) => figure(counts.facilities)],
  CATEGORIES_IN_REACH: ["十五分钟可达", (of) => categories(of, true)],
  CATEGORIES_MISSING: ["十五分钟缺少", (of) => categories(of, false)],
  SUGGESTIONS_OPEN: ["在办建议", ({ rates }) => figure(rates.open)],
  RESPONSE_RATE: ["建议响应率", ({ rates }) => figure(rates.responseRate)],
  PAIRINGS: ["结对", ({ counts }) => figure(counts.pairings)],
  PRACTICES: ["做法品牌", ({ counts }) => listing(counts.practices)],
  PRACTICES_ADOPTED: ["采用的做法", ({ counts }) => listing(counts.adopted)],
  HONOURS: ["荣誉", ({ counts }) => listing(counts.honours.map(({ title, year }) => `${title}（${year}）`))],
} as const satisfies Record<string, readonly [label: string, value: (of: Compared) => ComparisonValue]>;

export type ComparisonAspect = keyof typeof ASPECTS;

export const compare = (communities: readonly Compared[]): ComparisonRow[] =>
  Object.entries(ASPECTS).map(([aspect, [label, value]]) => ({
    aspect: aspect as ComparisonAspect,
    label,
    values: communities.map((community) => value(community)),
  }));

/** What is wrong with the communities to compare, apart from whether they exist. */
export function checkCompared(ids: readonly string[]): InputProblem[] {
  const problems: InputProblem[] = [];
  if (ids.length < LEAST || ids.length > MOST)
    problems.push({ field: "ids", code: "OUT_OF_RANGE", message: `From ${LEAST} to ${MOST} communities are compared.` });
  const seen = new Set<string>();
  for (const [index, id] of ids.slice(0, MOST).entries()) {
    if (!isUuid(id)) problems.push({ field: `ids.${index}`, code: "MALFORMED", message: "An id is a UUID." });
    else if (seen.has(id.toLowerCase()))
      problems.push({ field: `ids.${index}`, code: "DUPLICATE_KEY", message: "The community is named twice." });
    seen.add(id.toLowerCase());
  }
  return problems;
}
