import type { ProjectPhase, ProjectSide, ProjectState } from "@gongjian/entities-matching";
import { checkNumber, checkText, type InputProblem } from "@gongjian/subgraph";

/** The states that a project can go to from each. A trigger keeps the same order. */
export const NEXT_PROJECT_STATES: Record<ProjectState, readonly ProjectState[]> = {
  PLANNED: ["BUILDING", "CANCELLED"],
  BUILDING: ["COMPLETED", "CANCELLED"],
  COMPLETED: ["MAINTAINED", "CLOSED"],
  MAINTAINED: ["CLOSED"],
  CLOSED: [],
  CANCELLED: [],
};

const OVER: readonly ProjectState[] = ["CLOSED", "CANCELLED"];
/** States in which a project has been handed over: it can be evaluated. */
export const HANDED_OVER: readonly ProjectState[] = ["COMPLETED", "MAINTAINED", "CLOSED"];

/** The states in which a milestone of this phase may come into a project. Triggers keep the same. */
export const statesTaking = (phase: ProjectPhase): readonly ProjectState[] =>
  phase === "MAINTAIN" ? ["PLANNED", "BUILDING", "COMPLETED", "MAINTAINED"] : ["PLANNED", "BUILDING"];

/** Whether a milestone may be written so, in a project that stands so. */
export const takesMilestone = (state: ProjectState, phase: ProjectPhase, before: ProjectPhase | null): boolean =>
  !OVER.includes(state) && (phase === before || statesTaking(phase).includes(state));

/** What was to be built, and how much of it is accepted. */
export interface Built {
  built: number;
  accepted: number;
}

const NOTHING_BUILT = { code: "NO_BUILD_MILESTONE", message: "The project has no milestone of building yet." };
const UNACCEPTED = { code: "BUILD_MILESTONES_UNACCEPTED", message: "Some milestones of building have not been accepted." };

/** What still stands in the way of a step; empty when it may be taken. */
export function projectGuards(to: ProjectState, { built, accepted }: Built): { code: string; message: string }[] {
  if (to !== "COMPLETED") return [];
  if (built === 0) return [NOTHING_BUILT];
  return accepted < built ? [UNACCEPTED] : [];
}

export interface Days {
  startedOn: string | null;
  completedOn: string | null;
  endedOn: string | null;
}

/** The days of a project after a step on a day. */
export function daysAfter(days: Days, to: ProjectState, on: string): Days {
  switch (to) {
    case "BUILDING":
      return { ...days, startedOn: on };
    case "COMPLETED":
      return { ...days, completedOn: on };
    case "CLOSED":
    case "CANCELLED":
      return { ...days, endedOn: on };
    default:
      return days;
  }
}

const IN_FUTURE = (field: string): InputProblem => ({ field, code: "IN_FUTURE", message: "The day has not come yet." });
const TOO_EARLY = (field: string): InputProblem => ({ field, code: "PERIOD_REVERSED", message: "The day is before what came before it." });

/** What is wrong with a day: it is still to come, or lies before another that it follows. Days are ISO dates, which sort as text. */
export function checkDay(field: string, on: string, today: string, after: string | null = null): InputProblem[] {
  if (on > today) return [IN_FUTURE(field)];
  return after !== null && on < after ? [TOO_EARLY(field)] : [];
}

/** What is wrong with a step as given. */
export function checkStep(to: ProjectState, reason: string | null | undefined): InputProblem[] {
  const taken = to === "CANCELLED" || to === "CLOSED";
  if (!taken && reason) return [{ field: "reason", code: "NOT_TAKEN", message: "Only what is cancelled or closed has a reason." }];
  return checkText("reason", reason, { least: to === "CANCELLED" ? 1 : 0, most: 1000 });
}

export interface ProjectDraft {
  key?: string | null;
  title: string;
  description?: string | null;
}

export const checkProject = ({ key, title, description }: ProjectDraft): InputProblem[] => [
  ...(key === null || key === undefined ? [] : checkText("key", key, { least: 1, most: 100 })),
  ...checkText("title", title, { least: 1, most: 200 }),
  ...checkText("description", description, { most: 4000 }),
];

export interface MilestoneDraft {
  title: string;
  responsible?: string | null;
  side: ProjectSide;
}

/** @param joined whether the project has an organisation beside its community */
export const checkMilestone = ({ title, responsible, side }: MilestoneDraft, joined: boolean): InputProblem[] => [
  ...checkText("title", title, { least: 1, most: 200 }),
  ...checkText("responsible", responsible, { most: 200 }),
  ...(side === "ORGANISATION" && !joined ? [NO_ORGANISATION("side")] : []),
];

export const NO_ORGANISATION = (field: string): InputProblem => ({
  field,
  code: "NO_ORGANISATION",
  message: "The community carries the project out itself.",
});

export interface EvaluationDraft {
  rating: number;
  comment?: string | null;
  before?: string | null;
  after?: string | null;
}

export const checkEvaluation = (draft: EvaluationDraft): InputProblem[] => [
  ...checkNumber("rating", draft.rating, { least: 1, most: 5 }),
  ...(["comment", "before", "after"] as const).flatMap((field) => checkText(field, draft[field], { most: 2000 })),
];
