import { statement } from "@gongjian/database";
import type { ServiceField } from "@gongjian/entities-communities";
import { badInput, checkPeriod, checkText, DateScalar, defineLoader, isUuid } from "@gongjian/subgraph";
import { ArgsType, Field, Float, ID, Int, ObjectType } from "type-graphql";
import { OFFICE_ZONE } from "../calendar/calendar.rules";
import type { Context } from "../context";
import { Region } from "../region/region.type";
import { rate, SATISFIED_FROM } from "./suggestion.rules";
import { ServiceFieldEnum } from "./suggestion.type";

@ArgsType()
export class FiguresArgs {
  @Field(() => DateScalar, { nullable: true, description: "Only raised on this day or later." })
  from?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "Only raised on this day or earlier." })
  to?: string | null;
}

@ArgsType()
export class SuggestionFiguresArgs extends FiguresArgs {
  @Field(() => ID, {
    nullable: true,
    description: "Only about this region or a place in it, at any depth, or managed by it; everywhere when left out.",
  })
  within?: string | null;
}

@ObjectType({
  description:
    "How suggestions fared. All count, published or not, but those taken back; one that was merged counts with what became of the one that carries it on, but for the rating: that is given by whoever raised a suggestion, for theirs alone.",
})
export class SuggestionRates {
  @Field(() => Int, { description: "Raised." })
  raised: number;

  @Field(() => Int, { description: "Answered at least once." })
  responded: number;

  @Field(() => Int, { description: "Of those, first answered by the day on which the answer was due." })
  inTime: number;

  @Field(() => Int, { description: "Done, or explained." })
  resolved: number;

  @Field(() => Int, { description: "Rated by whoever raised them." })
  rated: number;

  @Field(() => Int, { description: "Of those, rated 4 or 5." })
  satisfied: number;

  @Field(() => Int, { description: "With a next step due." })
  open: number;

  @Field(() => Int, { description: "Of those, late today." })
  overdue: number;

  @Field(() => Float, {
    nullable: true,
    description: "Response rate 响应率: responded of raised, 0 to 1 in thousandths; null when none was raised.",
  })
  responseRate: number | null;

  @Field(() => Float, { nullable: true, description: "Resolution rate 解决率: resolved of raised, 0 to 1 in thousandths." })
  resolutionRate: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Satisfaction rate 满意率: satisfied of rated, 0 to 1 in thousandths; null when none was rated.",
  })
  satisfactionRate: number | null;
}

@ObjectType({ description: "The suggestions of one field of public service." })
export class SuggestionTopicRates {
  @Field(() => ServiceFieldEnum, { description: "The field." })
  topic: ServiceField;

  @Field(() => SuggestionRates, { description: "How they fared." })
  rates: SuggestionRates;
}

@ObjectType({ description: "The suggestions of one place." })
export class SuggestionPlaceRates {
  @Field(() => Region, {
    nullable: true,
    description: "The region next below the one asked about in which the places lie, or that one itself.",
  })
  region?: Region | null;

  @Field(() => SuggestionRates, { description: "How they fared." })
  rates: SuggestionRates;

  regionCode: string;
}

@ObjectType({ description: "The suggestions of one month." })
export class SuggestionMonthRates {
  @Field({ description: "The month in which they were raised, `YYYY-MM`." })
  month: string;

  @Field(() => SuggestionRates, { description: "How they fared." })
  rates: SuggestionRates;
}

@ObjectType({ description: "How suggestions fared, in all and by field, place and time." })
export class SuggestionFigures {
  @Field(() => SuggestionRates, { description: "In all." })
  total: SuggestionRates;

  @Field(() => [SuggestionTopicRates], { description: "By field of public service; fields without a suggestion are left out." })
  byTopic: SuggestionTopicRates[];

  @Field(() => [SuggestionPlaceRates], { description: "By region next below; regions without a suggestion are left out." })
  byRegion: SuggestionPlaceRates[];

  @Field(() => [SuggestionMonthRates], { description: "By month, the oldest first; months without a suggestion are left out." })
  byMonth: SuggestionMonthRates[];
}

type Counts = Pick<SuggestionRates, "raised" | "responded" | "inTime" | "resolved" | "rated" | "satisfied" | "open" | "overdue">;

const TODAY = `(now() AT TIME ZONE '${OFFICE_ZONE}')::date`;
/** `s` is what was raised, `f` what became of it: itself, or the one that it was merged into. */
const COUNTS = `count(s.id)::integer AS raised, count(f.first_answered_on)::integer AS responded,
  count(*) FILTER (WHERE f.first_answered_on <= s.answer_due_on)::integer AS "inTime",
  count(*) FILTER (WHERE f.state IN ('DONE', 'ACCEPTED'))::integer AS resolved, count(s.rating)::integer AS rated,
  count(*) FILTER (WHERE s.rating >= ${SATISFIED_FROM})::integer AS satisfied, count(f.due_on)::integer AS open,
  count(*) FILTER (WHERE f.due_on < ${TODAY})::integer AS overdue`;
const RAISED = `suggestion s JOIN suggestion f ON f.id = coalesce(s.merged_into, s.id)`;
const COUNTED = `s.state <> 'WITHDRAWN' AND ($2::date IS NULL OR s.raised_on >= $2::date) AND ($3::date IS NULL OR s.raised_on <= $3::date)`;

const FIGURES = statement(
  "suggestion_figures",
  `SELECT s.topic, place AS "regionCode", month, grouping(s.topic, place, month) AS set, ${COUNTS}
   FROM ${RAISED} JOIN region r ON r.code = s.region_code
   CROSS JOIN LATERAL (SELECT coalesce((SELECT b.code FROM region b WHERE b.code = ANY(r.scope_codes) AND (b.parent_code IS NOT DISTINCT FROM $1::text
     OR EXISTS (SELECT 1 FROM region_management m WHERE m.zone_code = $1::text AND m.region_code = b.code)) ORDER BY b.code LIMIT 1), r.code)) AS below(place)
   CROSS JOIN LATERAL (SELECT to_char(s.raised_on, 'YYYY-MM')) AS raised_in(month)
   WHERE ${COUNTED} AND ($1::text IS NULL OR r.scope_codes @> ARRAY[$1::text])
   GROUP BY GROUPING SETS ((), (s.topic), (place), (month)) ORDER BY s.topic, place, month`,
);
const OF_REGIONS = statement(
  "suggestion_rates_of_regions",
  `SELECT parent.id AS parent, ${COUNTS} FROM unnest($1::text[]) AS parent(id)
   JOIN region r ON r.scope_codes @> ARRAY[parent.id] JOIN suggestion s ON s.region_code = r.code JOIN suggestion f ON f.id = coalesce(s.merged_into, s.id)
   WHERE ${COUNTED} GROUP BY parent.id`,
);
const OF_COMMUNITIES = statement(
  "suggestion_rates_of_communities",
  `SELECT s.community_id AS parent, ${COUNTS} FROM ${RAISED} WHERE s.community_id = ANY($1::uuid[]) AND ${COUNTED} GROUP BY s.community_id`,
);

const NONE: Counts = { raised: 0, responded: 0, inTime: 0, resolved: 0, rated: 0, satisfied: 0, open: 0, overdue: 0 };
const ratesOf = ({ raised, responded, inTime, resolved, rated, satisfied, open, overdue }: Counts): SuggestionRates => ({
  raised,
  responded,
  inTime,
  resolved,
  rated,
  satisfied,
  open,
  overdue,
  responseRate: rate(responded, raised),
  resolutionRate: rate(resolved, raised),
  satisfactionRate: rate(satisfied, rated),
});

interface RatesKey {
  parent: string;
  args: FiguresArgs;
}

const ratesLoader = (sql: typeof OF_REGIONS) =>
  defineLoader<Context, RatesKey, SuggestionRates>(
    async (context, keys) => {
      const found = new Map<RatesKey, SuggestionRates>();
      for (const period of new Set(keys.map(({ args }) => JSON.stringify([args.from ?? null, args.to ?? null])))) {
        const [from, to] = JSON.parse(period) as [string | null, string | null];
        const group = keys.filter(({ args }) => JSON.stringify([args.from ?? null, args.to ?? null]) === period);
        const rows = await context.rows<Counts & { parent: string }>(sql, [group.map(({ parent }) => parent), from, to]);
        const byParent = new Map(rows.map((row) => [row.parent, row]));
        for (const key of group) found.set(key, ratesOf(byParent.get(key.parent) ?? NONE));
      }
      return keys.map((key) => found.get(key)!);
    },
    ({ parent, args }) => JSON.stringify([parent, args.from ?? null, args.to ?? null]),
  );
const ofRegion = ratesLoader(OF_REGIONS);
const ofCommunity = ratesLoader(OF_COMMUNITIES);

function checkArgs({ from, to }: FiguresArgs): void {
  const problems = checkPeriod("to", from, to);
  if (problems.length > 0) throw badInput(problems);
}

/** Counts suggestions and takes their rates. Public: they name nobody. */
export class SuggestionFiguresService {
  constructor(private readonly context: Context) {}

  async all({ within, from, to }: SuggestionFiguresArgs): Promise<SuggestionFigures> {
    checkArgs({ from, to });
    const problems = checkText("within", within, { most: 100 });
    if (problems.length > 0) throw badInput(problems);
    const rows = await this.context.rows<Counts & { topic: ServiceField; regionCode: string; month: string; set: number }>(FIGURES, [
      within ?? null,
      from ?? null,
      to ?? null,
    ]);
    // a bit is set for each column that a row is not grouped by
    const grouped = (set: number) => rows.filter((row) => row.set === set);
    return {
      total: ratesOf(grouped(0b111)[0] ?? NONE),
      byTopic: grouped(0b011).map((row) => ({ topic: row.topic, rates: ratesOf(row) })),
      byRegion: grouped(0b101).map((row) => ({ regionCode: row.regionCode, rates: ratesOf(row) })),
      byMonth: grouped(0b110).map((row) => ({ month: row.month, rates: ratesOf(row) })),
    };
  }

  async ofRegion(code: string, args: FiguresArgs): Promise<SuggestionRates> {
    checkArgs(args);
    return this.context.load(ofRegion, { parent: code, args });
  }

  async ofCommunity(id: string, args: FiguresArgs): Promise<SuggestionRates> {
    checkArgs(args);
    return isUuid(id) ? this.context.load(ofCommunity, { parent: id.toLowerCase(), args }) : ratesOf(NONE);
  }
}
