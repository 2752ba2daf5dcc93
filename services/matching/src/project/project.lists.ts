import { statement } from "@gongjian/database";
import {
  defineLoader,
  groupsInOrder,
  inOrder,
  isOneOf,
  nestedList,
  readPage,
  type Condition,
  type ListQuery,
  type Page,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { idCondition } from "../text";
import { visibleNeeds } from "../visibility";
import type { MilestonesArgs, ProjectsArgs } from "./project.inputs";
import type { Evaluation, Milestone, Project } from "./project.type";

/** The office whose calendar decides what is overdue. */
const OFFICE_ZONE = "Asia/Shanghai";
const TODAY = `(now() AT TIME ZONE '${OFFICE_ZONE}')::date`;
export const TODAY_READ = statement("project_today", `SELECT (${TODAY})::text AS today`);

export const PROJECT_COLUMNS = `p.id, p.key, p.title, p.description, p.state, p.started_on AS "startedOn", p.completed_on AS "completedOn", p.ended_on AS "endedOn", p.reason,
  (SELECT round(avg(e.rating), 2)::float8 FROM evaluation e WHERE e.project_id = p.id) AS "averageRating", p.illustrative, p.source, p.version, p.need_id AS "needId",
  p.match_id AS "matchId", n.round_id AS "roundId", n.community_id AS "communityId", o.organisation_id AS "organisationId", p.facility_id AS "facilityId"`;
export const PROJECT_FROM = `project p JOIN need n ON n.id = p.need_id JOIN round r ON r.id = n.round_id
  LEFT JOIN match m ON m.id = p.match_id LEFT JOIN offer o ON o.id = m.offer_id`;

const OVERDUE = "t.done_on IS NULL AND t.due_on <";
const HAS_OVERDUE = `(p.state NOT IN ('CLOSED', 'CANCELLED') AND EXISTS (SELECT FROM milestone t WHERE t.project_id = p.id AND ${OVERDUE} ${TODAY}))`;

/** A project stands in the open as its need does: one of a signed match is public, for its round is. */
const query = (context: Context, { filter, orderBy }: ProjectsArgs): ListQuery => ({
  select: PROJECT_COLUMNS,
  from: PROJECT_FROM,
  where: [
    ...visibleNeeds(context.viewer),
    ...idCondition("n.round_id", filter?.roundId),
    ...idCondition("n.community_id", filter?.communityId),
    ...idCondition("o.organisation_id", filter?.organisationId, (id) => context.sameOrganisations.of(id)),
    ...(filter?.states ? [{ sql: "p.state = ANY(?::text[])", params: [filter.states] }] : []),
    ...(filter?.within ? [{ sql: "r.region_scope_codes @> ARRAY[?::text]", params: [filter.within.replaceAll("\0", "")] }] : []),
    ...(typeof filter?.overdueMilestones === "boolean" ? [overdue(filter.overdueMilestones)] : []),
  ],
  ordering: {
    tag: `projects:${orderBy ?? "TITLE_ASC"}`,
    keys: [
      { sql: "p.title", field: "title", type: "text" },
      { sql: "p.id", field: "id", type: "uuid" },
    ],
    direction: orderBy === "TITLE_DESC" ? "DESC" : "ASC",
  },
});

const overdue = (wanted: boolean): Condition => ({ sql: wanted ? HAS_OVERDUE : `NOT ${HAS_OVERDUE}`, params: [] });

export const projectList = (context: Context, args: ProjectsArgs): Promise<Page<Project>> =>
  readPage<Project>(context, query(context, args), args);

const oneBy = (column: string, keyOf: (row: Project) => string | null) =>
  defineLoader<Context, string, Project | null>(async (context, ids) => {
    const base = query(context, {});
    const where = [{ sql: `${column} = ANY(?::uuid[])`, params: [ids] }, ...base.where];
    return inOrder(ids, await context.select<Project>({ ...base, where }), (row) => keyOf(row)!);
  });

export const projectById = oneBy("p.id", (row) => row.id);
export const projectOfMatch = oneBy("p.match_id", (row) => row.matchId);

const below = (column: string) => nestedList<Context, ProjectsArgs, Project>({ query, link: `${column} = parent.id`, parentType: "uuid" });
export const projectsOfNeed = below("p.need_id");
export const projectsOfCommunity = below("n.community_id");
export const projectsOfSuggestion = below("n.origin_suggestion_id");
export const projectsOfFacility = below("p.facility_id");
export const projectsOfOrganisation = nestedList<Context, ProjectsArgs, Project>({
  query,
  link: isOneOf("o.organisation_id", "parent.id"),
  parentType: "text",
});

const STATUS = `(CASE WHEN t.accepted_on IS NOT NULL THEN 'ACCEPTED' WHEN t.done_on IS NOT NULL THEN 'DONE' WHEN t.due_on < ${TODAY} THEN 'OVERDUE' ELSE 'OPEN' END)`;
export const MILESTONE_COLUMNS = `t.id, t.phase, t.title, t.due_on AS "dueOn", t.side, t.responsible, ${STATUS} AS status, t.done_on AS "doneOn",
  t.accepted_on AS "acceptedOn", t.acceptance_note AS "acceptanceNote", t.version, t.project_id AS "projectId"`;

/** Milestones are parts of a project, and as visible as it. */
export const milestonesOfProject = nestedList<Context, MilestonesArgs, Milestone>({
  query: (_context, { statuses }) => ({
    select: MILESTONE_COLUMNS,
    from: "milestone t",
    where: statuses ? [{ sql: `${STATUS} = ANY(?::text[])`, params: [statuses] }] : [],
    ordering: {
      tag: "milestones",
      keys: [
        { sql: "t.due_on", field: "dueOn", type: "date" },
        { sql: "t.id", field: "id", type: "uuid" },
      ],
      direction: "ASC",
    },
  }),
  link: "t.project_id = parent.id",
  parentType: "uuid",
});

export const EVALUATION_COLUMNS = `e.id, e.evaluator, e.rating, e.comment, e.before_text AS before, e.after_text AS after, e.project_id AS "projectId"`;
const EVALUATIONS = statement(
  "evaluations_of_projects",
  `SELECT ${EVALUATION_COLUMNS} FROM evaluation e WHERE e.project_id = ANY($1::uuid[]) ORDER BY e.project_id, e.evaluator`,
);
export const evaluationsOfProject = defineLoader<Context, string, Evaluation[]>(async (context, ids) =>
  groupsInOrder(ids, await context.rows<Evaluation>(EVALUATIONS, [ids]), (row) => row.projectId),
);
