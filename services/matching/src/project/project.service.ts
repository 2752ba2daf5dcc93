import { constraintOf, uuidv7, type CommandTransaction } from "@gongjian/database";
import { EvaluationEntity, MatchEntity, ProjectEntity, type RoundState } from "@gongjian/entities-matching";
import {
  actingRole,
  alreadyExists,
  badInput,
  command,
  ensure,
  isUuid,
  missingEntities,
  notFound,
  parentOf,
  versionConflict,
  type AlreadyExists,
  type IdempotencyConflict,
  type InputProblem,
  type NamedOrganisation,
  type Page,
  type VersionConflict,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import type { UnitsExhausted } from "../match/match.results";
import { holdRound, lockRounds, reviseRounds } from "../round/round.locks";
import { roundClosed, type RoundClosed } from "../round/round.results";
import { EXECUTABLE_STATES } from "../round/round.rules";
import type { AdvanceProjectInput, CreateProjectInput, EvaluateProjectInput, ProjectsArgs, UpdateProjectInput } from "./project.inputs";
import * as lists from "./project.lists";
import { findOrigin } from "./project.origin";
import { canEvaluate, canKeepProject, evaluatorRoles, PROJECT_KEEPERS, scopesOfProject } from "./project.policy";
import {
  projectRefuses,
  type MatchNotSigned,
  type ProjectGuardFailed,
  type ProjectRefuses,
  type ProjectStepOutOfOrder,
} from "./project.results";
import {
  checkDay,
  checkEvaluation,
  checkProject,
  checkStep,
  daysAfter,
  HANDED_OVER,
  NEXT_PROJECT_STATES,
  NO_ORGANISATION,
  projectGuards,
} from "./project.rules";
import { builtOf, findProject, holdMatch, lockProject, readEvaluation, readProject, today } from "./project.store";
import type { Evaluation, Project } from "./project.type";

/** Reads projects, begins them, takes them from state to state, and writes down how they are judged. */
export class ProjectService {
  constructor(private readonly context: Context) {}

  async byId(id: string): Promise<Project | null> {
    return isUuid(id) ? this.context.load(lists.projectById, id.toLowerCase()) : null;
  }

  async list(args: ProjectsArgs): Promise<Page<Project>> {
    await this.learn(args);
    return lists.projectList(this.context, args);
  }

  ofMatch(matchId: string): Promise<Project | null> {
    return this.context.load(lists.projectOfMatch, matchId);
  }

  async ofNeed(parent: string, args: ProjectsArgs): Promise<Page<Project>> {
    await this.learn(args);
    return this.context.load(lists.projectsOfNeed, { parent, args });
  }

  /** Of what another subgraph owns: an id that is none has no projects. */
  async of(what: "Community" | "Suggestion" | "Facility", id: string, args: ProjectsArgs): Promise<Page<Project> | null> {
    const list = { Community: lists.projectsOfCommunity, Suggestion: lists.projectsOfSuggestion, Facility: lists.projectsOfFacility }[what];
    if (!isUuid(id)) return null;
    await this.learn(args);
    return this.context.load(list, { parent: id.toLowerCase(), args });
  }

  async ofOrganisation(organisation: NamedOrganisation, args: ProjectsArgs): Promise<Page<Project> | null> {
    await this.learn(args);
    const parent = parentOf(organisation);
    return parent === null ? null : this.context.load(lists.projectsOfOrganisation, { parent, args });
  }

  evaluations(id: string): Promise<Evaluation[]> {
    return this.context.load(lists.evaluationsOfProject, id);
  }

  /** That a match has one project, and a need that its community carries out itself one, is kept by the database. */
  async create(input: CreateProjectInput): Promise<Project | MatchNotSigned | UnitsExhausted | AlreadyExists | IdempotencyConflict> {
    const { context } = this;
    const origin = await findOrigin(context, input);
    ensure(context.viewer, canKeepProject(context.viewer, origin));
    const values = {
      key: input.key ?? null,
      needId: origin.needId,
      matchId: origin.matchId,
      title: (input.title ?? origin.title).trim(),
      description: input.description ?? null,
      facilityId: input.facilityId?.toLowerCase() ?? null,
    };
    const problems = [...checkProject(values), ...(await this.unknownFacility(input.facilityId))];
    if (origin.needState !== "OPEN") problems.push({ field: "needId", code: "WITHDRAWN", message: "The need was withdrawn." });
    if (problems.length > 0) throw badInput(problems);
    const role = actingRole(context.viewer, PROJECT_KEEPERS, scopesOfProject(origin));
    try {
      return await command<Project | MatchNotSigned>(context, "createProject", role, input, async (tx) => {
        await holdOrLock(tx, origin);
        const id = uuidv7();
        await tx.manager.insert(ProjectEntity, { id, ...values });
        if (origin.matchId === null) await reviseRounds(tx, [origin.roundId]);
        tx.audit({ action: "create", concept: "project", entityId: id, before: null, after: values });
        return readProject(tx, id);
      });
    } catch (error) {
      switch (constraintOf(error)?.constraint) {
        case "project_key_once":
          return alreadyExists("key");
        case "project_match_once":
          return alreadyExists("matchId");
        case "project_own_once":
          return alreadyExists("needId");
        case "project_match_signed": {
          const match = await context.matches.byId(origin.matchId!);
          if (!match) throw notFound("Match");
          return { __typename: "MatchNotSigned", message: "The match is not signed.", state: match.state };
        }
        case "project_need_unpromised":
          return { __typename: "UnitsExhausted", message: "The units are promised elsewhere already.", side: "NEED", units: 1 };
        default:
          throw error;
      }
    }
  }

  async update(input: UpdateProjectInput): Promise<Project | ProjectRefuses | VersionConflict | IdempotencyConflict> {
    const { context } = this;
    const { viewer } = context;
    const project = await findProject(context, input.id, (found) => canKeepProject(viewer, found));
    ensure(viewer, canKeepProject(viewer, project));
    const unknown = await this.unknownFacility(input.facilityId);
    const role = actingRole(viewer, PROJECT_KEEPERS, scopesOfProject(project));
    return command<Project | ProjectRefuses | VersionConflict>(context, "updateProject", role, input, async (tx) => {
      const stored = await lockProject(tx, project.id);
      if (stored.version !== input.expectedVersion) return tx.rollback(versionConflict(stored.version));
      if (NEXT_PROJECT_STATES[stored.state].length === 0) return tx.rollback(projectRefuses(stored.state));
      const before = { title: stored.title, description: stored.description, facilityId: stored.facilityId };
      const after = {
        title: (input.title ?? before.title).trim(),
        description: input.description === undefined ? before.description : input.description,
        facilityId: input.facilityId === undefined ? before.facilityId : (input.facilityId?.toLowerCase() ?? null),
      };
      const problems = [...checkProject(after), ...unknown];
      if (problems.length > 0) throw badInput(problems);
      await tx.manager.update(ProjectEntity, { id: project.id }, after);
      tx.audit({ action: "update", concept: "project", entityId: project.id, before, after });
      return readProject(tx, project.id);
    });
  }

  /** Takes a project one step on. The match of one that is completed is fulfilled with it, in the same transaction. */
  async advance(
    input: AdvanceProjectInput,
  ): Promise<Project | ProjectStepOutOfOrder | ProjectGuardFailed | RoundClosed | VersionConflict | IdempotencyConflict> {
    const { context } = this;
    const { viewer } = context;
    const { to } = input;
    const project = await findProject(context, input.id, (found) => canKeepProject(viewer, found));
    ensure(viewer, canKeepProject(viewer, project));
    const now = await today(context);
    const on = input.on ?? now;
    const given = [...checkStep(to, input.reason), ...checkDay("on", on, now)];
    if (given.length > 0) throw badInput(given);
    const role = actingRole(viewer, PROJECT_KEEPERS, scopesOfProject(project));
    return command<Project | ProjectStepOutOfOrder | ProjectGuardFailed | RoundClosed | VersionConflict>(
      context,
      "advanceProject",
      role,
      input,
      async (tx) => {
        const roundState = await holdOrLock(tx, project);
        await holdMatch(tx, project.matchId);
        const stored = await lockProject(tx, project.id);
        if (stored.version !== input.expectedVersion) return tx.rollback(versionConflict(stored.version));
        const next = NEXT_PROJECT_STATES[stored.state];
        if (!next.includes(to)) return tx.rollback(outOfOrder(stored, next));
        const reasons = projectGuards(to, await builtOf(tx, project.id));
        if (reasons.length > 0)
          return tx.rollback({ __typename: "ProjectGuardFailed" as const, message: "The project cannot take this step yet.", reasons });
        const fulfils = to === "COMPLETED" && stored.matchState === "SIGNED";
        if (fulfils && !EXECUTABLE_STATES.includes(roundState)) return tx.rollback(roundClosed(roundState, EXECUTABLE_STATES));
        const days = { startedOn: stored.startedOn, completedOn: stored.completedOn, endedOn: stored.endedOn };
        const late = checkDay("on", on, now, days.completedOn ?? days.startedOn);
        if (late.length > 0) throw badInput(late);
        const before = { state: stored.state, ...days, reason: stored.reason };
        const after = { state: to, ...daysAfter(days, to, on), reason: input.reason?.trim() || null };
        await tx.manager.update(ProjectEntity, { id: project.id }, after);
        tx.audit({ action: to.toLowerCase(), concept: "project", entityId: project.id, before, after });
        if (to === "CANCELLED" && stored.matchId === null) await reviseRounds(tx, [stored.roundId]);
        if (fulfils) {
          await tx.manager.update(MatchEntity, { id: stored.matchId! }, { state: "FULFILLED" });
          const change = { before: { state: "SIGNED" }, after: { state: "FULFILLED", projectId: project.id } };
          tx.audit({ action: "fulfilled", concept: "match", entityId: stored.matchId!, ...change });
        }
        return readProject(tx, project.id);
      },
    );
  }

  /** Each side judges once; that only what is completed is judged is kept by the database too. */
  async evaluate(input: EvaluateProjectInput): Promise<Evaluation | ProjectRefuses | AlreadyExists | IdempotencyConflict> {
    const { context } = this;
    const { viewer } = context;
    const { evaluator } = input;
    const project = await findProject(context, input.projectId, (found) => canEvaluate(viewer, evaluator, found));
    ensure(viewer, canEvaluate(viewer, evaluator, project));
    const problems = checkEvaluation(input);
    if (evaluator === "ORGANISATION" && project.matchId === null) problems.push(NO_ORGANISATION("evaluator"));
    if (problems.length > 0) throw badInput(problems);
    const role = actingRole(viewer, evaluatorRoles(evaluator), scopesOfProject(project));
    try {
      return await command<Evaluation | ProjectRefuses>(context, "evaluateProject", role, input, async (tx) => {
        const { state } = await lockProject(tx, project.id);
        if (!HANDED_OVER.includes(state)) return tx.rollback(projectRefuses(state));
        const id = uuidv7();
        const said = (text: string | null | undefined): string | null => text?.trim() || null;
        const texts = { comment: said(input.comment), beforeText: said(input.before), afterText: said(input.after) };
        const values = { projectId: project.id, evaluator, rating: input.rating, ...texts };
        await tx.manager.insert(EvaluationEntity, { id, ...values });
        tx.audit({ action: "evaluate", concept: "project", entityId: project.id, before: null, after: values });
        return readEvaluation(tx, id);
      });
    } catch (error) {
      if (constraintOf(error)?.constraint === "evaluation_by_once") return alreadyExists("evaluator");
      throw error;
    }
  }

  private learn({ filter }: ProjectsArgs): Promise<void> {
    return this.context.sameOrganisations.learn(filter?.organisationId);
  }

  /** Asks communities before the transaction, so that no lock waits for another service. @throws PublicError PEER_UNAVAILABLE */
  private async unknownFacility(id: string | null | undefined): Promise<InputProblem[]> {
    if (id === null || id === undefined) return [];
    const missing = await missingEntities(this.context, "communities", "Facility", [id], this.context.viewer);
    return missing.has(id) ? [{ field: "facilityId", code: "UNKNOWN_REFERENCE", message: "There is no such facility." }] : [];
  }
}

/** What a community carries out itself is not matched: that changes what the matching reckons with, so that the round is locked for it. */
async function holdOrLock(tx: CommandTransaction, { roundId, matchId }: { roundId: string; matchId: string | null }): Promise<RoundState> {
  return matchId === null ? (await lockRounds(tx, [roundId])).get(roundId)! : holdRound(tx, roundId);
}

const outOfOrder = ({ state }: Project, next: ProjectStepOutOfOrder["next"] | readonly Project["state"][]): ProjectStepOutOfOrder => ({
  __typename: "ProjectStepOutOfOrder",
  message: "A project does not go from its state to this one.",
  state,
  next: [...next],
});
