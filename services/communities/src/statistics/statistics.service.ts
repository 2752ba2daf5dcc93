import { statement } from "@gongjian/database";
import type {
  AppointmentRole,
  CommunityKind,
  FacilityCategory,
  FacilityState,
  HonourLevel,
  OrganisationKind,
} from "@gongjian/entities-communities";
import { defineLoader, groupsInOrder } from "@gongjian/subgraph";
import { STATUS } from "../appointment/appointment.lists";
import { storedWords, TRAIT_CODES } from "../community-trait/community-trait.rules";
import type { Context } from "../context";
import { HELD, TODAY } from "../pairing/pairing.lists";
import { OVER } from "../survey/survey.figures";
import { HAS_GROUPS, TOO_FEW } from "../population/population.store";
import { ethnicGroupsOf, membersOf, sumOf, type SumRow } from "./statistics.rules";
import type { RegionStatistics } from "./statistics.type";

const REGION_OF_PARTY = "LEFT JOIN community c ON c.id = x.community_id LEFT JOIN organisation o ON o.id = x.organisation_id";

/** Each community's latest snapshot that has the figure. */
const sum = (figure: string, precise = false): string =>
  `SELECT l.asked, '${figure}', NULL, NULL, count(*)::integer, jsonb_build_object('sum', sum(l.figure), 'communities', count(*),
    'about', ${precise ? "bool_or(l.residents_precision = 'ABOUT')" : "false"}, 'over', ${precise ? "bool_or(l.residents_precision = 'OVER')" : "false"},
    'earliestAsOf', min(l.as_of), 'latestAsOf', max(l.as_of))
   FROM (SELECT DISTINCT ON (s.asked, s.community_id) s.asked, s.as_of, s.residents_precision, s.${figure} AS figure FROM snapshots s
     WHERE s.${figure} IS NOT NULL ORDER BY s.asked, s.community_id, s.as_of DESC) l GROUP BY l.asked`;

/**
 * Everything about many regions at once. `below` is the regions that lie in, or are managed by, each of those asked for, once each; what
 * is counted hangs on one region. Communities are counted street by street through `community_by_region_kind` alone (31 provinces with
 * 620,572 communities: docs/decisions/0014-statistics-counted-when-asked.md); the rest starts from the smaller side.
 */
const OF_REGIONS = statement(
  "region_statistics",
  `WITH below AS MATERIALIZED (
     SELECT asked.code AS asked, r.code FROM unnest($1::text[]) AS asked(code) JOIN region r ON r.scope_codes @> ARRAY[asked.code]
   ), snapshots AS MATERIALIZED (
     SELECT b.asked, p.id, p.community_id, p.as_of, p.residents, p.residents_precision, p.households, p.compounds, p.ethnic_group_count,
       ${HAS_GROUPS} AND NOT ${TOO_FEW} AS grouped
     FROM population_snapshot p JOIN community c ON c.id = p.community_id JOIN below b ON b.code = c.region_code WHERE p.as_of <= ${TODAY}
   ), grouped AS MATERIALIZED (
     SELECT DISTINCT ON (s.asked, s.community_id) s.asked, s.id, s.ethnic_group_count FROM snapshots s
     WHERE s.grouped ORDER BY s.asked, s.community_id, s.as_of DESC
   ), named AS MATERIALIZED (
     SELECT l.asked, l.id, g.code FROM grouped l JOIN population_ethnic_group g ON g.snapshot_id = l.id WHERE g.count IS DISTINCT FROM 0
   )
   SELECT b.asked, 'communities' AS part, NULL AS key, NULL AS state, sum(n.urban + n.village + n.li)::integer AS count,
     jsonb_build_object('URBAN', sum(n.urban), 'VILLAGE', sum(n.village), 'LI', sum(n.li)) AS more
   FROM below b CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE c.kind = 'URBAN') AS urban, count(*) FILTER (WHERE c.kind = 'VILLAGE') AS village,
     count(*) FILTER (WHERE c.kind = 'LI') AS li FROM community c WHERE c.region_code = b.code) n GROUP BY b.asked
   UNION ALL SELECT b.asked, 'traits', v.code, NULL, count(DISTINCT c.id)::integer, NULL
   FROM community c JOIN below b ON b.code = c.region_code JOIN unnest($2::text[], $3::text[]) AS v(word, code) ON v.word = ANY(c.traits)
   WHERE c.traits <> '{}' AND c.traits && $2::text[] GROUP BY b.asked, v.code
   UNION ALL ${sum("residents", true)}
   UNION ALL ${sum("households")}
   UNION ALL ${sum("compounds")}
   UNION ALL SELECT l.asked, 'ethnicGroups', NULL, NULL,
     count(*) FILTER (WHERE l.ethnic_group_count IS NOT NULL OR EXISTS (SELECT 1 FROM named n WHERE n.asked = l.asked AND n.id = l.id))::integer,
     jsonb_build_object('highest', max(l.ethnic_group_count),
       'codes', (SELECT coalesce(jsonb_agg(DISTINCT n.code), '[]') FROM named n WHERE n.asked = l.asked)) FROM grouped l GROUP BY l.asked
   UNION ALL SELECT b.asked, 'organisations', o.kind, NULL, count(*)::integer, NULL
   FROM below b JOIN organisation o ON o.region_code = b.code WHERE o.merged_into IS NULL GROUP BY b.asked, o.kind
   UNION ALL SELECT f.asked, 'facilities', f.category, f.state, count(*)::integer, NULL
   FROM (SELECT b.asked, f.category, f.state FROM below b JOIN community c ON c.region_code = b.code JOIN facility f ON f.community_id = c.id
     UNION ALL SELECT b.asked, f.category, f.state FROM below b JOIN facility f ON f.region_code = b.code) f GROUP BY f.asked, f.category, f.state
   UNION ALL SELECT b.asked, 'compoundsOnRecord', NULL, NULL, count(*)::integer, NULL
   FROM below b JOIN community c ON c.region_code = b.code JOIN compound d ON d.community_id = c.id GROUP BY b.asked
   UNION ALL SELECT b.asked, 'openSuggestions', NULL, NULL, count(*)::integer, NULL
   FROM below b JOIN suggestion s ON s.region_code = b.code WHERE s.published AND s.due_on IS NOT NULL GROUP BY b.asked
   UNION ALL SELECT b.asked, 'pairings', NULL, NULL, count(DISTINCT p.id)::integer, NULL
   FROM pairing p JOIN pairing_party x ON x.pairing_id = p.id ${REGION_OF_PARTY} JOIN below b ON b.code = coalesce(c.region_code, o.region_code)
   WHERE ${HELD} GROUP BY b.asked
   UNION ALL SELECT b.asked, 'appointments', a.role, NULL, count(*)::integer, NULL
   FROM appointment a LEFT JOIN community c ON c.id = a.community_id LEFT JOIN organisation o ON o.id = a.organisation_id
   JOIN below b ON b.code = coalesce(a.region_code, c.region_code, o.region_code) WHERE a.published AND ${STATUS} = 'CURRENT' GROUP BY b.asked, a.role
   UNION ALL SELECT b.asked, 'teams', NULL, NULL, count(*)::integer, jsonb_build_object('sum', sum(x.members), 'communities', count(x.members),
     'about', bool_or(x.members_precision = 'ABOUT') FILTER (WHERE x.members IS NOT NULL),
     'over', bool_or(x.members_precision = 'OVER') FILTER (WHERE x.members IS NOT NULL))
   FROM team x ${REGION_OF_PARTY} JOIN below b ON b.code = coalesce(c.region_code, o.region_code) GROUP BY b.asked
   UNION ALL SELECT b.asked, 'practices', NULL, NULL, count(*)::integer, NULL
   FROM practice x ${REGION_OF_PARTY} JOIN below b ON b.code = coalesce(x.region_code, c.region_code, o.region_code) GROUP BY b.asked
   UNION ALL SELECT b.asked, 'practicesAdopted', NULL, NULL, count(*)::integer, NULL
   FROM practice_adoption x ${REGION_OF_PARTY} JOIN below b ON b.code = coalesce(c.region_code, o.region_code)
   WHERE x.ended_on IS NULL GROUP BY b.asked
   UNION ALL SELECT b.asked, 'honours', h.level, NULL, count(*)::integer, NULL
   FROM honour h LEFT JOIN practice p ON p.id = h.practice_id
   LEFT JOIN community c ON c.id = coalesce(h.community_id, p.community_id)
   LEFT JOIN organisation o ON o.id = coalesce(h.organisation_id, p.organisation_id)
   JOIN below b ON b.code = coalesce(p.region_code, c.region_code, o.region_code) GROUP BY b.asked, h.level
   UNION ALL SELECT b.asked, 'surveys', NULL, NULL, count(*)::integer, jsonb_build_object('open', count(*) FILTER (WHERE EXISTS (
     SELECT 1 FROM survey_period p WHERE p.survey_id = s.id AND p.starts_on <= ${TODAY} AND NOT ${OVER})))
   FROM survey s JOIN below b ON b.code = s.region_code GROUP BY b.asked
   ORDER BY 1, 2, 3, 4`,
);

type Part =
  | "communities"
  | "traits"
  | "residents"
  | "households"
  | "compounds"
  | "compoundsOnRecord"
  | "ethnicGroups"
  | "organisations"
  | "facilities"
  | "openSuggestions"
  | "pairings"
  | "appointments"
  | "teams"
  | "practices"
  | "practicesAdopted"
  | "honours"
  | "surveys";

interface Row {
  asked: string;
  part: Part;
  key: string | null;
  state: string | null;
  count: number;
  more: unknown;
}

/** Every word that means a trait, and which. */
const WORDS = TRAIT_CODES.flatMap((code) => storedWords(code).map((word) => ({ word, code })));
const TRAIT_WORDS = [WORDS.map(({ word }) => word), WORDS.map(({ code }) => code)];
const NOTHING: SumRow = { sum: null, communities: 0, about: null, over: null, earliestAsOf: null, latestAsOf: null };
const KINDS: readonly CommunityKind[] = ["URBAN", "VILLAGE", "LI"];

function statisticsOf(rows: readonly Row[]): RegionStatistics {
  const of = (part: Part): readonly Row[] => rows.filter((row) => row.part === part);
  const total = (part: Part): number => of(part).reduce((all, { count }) => all + count, 0);
  const summed = (part: Part) => sumOf((of(part)[0]?.more as SumRow | undefined) ?? NOTHING);
  const kinds = of("communities")[0]?.more as Record<CommunityKind, number> | undefined;
  const groups = of("ethnicGroups")[0];
  const known = groups?.more as { highest: number | null; codes: number[] } | undefined;
  return {
    communities: total("communities"),
    communitiesByKind: KINDS.map((kind) => ({ kind, count: kinds?.[kind] ?? 0 })).filter(({ count }) => count > 0),
    communitiesByTrait: TRAIT_CODES.flatMap((trait) => {
      const count = of("traits").find(({ key }) => key === trait)?.count ?? 0;
      return count === 0 ? [] : [{ trait, count }];
    }),
    residents: summed("residents"),
    households: summed("households"),
    compounds: summed("compounds"),
    compoundsOnRecord: total("compoundsOnRecord"),
    ethnicGroups: ethnicGroupsOf(known?.codes ?? [], known?.highest ?? null, groups?.count ?? 0),
    organisations: total("organisations"),
    organisationsByKind: of("organisations").map(({ key, count }) => ({ kind: key as OrganisationKind, count })),
    facilities: total("facilities"),
    facilitiesByCategory: of("facilities").map(({ key, state, count }) => ({
      category: key as FacilityCategory,
      state: state as FacilityState,
      count,
    })),
    openSuggestions: total("openSuggestions"),
    pairings: total("pairings"),
    appointments: total("appointments"),
    appointmentsByRole: of("appointments").map(({ key, count }) => ({ role: key as AppointmentRole, count })),
    teams: total("teams"),
    teamMembers: membersOf((of("teams")[0]?.more as SumRow | undefined) ?? NOTHING),
    practices: total("practices"),
    practicesAdopted: total("practicesAdopted"),
    honours: total("honours"),
    honoursByLevel: of("honours").map(({ key, count }) => ({ level: key as HonourLevel, count })),
    surveys: total("surveys"),
    surveysOpen: (of("surveys")[0]?.more as { open: number } | undefined)?.open ?? 0,
  };
}

const ofRegion = defineLoader<Context, string, RegionStatistics>(async (context, codes) =>
  groupsInOrder(codes, await context.rows<Row>(OF_REGIONS, [codes, ...TRAIT_WORDS]), (row) => row.asked).map(statisticsOf),
);

/** Counts what lies in a region. Public: what is not public is not counted. */
export class StatisticsService {
  constructor(private readonly context: Context) {}

  ofRegion(code: string): Promise<RegionStatistics> {
    return this.context.load(ofRegion, code);
  }
}
