import { uuidv7 } from "@gongjian/database";
import { MilestoneEntity } from "@gongjian/entities-matching";
import {
  actingRole,
  badInput,
  command,
  ensure,
  versionConflict,
  type IdempotencyConflict,
  type InputProblem,
  type Page,
  type VersionConflict,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import type {
  AcceptMilestoneInput,
  AddMilestoneInput,
  CompleteMilestoneInput,
  MilestonesArgs,
  UpdateMilestoneInput,
} from "./project.inputs";
import { milestonesOfProject } from "./project.lists";
import { canCompleteMilestone, canKeepProject, MILESTONE_COMPLETERS, PROJECT_KEEPERS, scopesOfProject } from "./project.policy";
import { milestoneRefuses, projectRefuses, type MilestoneRefuses, type ProjectRefuses } from "./project.results";
import { checkDay, checkMilestone, takesMilestone } from "./project.rules";
import { findMilestone, findProject, lockMilestone, lockProject, readMilestone, today, type StoredProject } from "./project.store";
import type { Milestone } from "./project.type";

type Values = Pick<Milestone, "phase" | "title" | "dueOn" | "side" | "responsible" | "doneOn" | "acceptedOn" | "acceptanceNote">;
type Changed = Milestone | MilestoneRefuses | ProjectRefuses | VersionConflict;

const valuesOf = ({ phase, title, dueOn, side, responsible, doneOn, acceptedOn, acceptanceNote }: Milestone): Values => ({
  phase,
  title,
  dueOn,
  side,
  responsible,
  doneOn,
  acceptedOn,
  acceptanceNote,
});

/** The milestones of projects: planned, done and accepted. */
export class MilestoneService {
  constructor(private readonly context: Context) {}

  ofProject(parent: string, args: MilestonesArgs): Promise<Page<Milestone>> {
    return this.context.load(milestonesOfProject, { parent, args });
  }

  async add(input: AddMilestoneInput): Promise<Milestone | ProjectRefuses | IdempotencyConflict> {
    const { context } = this;
    const { viewer } = context;
    const project = await findProject(context, input.projectId, (found) => canKeepProject(viewer, found));
    ensure(viewer, canKeepProject(viewer, project));
    const values: Values = {
      phase: input.phase,
      title: input.title.trim(),
      dueOn: input.dueOn,
      side: input.side ?? "COMMUNITY",
      responsible: input.responsible?.trim() || null,
      doneOn: null,
      acceptedOn: null,
      acceptanceNote: null,
    };
    const problems = checkMilestone(values, project.matchId !== null);
    if (problems.length > 0) throw badInput(problems);
    const role = actingRole(viewer, PROJECT_KEEPERS, scopesOfProject(project));
    return command<Milestone | ProjectRefuses>(context, "addMilestone", role, input, async (tx) => {
      const { state } = await lockProject(tx, project.id);
      if (!takesMilestone(state, values.phase, null)) return tx.rollback(projectRefuses(state));
      const id = uuidv7();
      await tx.manager.insert(MilestoneEntity, { id, projectId: project.id, ...values });
      tx.audit({ action: "create", concept: "milestone", entityId: id, before: null, after: { projectId: project.id, ...values } });
      return readMilestone(tx, id);
    });
  }

  update(input: UpdateMilestoneInput): Promise<Changed | IdempotencyConflict> {
    return this.change("update", input, (stored, project) => {
      const after = {
        ...stored,
        phase: input.phase ?? stored.phase,
        title: (input.title ?? stored.title).trim(),
        dueOn: input.dueOn ?? stored.dueOn,
        side: input.side ?? stored.side,
        responsible: input.responsible === undefined ? stored.responsible : input.responsible?.trim() || null,
      };
      return { after, problems: checkMilestone(after, project.matchId !== null) };
    });
  }

  /** Done, says whoever carries it out. */
  async complete(input: CompleteMilestoneInput): Promise<Changed | IdempotencyConflict> {
    const now = await today(this.context);
    const doneOn = input.doneOn ?? now;
    return this.change("complete", input, (stored) =>
      stored.doneOn === null ? { after: { ...stored, doneOn }, problems: checkDay("doneOn", doneOn, now) } : null,
    );
  }

  /** Accepted, says whoever answers for the project; from then on it stays as it is. */
  async accept(input: AcceptMilestoneInput): Promise<Changed | IdempotencyConflict> {
    const now = await today(this.context);
    const acceptedOn = input.acceptedOn ?? now;
    const acceptanceNote = input.note?.trim() || null;
    return this.change("accept", input, (stored) => {
      if (stored.doneOn === null) return null;
      const problems = checkDay("acceptedOn", acceptedOn, now, stored.doneOn);
      if (acceptanceNote !== null && acceptanceNote.length > 1000)
        problems.push({ field: "note", code: "TOO_LONG", message: "At most 1000 characters are allowed." });
      return { after: { ...stored, acceptedOn, acceptanceNote }, problems };
    });
  }

  /** @param to what becomes of the milestone as it stands; null where it stands otherwise than this needs */
  private async change(
    verb: "update" | "complete" | "accept",
    input: UpdateMilestoneInput | CompleteMilestoneInput | AcceptMilestoneInput,
    to: (stored: Values, project: StoredProject) => { after: Values; problems: InputProblem[] } | null,
  ): Promise<Changed | IdempotencyConflict> {
    const { context } = this;
    const { viewer } = context;
    const may = ({ side }: Milestone, found: StoredProject): boolean =>
      verb === "complete" ? canCompleteMilestone(viewer, side, found) : canKeepProject(viewer, found);
    const { milestone, project } = await findMilestone(context, input.id, may);
    ensure(viewer, may(milestone, project));
    const role = actingRole(viewer, verb === "complete" ? MILESTONE_COMPLETERS : PROJECT_KEEPERS, scopesOfProject(project));
    return command<Changed>(context, `${verb}Milestone`, role, input, async (tx) => {
      const { milestone: stored, state } = await lockMilestone(tx, milestone);
      // the side can have changed since it was asked for
      ensure(viewer, may(stored, project));
      if (stored.version !== input.expectedVersion) return tx.rollback(versionConflict(stored.version));
      const before = valuesOf(stored);
      const change = stored.acceptedOn === null ? to(before, project) : null;
      if (change === null) return tx.rollback(milestoneRefuses(stored));
      const { after, problems } = change;
      if (!takesMilestone(state, after.phase, before.phase)) return tx.rollback(projectRefuses(state));
      if (problems.length > 0) throw badInput(problems);
      await tx.manager.update(MilestoneEntity, { id: stored.id }, after);
      tx.audit({ action: verb, concept: "milestone", entityId: stored.id, before, after });
      return readMilestone(tx, stored.id);
    });
  }
}
