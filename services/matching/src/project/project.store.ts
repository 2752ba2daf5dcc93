import { statement, type CommandTransaction } from "@gongjian/database";
import type { MatchState, ProjectState } from "@gongjian/entities-matching";
import { isUuid, notFound } from "@gongjian/subgraph";
import type { Context } from "../context";
import { EVALUATION_COLUMNS, MILESTONE_COLUMNS, PROJECT_COLUMNS, PROJECT_FROM, projectById, TODAY_READ } from "./project.lists";
import type { Evaluation, Milestone, Project } from "./project.type";

/** A project as it is stored, with its place and its match's state, whoever asks. */
export type StoredProject = Project & { regionScopeCodes: string[]; matchState: MatchState | null };

const STORED = `SELECT ${PROJECT_COLUMNS}, r.region_scope_codes AS "regionScopeCodes", m.state AS "matchState" FROM ${PROJECT_FROM} WHERE p.id = $1`;
const STORED_BY_ID = statement("project_stored", STORED);
const LOCKED = statement("project_locked", `${STORED} FOR NO KEY UPDATE OF p`);
const HOLD_MATCH = statement("project_match_held", `SELECT m.id FROM match m WHERE m.id = $1 FOR NO KEY UPDATE`);
const BUILT = statement(
  "project_built",
  `SELECT count(*)::integer AS built, count(t.accepted_on)::integer AS accepted FROM milestone t WHERE t.project_id = $1 AND t.phase = 'BUILD'`,
);
const MILESTONE = statement("milestone_stored", `SELECT ${MILESTONE_COLUMNS} FROM milestone t WHERE t.id = $1`);
const MILESTONE_LOCKED = statement("milestone_locked", `SELECT ${MILESTONE_COLUMNS} FROM milestone t WHERE t.id = $1 FOR NO KEY UPDATE`);
const EVALUATION = statement("evaluation_stored", `SELECT ${EVALUATION_COLUMNS} FROM evaluation e WHERE e.id = $1`);

/** The day that it is in the office. */
export async function today(context: Context): Promise<string> {
  const [row] = await context.rows<{ today: string }>(TODAY_READ, []);
  return row!.today;
}

/** The project that somebody is about to change. @throws PublicError NOT_FOUND where there is none, or none that they may change or see */
export async function findProject(context: Context, id: string, may: (project: StoredProject) => boolean): Promise<StoredProject> {
  const [project] = isUuid(id) ? await context.rows<StoredProject>(STORED_BY_ID, [id]) : [];
  if (!project || (!may(project) && (await context.load(projectById, project.id)) === null)) throw notFound("Project");
  return project;
}

/** The milestone that somebody is about to change, with its project. @throws PublicError NOT_FOUND as `findProject` */
export async function findMilestone(
  context: Context,
  id: string,
  may: (milestone: Milestone, project: StoredProject) => boolean,
): Promise<{ milestone: Milestone; project: StoredProject }> {
  const [milestone] = isUuid(id) ? await context.rows<Milestone>(MILESTONE, [id]) : [];
  const [project] = milestone ? await context.rows<StoredProject>(STORED_BY_ID, [milestone.projectId]) : [];
  if (!milestone || !project || (!may(milestone, project) && (await context.load(projectById, project.id)) === null))
    throw notFound("Milestone");
  return { milestone, project };
}

/** Locks the match of a project before the project: whoever writes both locks them in this order, after their round. */
export async function holdMatch(tx: CommandTransaction, matchId: string | null): Promise<void> {
  if (matchId !== null) await tx.rows(HOLD_MATCH, [matchId]);
}

export async function lockProject(tx: CommandTransaction, id: string): Promise<StoredProject> {
  const [row] = await tx.rows<StoredProject>(LOCKED, [id]);
  return row!;
}

/** Locks a milestone after its project, and answers with both as they stand now. */
export async function lockMilestone(
  tx: CommandTransaction,
  { id, projectId }: Milestone,
): Promise<{ milestone: Milestone; state: ProjectState }> {
  const { state } = await lockProject(tx, projectId);
  const [milestone] = await tx.rows<Milestone>(MILESTONE_LOCKED, [id]);
  return { milestone: milestone!, state };
}

/** Only under `lockProject`: no milestone comes or goes meanwhile. */
export async function builtOf(tx: CommandTransaction, id: string): Promise<{ built: number; accepted: number }> {
  const [row] = await tx.rows<{ built: number; accepted: number }>(BUILT, [id]);
  return row!;
}

export async function readProject(tx: CommandTransaction, id: string): Promise<Project> {
  const [row] = await tx.rows<StoredProject>(STORED_BY_ID, [id]);
  const { regionScopeCodes: _codes, matchState: _state, ...project } = row!;
  return { __typename: "Project", ...project } as unknown as Project;
}

export async function readMilestone(tx: CommandTransaction, id: string): Promise<Milestone> {
  const [row] = await tx.rows<Milestone>(MILESTONE, [id]);
  return { __typename: "Milestone", ...row! } as unknown as Milestone;
}

export async function readEvaluation(tx: CommandTransaction, id: string): Promise<Evaluation> {
  const [row] = await tx.rows<Evaluation>(EVALUATION, [id]);
  return { __typename: "Evaluation", ...row! } as unknown as Evaluation;
}
