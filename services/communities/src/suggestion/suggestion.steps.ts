import type { SuggestionAction } from "@gongjian/entities-communities";
import type { CommandTransaction } from "@gongjian/database";
import {
  actingRole,
  badInput,
  checkNumber,
  checkText,
  command,
  ensure,
  isUuid,
  notFound,
  versionConflict,
  type IdempotencyConflict,
  type Role,
  type VersionConflict,
} from "@gongjian/subgraph";
import { plusDays } from "../calendar/calendar.rules";
import { calendarOf } from "../calendar/calendar.service";
import type { Context } from "../context";
import { deadline, holder, passedOn, raisedAgain, type Standing } from "./suggestion.changes";
import type {
  AcceptSuggestionInput,
  AnswerSuggestionInput,
  AssignSuggestionInput,
  CompleteSuggestionInput,
  MergeSuggestionInput,
  PublishSuggestionInput,
  ReopenSuggestionInput,
  SuggestionNoteInput,
  SuggestionStepInput,
} from "./suggestion.inputs";
import { checkPlace, findPlace, givenFields, regionAbove } from "../place/place";
import { assigneeOf, inLine, scopesOfSuggestion } from "./suggestion.places";
import { canEscalate, canHandle, canPassOn, canTriage, isRaiser, SUGGESTION_HANDLERS } from "./suggestion.policy";
import type { NothingAbove, SuggestionStepNotAllowed } from "./suggestion.results";
import { actionsIn, checkAnswer, mayTake, MOST_PROMISE_DAYS, OPEN, stateAfter } from "./suggestion.rules";
import {
  auditedValues,
  CARRIED_ON,
  promisedBefore,
  lockMergedInto,
  lockSuggestions,
  readBack,
  STORED,
  writeStep,
  type Changes,
} from "./suggestion.store";
import type { Suggestion } from "./suggestion.type";

type Refused = SuggestionStepNotAllowed | VersionConflict;
export type StepResult = Suggestion | Refused | IdempotencyConflict;
type Permit = (standing: Standing) => boolean;

/** The steps of a suggestion's way: each checks who asks, takes the lock, and writes the change with its step. */
export class SuggestionSteps {
  constructor(private readonly context: Context) {}

  async assign(input: AssignSuggestionInput): Promise<StepResult> {
    const { context } = this;
    const target = givenFields(input.to).length === 1 ? await findPlace(context, input.to) : null;
    const standing = await this.standing(input.id, (now) => canPassOn(context.viewer, now.scopes));
    const problems = [...checkPlace("to", input.to, target), ...checkNote("note", input.note)];
    if (target && !inLine(standing.scopes.place, standing.suggestion, target))
      problems.push({ field: "to", code: "NOT_ALLOWED", message: "It goes up or down the line of its place, or to an organisation." });
    if (problems.length > 0) throw badInput(problems);
    return this.step("assignSuggestion", "ASSIGN", standing, input, input.note, (now) => ({
      ...holder(target!),
      ...passedOn(now, input.urgency ?? now.suggestion.urgency),
      urgency: input.urgency ?? now.suggestion.urgency,
      topic: input.topic ?? now.suggestion.topic,
      published: input.publish ?? now.suggestion.published,
    }));
  }

  async escalate(input: SuggestionNoteInput): Promise<StepResult | NothingAbove> {
    const { context } = this;
    const { viewer } = context;
    const standing = await this.standing(input.id, ({ scopes, suggestion }) =>
      canEscalate(viewer, scopes, suggestion.overdue, isRaiser(viewer, suggestion)),
    );
    const problems = checkNote("note", input.note);
    if (problems.length > 0) throw badInput(problems);
    const { suggestion } = standing;
    const assignee = assigneeOf(suggestion);
    // an organisation may be at home elsewhere: from it, as from nobody, the way up is that of the place
    const held = standing.scopes.held ? assignee : { communityId: suggestion.communityId, regionCode: suggestion.regionCode };
    const now = await findPlace(context, held);
    const above = now && (await regionAbove(context, now));
    if (!above) return { __typename: "NothingAbove", message: "There is no region above whoever holds the suggestion." };
    const target = { regionCode: above.code, communityId: null, organisationId: null };
    return this.step("escalateSuggestion", "ESCALATE", standing, input, input.note, (then) => ({
      ...holder(target),
      ...passedOn(then, then.suggestion.urgency),
    }));
  }

  async answer(input: AnswerSuggestionInput): Promise<StepResult> {
    const standing = await this.standing(input.id, ({ scopes }) => canHandle(this.context.viewer, scopes));
    const problems = checkAnswer(input, standing.today, plusDays(standing.today, MOST_PROMISE_DAYS));
    const promised = await promisedBefore(this.context, input.id);
    if (promised !== null && promised >= standing.today && input.promisedOn && input.promisedOn > promised)
      problems.push({ field: "promisedOn", code: "OUT_OF_RANGE", message: "What was promised before stands: it is not put off." });
    if (problems.length > 0) throw badInput(problems);
    return this.step("answerSuggestion", "ANSWER", standing, input, input.text, ({ suggestion, today }) => ({
      decision: input.decision,
      answer: input.text.trim(),
      answeredOn: today,
      firstAnsweredOn: suggestion.firstAnsweredOn ?? today,
      dueOn: input.promisedOn ?? null,
      ...(input.decision === "EXPLAINED" && { doneOn: today }),
    }));
  }

  async complete(input: CompleteSuggestionInput): Promise<StepResult> {
    const standing = await this.standing(input.id, ({ scopes }) => canHandle(this.context.viewer, scopes));
    const problems = checkText("outcome", input.outcome, { least: 1, most: 4_000 });
    if (problems.length > 0) throw badInput(problems);
    return this.step("completeSuggestion", "COMPLETE", standing, input, input.outcome, ({ today }) => ({
      outcome: input.outcome.trim(),
      doneOn: today,
      dueOn: null,
    }));
  }

  async accept(input: AcceptSuggestionInput): Promise<StepResult> {
    const standing = await this.standing(input.id, ({ suggestion }) => isRaiser(this.context.viewer, suggestion));
    const problems = [...checkNumber("rating", input.rating, { least: 1, most: 5 }), ...checkNote("comment", input.comment)];
    if (problems.length > 0) throw badInput(problems);
    return this.step("acceptSuggestion", "ACCEPT", standing, input, input.comment, () => ({
      rating: input.rating,
      ratingComment: input.comment?.trim() ?? null,
    }));
  }

  /** By whoever raised it, or one that it carries on. */
  async reopen(input: ReopenSuggestionInput): Promise<StepResult> {
    const { context } = this;
    const carried = isUuid(input.id) ? await context.rows<Suggestion>(CARRIED_ON, [input.id]) : [];
    const standing = await this.standing(input.id, ({ suggestion }) =>
      [suggestion, ...carried].some((one) => isRaiser(context.viewer, one)),
    );
    const problems = checkText("reason", input.reason, { least: 1, most: 1_000 });
    if (problems.length > 0) throw badInput(problems);
    return this.step("reopenSuggestion", "REOPEN", standing, input, input.reason, (now) => ({
      ...deadline(now, now.suggestion.urgency),
      outcome: null,
      doneOn: null,
      reopened: now.suggestion.reopened + 1,
    }));
  }

  async withdraw(input: SuggestionNoteInput): Promise<StepResult> {
    const standing = await this.standing(input.id, ({ suggestion }) => isRaiser(this.context.viewer, suggestion));
    const problems = checkNote("note", input.note);
    if (problems.length > 0) throw badInput(problems);
    const { today, days } = standing;
    return this.step("withdrawSuggestion", "WITHDRAW", standing, input, input.note, () => ({ dueOn: null }), {
      // it takes nobody else's voice with it
      after: async (tx, role) => {
        for (const carried of await lockMergedInto(tx, standing.suggestion.id))
          await writeStep(tx, carried, raisedAgain(today, days), { action: "SEPARATE", onDate: today, role, note: null });
      },
    });
  }

  async publish(input: PublishSuggestionInput): Promise<StepResult> {
    const standing = await this.standing(input.id, ({ scopes }) => canTriage(this.context.viewer, scopes));
    const problems = checkNote("note", input.note);
    if (problems.length > 0) throw badInput(problems);
    const action = input.published ? "PUBLISH" : "HIDE";
    return this.step("publishSuggestion", action, standing, input, input.note, () => ({ published: input.published }));
  }

  /** Both are locked in one order, and what was merged into the first moves on with it: any voice is found in one hop. */
  async merge(input: MergeSuggestionInput): Promise<StepResult> {
    const { context } = this;
    const standing = await this.standing(input.id, ({ scopes }) => canPassOn(context.viewer, scopes));
    const survivor = await this.standing(input.into, ({ scopes }) => canTriage(context.viewer, scopes));
    const problems = checkNote("note", input.note);
    if (survivor.suggestion.id === standing.suggestion.id)
      problems.push({ field: "into", code: "SAME_RECORD", message: "A suggestion is not merged into itself." });
    if (problems.length > 0) throw badInput(problems);
    return this.step("mergeSuggestion", "MERGE", standing, input, input.note, () => ({ mergedInto: survivor.suggestion.id, dueOn: null }), {
      also: [survivor.suggestion.id],
      before: (locked) => {
        const { state } = locked.get(survivor.suggestion.id)!;
        return OPEN.includes(state) ? null : notAllowed(state);
      },
      after: async (tx, role) => {
        for (const earlier of await lockMergedInto(tx, standing.suggestion.id))
          await writeStep(
            tx,
            earlier,
            { mergedInto: survivor.suggestion.id },
            { action: "MERGE", onDate: standing.today, role, note: null },
          );
      },
    });
  }

  /** Undoes a merge: the suggestion is raised again, and goes its own way from there. */
  async separate(input: SuggestionNoteInput): Promise<StepResult> {
    const standing = await this.standing(input.id, ({ scopes }) => canTriage(this.context.viewer, scopes));
    const problems = checkNote("note", input.note);
    if (problems.length > 0) throw badInput(problems);
    return this.step("separateSuggestion", "SEPARATE", standing, input, input.note, ({ today, days }) => raisedAgain(today, days));
  }

  /** The suggestion and what a step of it is decided on. One that the viewer may not see looks missing. */
  private async standing(id: string, permit: Permit): Promise<Standing> {
    const { context } = this;
    const [suggestion] = isUuid(id) ? await context.rows<Suggestion>(STORED, [id]) : [];
    if (!suggestion) throw notFound("Suggestion");
    const [scopes, region, today] = await Promise.all([
      scopesOfSuggestion(context, suggestion),
      context.regions.byCode(suggestion.regionCode),
      context.calendars.today(),
    ]);
    const standing = { suggestion, scopes, today, days: await context.calendars.exceptions(calendarOf(region!.scheme)) };
    const allowed = permit(standing);
    if (!allowed && !isRaiser(context.viewer, suggestion) && (await context.suggestions.byId(id)) === null) throw notFound("Suggestion");
    ensure(context.viewer, allowed);
    return standing;
  }

  /** Whoever acts without a role over it does so as one who raised it. */
  private roleIn({ scopes }: Standing): Role {
    const { viewer } = this.context;
    const role = actingRole(viewer, SUGGESTION_HANDLERS, [...scopes.assignee, ...scopes.place]);
    if (role !== "PUBLIC") return role;
    return viewer.memberships.find(({ role: held }) => held !== "PUBLIC")?.role ?? "PUBLIC";
  }

  private step(
    operation: string,
    action: SuggestionAction,
    standing: Standing,
    input: SuggestionStepInput,
    note: string | null | undefined,
    change: (standing: Standing) => Changes,
    more: {
      also?: string[];
      before?: (locked: Map<string, Suggestion>) => Refused | null;
      after?: (tx: CommandTransaction, role: Role) => Promise<void>;
    } = {},
  ): Promise<StepResult> {
    const { id } = standing.suggestion;
    const role = this.roleIn(standing);
    return command<Suggestion | Refused>(this.context, operation, role, input, async (tx) => {
      const locked = await lockSuggestions(tx, [id, ...(more.also ?? [])]);
      const stored = locked.get(id)!;
      if (stored.version !== input.expectedVersion) return tx.rollback(versionConflict(stored.version));
      const refused = mayTake(action, stored.state) ? (more.before?.(locked) ?? null) : notAllowed(stored.state);
      if (refused) return tx.rollback(refused);
      const changes = change({ ...standing, suggestion: stored });
      const state = stateAfter(action, stored.state, changes.decision);
      await writeStep(tx, stored, { ...changes, state }, { action, onDate: standing.today, role, note: note?.trim() || null });
      await more.after?.(tx, role);
      const shown = await readBack(tx, id);
      tx.audit({
        action: action.toLowerCase(),
        concept: "suggestion",
        entityId: id,
        before: auditedValues(stored),
        after: auditedValues(shown),
      });
      return shown;
    });
  }
}

const checkNote = (field: string, note: string | null | undefined) => checkText(field, note, { most: 1_000 });

const notAllowed = (state: Suggestion["state"]): SuggestionStepNotAllowed => ({
  __typename: "SuggestionStepNotAllowed",
  message: "The suggestion does not stand where this step can be taken.",
  state,
  possible: actionsIn(state),
});
